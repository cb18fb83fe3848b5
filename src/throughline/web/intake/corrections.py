"""Corrections of single devices: the row that says who, when and why, and the plan's snapshot, written together or not at all."""

from collections.abc import Callable, Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy

from throughline.app.corrections import DeviceCorrection, correct_devices
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

    _write(district, new, None, keep)


def take_back(district: District, item: Correction) -> None:
    """End a correction. Raises FolderError when the plan changed meanwhile."""

    def keep(step: int | None) -> None:
        _end([item.pk], step)
        append("device.correction ended", f"correction/{item.pk}", field=item.field)

    _write(district, None, item, keep)


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
    district: District, new: Correction | None, gone: Correction | None, keep: Callable[[int | None], None]
) -> None:
    """The snapshot under exactly the corrections in force, with the rows that say so."""
    opened = store.open_district(district)
    wanted = [
        item for item in in_force() if item != gone and not (new and item.key == new.key and item.field == new.field)
    ]
    listed = [_told(item) for item in [*wanted, *([new] if new else [])]]
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


def _what(new: Correction | None, gone: Correction | None) -> str:
    item = new or gone
    assert item is not None
    name = item.key.partition(":")[2] or item.key
    return f"correct {item.field.replace('_', ' ')} of {name}" if new else f"take back a correction of {name}"
