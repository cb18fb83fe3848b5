"""The property record: every unit bought under an award with what 2 CFR 200.313(d)(1) asks a record to say.

A row joins an inventory row to its award by id, name or number of the award, letters and blanks aside. Rows of awards
that are neither federal nor E-Rate, and rows whose federal share is stated as zero, are not federal property. Disposals
of the plan stand with the device of their serial number or tag, those of devices no inventory knows after them. Facts
that lack are named in the row, never filled in.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from throughline.engine.plan.awards import Award, AwardKind, Disposal, Method
from throughline.engine.plan.inventory import Status
from throughline.engine.plan.plan import Plan
from throughline.engine.property.thresholds import (
    disposal_limit,
    equipment_limit,
    is_equipment,
    owed_cents,
    records_until,
    selling_cents,
)
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.table import Column, Row, Table, Unit, Value

BASIS_POINTS = 10_000
DISPOSED = ("disposed", "price")  # what is asked of a unit that has left
LEFT = frozenset({Status.RETIRED, Status.MISSING})
NOTE = (
    "Equipment is a unit that costs at least the lesser of the federal threshold and the district's own capitalization "
    "level; what costs less is supplies."
)
COLUMNS = (
    Column("description", "Description"),
    Column("serial", "Serial or tag"),
    Column("units", "Units", Unit.COUNT),
    Column("award", "Award"),
    Column("program", "Assistance listing (ALN)"),
    Column("number", "Award number (FAIN)"),
    Column("title", "Title holder"),
    Column("acquired", "Acquired", Unit.DATE),
    Column("cost", "Cost of a unit", Unit.CENTS),
    Column("share", "Federal share", Unit.PERCENT),
    Column("location", "Location"),
    Column("use", "Use"),
    Column("condition", "Condition"),
    Column("status", "Status"),
    Column("counts_as", "Counts as"),
    Column("inventoried", "Last physical inventory", Unit.DATE),
    Column("disposed", "Disposed", Unit.DATE),
    Column("price", "Disposal price of a unit", Unit.CENTS),
    Column("owed", "Owed to the agency for a unit", Unit.CENTS),
    Column("selling", "Of it kept for selling, if permitted", Unit.CENTS),
    Column("records", "Keep records until", Unit.DATE),
    Column("lacks", "Not on record"),
)


@dataclass(frozen=True, slots=True)
class Unitary:
    """What the inventory says of one row: a device, or counted units without serials."""

    key: str
    serial: str
    asset_tag: str
    quantity: int
    description: str
    award: str
    federal_share_bp: int | None
    acquired_on: date | None
    unit_cents: int | None
    site: str
    place: str
    role: str
    program: str
    condition: str
    status: str
    held_as: str


def award_index(awards: Iterable[Award]) -> dict[str, Award]:
    """Awards by everything an inventory may call them; the first of a name wins."""
    found: dict[str, Award] = {}
    for award in awards:
        for name in (award.id, award.number, award.name):
            if folded(name):
                found.setdefault(folded(name), award)
    return found


def folded(name: str) -> str:
    """Letters and figures of a name in lower case: `S010A-21`, `s010a 21` and `S010A21` are one award."""
    return "".join(sign for sign in name.casefold() if sign.isalnum())


def property_table(plan: Plan, rules: RulesAt, items: Sequence[Unitary]) -> Table:
    """The record, by award, then description and serial; then what was disposed of."""
    known = award_index(plan.awards)
    disposed = {folded(item.serial): item for item in plan.disposals if folded(item.serial)}
    rows: list[Row] = []
    met: set[str] = set()
    for item in items:
        if is_federal(item, known):
            disposal = disposed.get(folded(item.serial)) or disposed.get(folded(item.asset_tag))
            met |= {disposal.id} if disposal else set()
            rows.append(_held(item, known.get(folded(item.award)), disposal, plan, rules))
    rows.sort(key=lambda row: (str(row.values[3]), str(row.values[0]), str(row.values[1]), row.key))
    by_id = {award.id: award for award in plan.awards}
    gone = [_gone(item, by_id.get(item.award), plan, rules) for item in plan.disposals if item.id not in met]
    return Table("property_record", "Property bought under awards", COLUMNS, (*rows, *gone), (NOTE,))


def is_federal(item: Unitary, known: Mapping[str, Award]) -> bool:
    """Whether a row names an award whose property rules hold."""
    award = known.get(folded(item.award))
    if not item.award or (award is not None and award.kind is AwardKind.OTHER):
        return False
    return item.federal_share_bp != 0


def share_bp(stated: int | None, award: Award | None) -> int | None:
    """Federal share in hundredths of a percent: the row's own, else the award's, None when neither says."""
    if stated is not None:
        return stated
    return None if award is None else as_bp(award.federal_share)


def as_bp(share: Decimal | None) -> int | None:
    """A share as hundredths of a percent, None when there is none."""
    return None if share is None else int(share * BASIS_POINTS)


def _held(item: Unitary, award: Award | None, disposal: Disposal | None, plan: Plan, rules: RulesAt) -> Row:
    site = plan.site_by_id.get(item.site)
    location = site.name if site else item.place
    use = ", ".join(part for part in (item.role, item.program) if part)
    title = (award.title_holder if award else "") or ("lessor" if item.held_as == "leased" else "")
    facts: dict[str, Value] = {
        "description": item.description,
        "serial": item.serial or item.asset_tag,
        "units": item.quantity,
        **_award(item.award, award),
        "title": title,
        "acquired": _day(item.acquired_on),
        "cost": item.unit_cents,
        "share": share_bp(item.federal_share_bp, award),
        "location": location,
        "use": use,
        "condition": item.condition,
        "status": item.status.replace("_", " "),
        "counts_as": _class_of(item.unit_cents, award, item.acquired_on, plan, rules),
    }
    asked: tuple[str, ...] = (
        "serial",
        "title",
        "acquired",
        "cost",
        "share",
        "location",
        "use",
        "condition",
        "program",
        "number",
    )
    asked = asked if item.quantity == 1 else asked[1:]
    if disposal is not None:
        facts |= _disposal(disposal, award, rules)
    left = disposal is not None or item.status in LEFT
    return _row(facts, (*asked, *DISPOSED) if left else asked, f"device/{item.key}")


def _gone(item: Disposal, award: Award | None, plan: Plan, rules: RulesAt) -> Row:
    share = item.federal_share if item.federal_share is not None else (award.federal_share if award else None)
    facts: dict[str, Value] = {
        "description": item.description,
        "serial": item.serial,
        "units": item.quantity,
        **_award(item.award, award),
        "title": award.title_holder if award else "",
        "acquired": _day(item.acquired_on),
        "cost": item.cost_cents,
        "share": as_bp(share),
        "counts_as": _class_of(item.cost_cents, award, item.acquired_on, plan, rules),
        **_disposal(item, award, rules),
    }
    return _row(facts, ("serial", "acquired", "cost", "share", *DISPOSED), f"disposals/{item.id}")


def _disposal(item: Disposal, award: Award | None, rules: RulesAt) -> dict[str, Value]:
    return {
        "status": item.method.replace("_", " "),
        "disposed": _day(item.disposed_on),
        "price": item.price_cents,
        "owed": owed(item, award, rules),
        "selling": kept_for_selling(item, award, rules),
        "records": _day(records_until(item.disposed_on, rules)) if _erate(award) and item.disposed_on else None,
    }


def owed(item: Disposal, award: Award | None, rules: RulesAt) -> int | None:
    """What is owed for one unit of a disposal: 0 when nothing is, None when value or share is not known.

    The value is the market value, or what was received when that is more or the market value is not known.
    """
    if award is not None and award.kind is not AwardKind.FEDERAL:
        return 0
    share = item.federal_share if item.federal_share is not None else (award.federal_share if award else None)
    values = [cents for cents in (item.fair_value_cents, item.price_cents) if cents is not None]
    limit = disposal_limit(rules, award.awarded_on if award else item.acquired_on)
    if not values:
        return None
    if max(values) <= limit.cents:
        return 0
    return None if share is None else owed_cents(max(values), share, limit)


def kept_for_selling(item: Disposal, award: Award | None, rules: RulesAt) -> int | None:
    """What of the owed amount may be kept for selling one unit, with the agency's permission; None when nothing was sold."""
    due = owed(item, award, rules)
    if item.method is not Method.SOLD or item.price_cents is None or not due:
        return None
    return selling_cents(item.price_cents, due, rules, award.awarded_on if award else item.acquired_on).cents


def _class_of(cents: int | None, award: Award | None, acquired: date | None, plan: Plan, rules: RulesAt) -> str:
    if _erate(award):
        return "E-Rate equipment"
    limit = equipment_limit(plan.district, rules, (award.awarded_on if award else None) or acquired)
    found = is_equipment(cents, limit)
    return "" if found is None else "equipment" if found else "supplies"


def _erate(award: Award | None) -> bool:
    return award is not None and award.kind is AwardKind.ERATE


def _award(named: str, award: Award | None) -> dict[str, Value]:
    if award is None:
        return {"award": named, "program": "", "number": "", "inventoried": None}
    return {
        "award": award.name,
        "program": award.program,
        "number": award.number,
        "inventoried": _day(award.inventoried_on),
    }


def _row(facts: Mapping[str, Value], asked: Sequence[str], key: str) -> Row:
    labels = {column.key: column.label for column in COLUMNS}
    missing = [labels[name] for name in asked if facts.get(name) in (None, "")]
    values = {**facts, "lacks": ", ".join(missing)}
    blank = {column.key: "" if column.unit is Unit.TEXT else None for column in COLUMNS}
    return Row(tuple((blank | values)[column.key] for column in COLUMNS), key=key)


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
