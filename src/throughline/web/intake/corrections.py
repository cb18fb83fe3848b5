"""Corrections of single devices: the row that says who, when and why, and the plan's snapshot, written together or not at all."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from throughline.app.corrections import DeviceCorrection, correct_devices
from throughline.app.outcomes import LABELS, Decision
from throughline.app.plans import OpenPlan
from throughline.engine.plan.plan import Plan
from throughline.web.access.scope import actor
from throughline.web.audit.log import append
from throughline.web.districts.models import District
from throughline.web.intake.models import Correction
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead, Revision

WRONG = {
    "reason": gettext_lazy("Say in a few words why, so that others can follow it."),
    "value": gettext_lazy("Choose what it is from the list."),
    "field": gettext_lazy("Choose what is wrong about the device."),
}


def correct(district: District, key: str, field: str, value: str, reason: str) -> None:
    """Correct one field of a device; an earlier correction of the same field ends. Raises ValueError or FolderError."""
    for name, given in (("field", field), ("value", value), ("reason", reason)):
        if not given:
            raise ValueError(WRONG[name])
    who = actor()
    new = Correction(district=district, key=key, field=field, value=value, reason=reason, by=who.name, user_id=who.user)

    def keep(step: int | None) -> None:
        before = [item.pk for item in in_force() if item.key == key and item.field == field]
        _end(before, step)
        new.revision = step
        new.save(force_insert=True)
        append("device.corrected", f"correction/{new.pk}", field=field)

    _write(district, [new], [], keep)


def decide(district: District, decisions: Sequence[Decision], outcome: str, reason: str) -> int:
    """Keep what became of devices as one step; how many. Raises ValueError or FolderError."""
    return decide_all(district, [(outcome, decisions)], reason)


def decide_all(district: District, told: Sequence[tuple[str, Sequence[Decision]]], reason: str) -> int:
    """As `decide`, of several outcomes at once. What was said of the same fields before ends."""
    if not reason:
        raise ValueError(WRONG["reason"])
    who = actor()
    new = [
        Correction(
            district=district, key=item.key, field=field, value=value, outcome=outcome, reason=reason, by=who.name,
            user_id=who.user,
        )
        for outcome, decisions in told
        for item in decisions
        for field, value in item.fixes
    ]  # fmt: skip
    devices = len({item.key for item in new})
    said = {(item.key, item.field) for item in new}
    if not new:
        return 0

    def keep(step: int | None) -> None:
        _end([item.pk for item in in_force() if (item.key, item.field) in said], step)
        for item in new:
            item.revision = step
        Correction.objects.bulk_create(new, batch_size=500)
        outcomes = " ".join(outcome for outcome, decisions in told if decisions)
        append("devices.decided", f"revision/{step}", outcomes=outcomes, devices=devices, fields=len(new))

    _write(district, new, [], keep)
    return devices


def take_back(district: District, item: Correction) -> None:
    """End a correction, with all that was decided about the device by the same outcome in the same step.

    Raises FolderError when the plan changed meanwhile.
    """
    gone = [item]
    if item.outcome:
        gone = [
            one for one in in_force() if (one.key, one.outcome, one.revision) == (item.key, item.outcome, item.revision)
        ]

    def keep(step: int | None) -> None:
        _end([one.pk for one in gone], step)
        for one in gone:
            append("device.correction ended", f"correction/{one.pk}", field=one.field)

    _write(district, [], gone, keep)


def in_force() -> list[Correction]:
    """Corrections whose step stands and that no standing step ended, in the order they were made."""
    undone = set(Revision.objects.exclude(undone_by=None).values_list("number", flat=True))
    return [
        item
        for item in Correction.objects.order_by("at", "pk")
        if item.revision not in undone and (item.ended_at is None or item.ended_revision in undone)
    ]


def _end(numbers: list[int], step: int | None) -> None:
    found = {"ended_at": timezone.now(), "ended_by": actor().name, "ended_revision": step}
    Correction.objects.filter(pk__in=numbers).update(**found)


def _write(
    district: District, new: Sequence[Correction], gone: Sequence[Correction], keep: Callable[[int | None], None]
) -> None:
    """The snapshot under exactly the corrections in force, with the rows that say so."""
    opened = store.open_district(district)
    ended, said = {item.pk for item in gone}, {(item.key, item.field) for item in new}
    wanted = [item for item in in_force() if item.pk not in ended and (item.key, item.field) not in said]
    listed = [_told(item) for item in [*wanted, *new]]
    real, written = opened.commit, False
    assert real is not None

    def commit(before: OpenPlan, plan: Plan, what: str, at: date, blocks: Mapping[str, str]) -> OpenPlan:
        nonlocal written
        with transaction.atomic():
            done = real(before, plan, _what(new, gone), at, blocks)
            keep(PlanHead.objects.get().number)
        written = True
        return done

    day = store.day_of(PlanHead.objects.get())
    try:
        correct_devices(OpenPlan(opened.root, opened.plan, opened.manifest, commit), listed, day)
    except ValueError as error:
        wrong = next((words for name, words in WRONG.items() if f"its {name} " in str(error)), "")
        raise ValueError(wrong or str(error)) from error
    if not written:  # the device says so already: the word of the person is kept all the same
        with transaction.atomic():
            keep(None)


def _told(item: Correction) -> DeviceCorrection:
    return DeviceCorrection(item.ref, item.key, item.field, item.value, item.reason, item.by)


def _what(new: Sequence[Correction], gone: Sequence[Correction]) -> str:
    item = [*new, *gone][0]
    name = item.key.partition(":")[2] or item.key
    if not new:
        return f"take back a correction of {name}"
    if not item.outcome:
        return f"correct {item.field.replace('_', ' ')} of {name}"
    many = len({one.key for one in new})
    which = name if many == 1 else f"{many:,} devices"
    return f"decide about {which}: {LABELS.get(item.outcome, item.outcome).lower()}"
