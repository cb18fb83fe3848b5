"""Read a delivery and apply it: small ones in the request, large ones as a job (`in_background` decides, here and nowhere else)."""

from collections.abc import Callable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from throughline.app.import_source import NEEDS_ANSWER, REFUSED, ImportReport
from throughline.app.plans import OpenPlan
from throughline.app.preview import Brought, read_files, show_file
from throughline.app.records import FolderError
from throughline.app.set_value import SetError
from throughline.engine.plan.plan import Plan
from throughline.web.audit.log import append
from throughline.web.districts.models import District
from throughline.web.intake.limits import IN_REQUEST, take_turn
from throughline.web.intake.models import APPLIED, NEW, READY, Delivery, Upload
from throughline.web.intake.store import path_of, remove_personal
from throughline.web.jobs.jobs import start
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead

PREVIEW_JOB, APPLY_JOB = "intake.preview", "intake.apply"
Delivered = Callable[[str], None]  # called within the transaction of the step


def in_background(delivery: Delivery) -> bool:
    """Whether a delivery is too large to be read while somebody waits for a page."""
    return sum(item.size for item in delivery.files.filter(removed_at=None)) >= IN_REQUEST


def begin(district: District, delivery: Delivery) -> None:
    """Make the preview of a delivery; raises TooMuchError when too many are being made."""
    if in_background(delivery):
        _queue(delivery, PREVIEW_JOB)
        return
    take_turn(district, delivery)
    preview(district, delivery)


def begin_apply(district: District, delivery: Delivery) -> str:
    """Apply a delivery; what `apply` answers, or `queued`."""
    if in_background(delivery):
        _queue(delivery, APPLY_JOB)
        return "queued"
    take_turn(district, delivery)
    return apply(district, delivery)


def _queue(delivery: Delivery, kind: str) -> None:
    """One piece of long work for a delivery at a time; asking twice is asking once."""
    job = start(kind, delivery=delivery.pk)
    Delivery.objects.filter(pk=delivery.pk).update(job=job.pk)


def preview(district: District, delivery: Delivery) -> None:
    """Read the files against the plan in force and keep what a page shows of it. The turn is given back in any case."""
    try:
        opened = store.open_district(district)
        _keep(delivery, opened, *_read(district, delivery, opened, apply=False))
    finally:
        Delivery.objects.filter(pk=delivery.pk).update(reading_since=None)


def apply(district: District, delivery: Delivery, delivered: Delivered = lambda _done: None) -> str:
    """Apply a delivery in one step. `applied`, `unchanged` when the plan says it all already, `again` when the plan changed
    meanwhile and the preview was made anew, `waiting` when no file is ready.
    """
    try:
        delivery.refresh_from_db()
        if delivery.state != READY:
            return "waiting"
        opened = store.open_district(district)
        if opened.manifest.digest != delivery.base_digest:
            _keep(delivery, opened, *_read(district, delivery, opened, apply=False))
            return "again"
        return _write(district, delivery, opened, delivered)
    finally:
        Delivery.objects.filter(pk=delivery.pk).update(reading_since=None)


def _write(district: District, delivery: Delivery, opened: OpenPlan, delivered: Delivered) -> str:
    real = opened.commit
    assert real is not None

    def commit(before: OpenPlan, plan: Plan, what: str, at: date, blocks: Mapping[str, str]) -> OpenPlan:
        with transaction.atomic():  # the plan and the word that this delivery was applied, or neither
            done = real(before, plan, what, at, blocks)
            _applied(delivery, done.manifest.digest)
            delivered("applied")
        return done

    writing = OpenPlan(opened.root, opened.plan, opened.manifest, commit)
    files, report, problem = _read(district, delivery, writing, apply=True)
    if report is None:
        _keep(delivery, opened, files, None, problem)
        return "waiting"
    _show(files, report, opened)
    if report.written:
        remove_personal(district, delivery)
        return "applied"
    if any(item.status in (REFUSED, NEEDS_ANSWER) for item in report.files):
        return "waiting"
    _applied(delivery, opened.manifest.digest, new_step=False)
    return "unchanged"


def _applied(delivery: Delivery, digest: str, *, new_step: bool = True) -> None:
    with transaction.atomic():
        number = PlanHead.objects.get().number if new_step else None
        Delivery.objects.filter(pk=delivery.pk).update(state=APPLIED, revision=number, applied_at=timezone.now())
        append("files.applied", f"delivery/{delivery.pk}", digest=digest, revision=number or 0)


def _read(
    district: District, delivery: Delivery, opened: OpenPlan, *, apply: bool
) -> tuple[list[Upload], ImportReport | None, str]:
    """The files that are still kept, the report, and why there is none."""
    day = store.day_of(PlanHead.objects.get())
    files = [item for item in delivery.files.filter(removed_at=None) if path_of(district, item).is_file()]
    if not files:
        return [], None, gettext("The files of this delivery are no longer kept. Bring them again.")
    brought = [Brought(path_of(district, item), item.name, item.answers) for item in files]
    try:
        return files, read_files(opened, brought, delivery.choices, day, apply=apply), ""
    except (SetError, FolderError) as error:
        return files, None, str(error)


def _keep(delivery: Delivery, opened: OpenPlan, files: list[Upload], report: ImportReport | None, problem: str) -> None:
    with transaction.atomic():
        if report is not None:
            _show(files, report, opened)
        state = READY if report is not None else NEW
        found = {"state": state, "base_digest": opened.manifest.digest, "problem": problem}
        Delivery.objects.filter(pk=delivery.pk).update(**found)


def _show(files: list[Upload], report: ImportReport, opened: OpenPlan) -> None:
    for upload, item in zip(files, report.files, strict=True):
        upload.shown = show_file(item, opened.plan.district.state)
        upload.save(update_fields=["shown"])
