"""Disposals of lists and inventories that belong into the property record: those of equipment that an award bought.

A disposal is of the device with its serial number or tag. What a person entered about it stays; a list fills what is not known,
and replaces what a list said before. Of any other device no disposal and no number is kept.
"""

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from decimal import Decimal
from pathlib import Path

from throughline.app.plans import slug
from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.plan.awards import Award, AwardKind, Disposal
from throughline.engine.plan.plan import Plan, with_records
from throughline.engine.property.record import Unitary, award_index, folded, is_federal
from throughline.engine.refs import EntryRef
from throughline.importers.outcome import Outcome

BASIS_POINTS = 10_000


def with_disposals(plan: Plan, outcome: Outcome, snapshot: Path | None) -> tuple[Plan, tuple[Finding, ...]]:
    """The plan with the disposals of a file that are of its awards' equipment, and what is to be told."""
    from throughline.fleet.property import awarded_rows

    file = outcome.file
    known = award_index(plan.awards)
    bought = _by_number(item for item in (awarded_rows(snapshot) if snapshot else ()) if is_federal(item, known))
    kept = [made for item in outcome.disposals if (made := _of_award(item, known, bought)) is not None]
    told: list[Finding] = []
    if snapshot is None and len(kept) < len(outcome.disposals):
        count = len(outcome.disposals) - len(kept)
        told.append(finding("TL-REC-146", Severity.NOTE, file, cents=None, file=file, count=count))
    if kept:
        told.append(finding("TL-REC-145", Severity.NOTE, file, cents=None, file=file, count=len(kept)))
    before = {folded(item.serial): item for item in plan.disposals if folded(item.serial)}
    new: dict[str, object] = {}
    for item in kept:
        made = _joined(before.get(folded(item.serial)), item)
        if made is not None:
            new[made.id] = made
    return (with_records(plan, "disposals", new) if new else plan), tuple(told)


def _by_number(items: Iterable[Unitary]) -> dict[str, Unitary]:
    found: dict[str, Unitary] = {}
    for item in items:
        for number in (item.serial, item.asset_tag):
            if folded(number):
                found.setdefault(folded(number), item)
    return found


def _of_award(item: Disposal, known: Mapping[str, Award], bought: Mapping[str, Unitary]) -> Disposal | None:
    """The disposal with what the inventory knows of the device; None when no award bought it."""
    device = bought.get(folded(item.serial))
    named = known.get(folded(item.award)) or (known.get(folded(device.award)) if device else None)
    if device is None and (named is None or named.kind is AwardKind.OTHER):
        return None
    award = named.id if named else (device.award if device else item.award)
    if device is None:
        return replace(item, award=award)
    share = None if device.federal_share_bp is None else Decimal(device.federal_share_bp) / BASIS_POINTS
    number = device.serial or device.asset_tag
    return replace(
        item,
        id=slug(number),
        serial=number,
        award=award,
        description=device.description or item.description,
        acquired_on=item.acquired_on or device.acquired_on,
        cost_cents=device.unit_cents if item.cost_cents is None else item.cost_cents,
        federal_share=share,
    )


def _joined(old: Disposal | None, new: Disposal) -> Disposal | None:
    """What stands in the plan afterwards; None when nothing changes."""
    if old is None:
        return new
    by_person = isinstance(old.source, EntryRef) or old.source is None
    values = {}
    for item in fields(Disposal):
        mine, theirs = getattr(old, item.name), getattr(new, item.name)
        blank = mine in (None, "")
        values[item.name] = mine if item.name == "id" or (by_person and not blank) or theirs in (None, "") else theirs
    made = Disposal(**{**values, "source": old.source if by_person else new.source})
    return None if replace(made, source=None) == replace(old, source=None) else made
