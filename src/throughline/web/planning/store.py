"""A district's plan, opened for the use cases: reading is one row when nothing changed, writing is one transaction."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from threading import Lock

from django.db import transaction
from django.utils import timezone

from throughline.app.plans import OpenPlan
from throughline.app.records import KINDS, FolderError, Manifest, decode, manifest_of, noun_digests
from throughline.engine.plan.district import District as DistrictRecord
from throughline.engine.plan.plan import Plan, with_records, without_records
from throughline.web.access.scope import actor
from throughline.web.audit.log import append
from throughline.web.config.paths import district_folder, private
from throughline.web.districts.models import District
from throughline.web.planning.bridge import Change, apply_changes, changes_between, read_plan
from throughline.web.planning.models import PlanHead, RecordChange, Revision

KEPT = 64  # plans kept in memory, the least used go first
_plans: OrderedDict[tuple[int, str], Plan] = OrderedDict()
_lock = Lock()


def open_district(district: District) -> OpenPlan:
    """The plan in force of the district in scope."""
    head = PlanHead.objects.get()
    return OpenPlan(root_of(district), _plan_at(head), _manifest(head), _committer(district))


def root_of(district: District) -> Path:
    """The folder of the district's blocks."""
    return private(district_folder(district.key))


def day_of(head: PlanHead) -> date:
    """The day the plan is looked at: today, or the sample's own day."""
    return head.as_of or timezone.localdate()


def begin(district: District, record: DistrictRecord, as_of: date | None = None) -> OpenPlan:
    """The first revision of a district that has no plan yet."""
    plan = Plan(record)
    with transaction.atomic():
        head = PlanHead.objects.create(district=district, as_of=as_of)
        _write(district, head, None, plan, "new plan", {})
    return open_district(district)


def undo(district: District) -> Revision:
    """Take the last step back that was not taken back before; raises FolderError when there is none."""
    with transaction.atomic():
        head = PlanHead.objects.select_for_update().get()
        last: Revision | None = (
            Revision.objects.filter(undoes=None, undone_by=None, number__gt=1).order_by("-number").first()
        )
        if last is None:
            raise FolderError("There is nothing to undo: this is the first state of the plan.")
        before = plan = _plan_at(head)
        for change in last.changes.all():
            plan = _taken_back(plan, change)
        done = _write(district, head, before, plan, f"undo: {last.what}", {}, undoes=last.number)
        last.undone_by = done.number
        last.save(update_fields=["undone_by"])
    return last


def _taken_back(plan: Plan, change: RecordChange) -> Plan:
    if change.before is None:
        return without_records(plan, change.noun, frozenset({change.record_id}))
    record = decode(KINDS[change.noun], change.before, change.noun)
    if change.noun == "district":
        values = {name: getattr(plan, name) for name in KINDS}
        return Plan(**{**values, "district": record})
    return with_records(plan, change.noun, {change.record_id: record})


def _committer(district: District) -> Callable[[OpenPlan, Plan, str, date, Mapping[str, str]], OpenPlan]:
    def commit(before: OpenPlan, plan: Plan, what: str, at: date, blocks: Mapping[str, str]) -> OpenPlan:
        with transaction.atomic():
            head = PlanHead.objects.select_for_update().get()
            if head.digest != before.manifest.digest:
                raise FolderError("The plan was changed by someone else meanwhile. Nothing was written; try again.")
            if plan != before.plan or set(blocks) - set(head.blocks):
                _write(district, head, before.plan, plan, what, blocks)
        return OpenPlan(before.root, plan, _manifest(head), before.commit)

    return commit


def _write(
    district: District,
    head: PlanHead,
    before: Plan | None,
    plan: Plan,
    what: str,
    blocks: Mapping[str, str],
    undoes: int | None = None,
) -> Revision:
    changes = list(changes_between(before, plan))
    head.number += 1
    head.noun_digests = noun_digests(plan, before, head.noun_digests)
    head.blocks = {**head.blocks, **blocks}
    head.digest = _manifest(head).digest
    who = actor()
    revision: Revision = Revision.objects.create(
        district=district,
        number=head.number,
        what=what,
        at=timezone.now(),
        user_id=who.user,
        by=who.name,
        digest=head.digest,
        undoes=undoes,
    )
    apply_changes(district.pk, changes)
    RecordChange.objects.bulk_create([_kept(district, revision, change) for change in changes], batch_size=500)
    append(
        "plan.undone" if undoes else "plan.changed", f"revision/{head.number}", digest=head.digest, records=len(changes)
    )
    head.save()
    _remember(district.pk, head.digest, plan)
    return revision


def _kept(district: District, revision: Revision, change: Change) -> RecordChange:
    return RecordChange(
        district=district,
        revision=revision,
        noun=change.noun,
        record_id=change.record_id,
        before=change.before,
        after=change.after,
    )


def _manifest(head: PlanHead) -> Manifest:
    return manifest_of(head.noun_digests, head.blocks)


def _plan_at(head: PlanHead) -> Plan:
    """The plan of the head's digest: equal digests are equal plans, so what is in memory never goes stale."""
    key = (head.district_id, head.digest)
    with _lock:
        if key in _plans:
            _plans.move_to_end(key)
            return _plans[key]
    plan = read_plan()
    _remember(*key, plan)
    return plan


def _remember(district: int, digest: str, plan: Plan) -> None:
    with _lock:
        _plans[district, digest] = plan
        while len(_plans) > KEPT:
            _plans.popitem(last=False)
