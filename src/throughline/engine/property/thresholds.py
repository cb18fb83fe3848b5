"""Limits of property rules, each with the row that says so.

Equipment (2 CFR 200.1): unit cost of at least the lesser of the federal threshold, of the day the award was issued, and the
district's own capitalization level. Disposal (200.313(e)): up to the threshold of fair market value per unit nothing is
owed; above it the federal agency's share is

    market value (or proceeds, when sold for more)  x  federal percentage          rounded half up to the cent

Of what is sold the agency may let the district keep a part of the federal share for selling it (200.313(e)(2)), by the day of the award:

    the lesser of $500 and 10 % of the proceeds; since 1 October 2024 $1,000          never more than the share owed

Physical inventory (200.313(d)): at least every so many months. E-Rate: no sale or trade-in within so many years.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_FLOOR, Decimal

from throughline.engine.calendar import month_end, month_index
from throughline.engine.money import round_half_up
from throughline.engine.plan.district import District
from throughline.engine.rulebook.book import RulesAt

EQUIPMENT, DISPOSAL = "federal/equipment-threshold", "federal/disposal-threshold"
SELLING_MOST, SELLING_SHARE = "federal/selling-cost-limit", "federal/selling-cost-share"
INTERVAL, LOCK, RECORDS = "federal/inventory-interval", "erate/resale-lock", "erate/records-years"
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Limit:
    """An amount in cents and the row that decides."""

    cents: int
    rule: str


def equipment_limit(district: District, rules: RulesAt, awarded_on: date | None) -> Limit:
    """Least unit cost of equipment: the federal row of the day of the award, or the district's own level when lower."""
    row = rules.find(EQUIPMENT, awarded_on) or rules.row(EQUIPMENT)
    own = district.capitalization_threshold_cents
    if own is not None and own < int(row.value):
        return Limit(own, "the district's own capitalization level")
    return Limit(int(row.value), str(row.ref()))


def is_equipment(unit_cents: int | None, limit: Limit) -> bool | None:
    """Whether a unit is equipment; its own amount is. None when the cost is not known."""
    return None if unit_cents is None else unit_cents >= limit.cents


def disposal_limit(rules: RulesAt, awarded_on: date | None) -> Limit:
    """Market value of a unit up to which nothing is owed: the row of the day of the award."""
    row = rules.find(DISPOSAL, awarded_on) or rules.row(DISPOSAL)
    return Limit(int(row.value), str(row.ref()))


def owed_cents(value_cents: int, federal_share: Decimal, limit: Limit) -> int:
    """The federal agency's share of the market value of a unit; the threshold's own amount is still free."""
    return round_half_up(value_cents * federal_share) if value_cents > limit.cents else 0


def selling_cents(proceeds_cents: int, owed: int, rules: RulesAt, awarded_on: date | None) -> Limit:
    """What the district may keep of what it owes for a unit it sold, if the agency permits, and the row that says so."""
    day = awarded_on or rules.on
    most = rules.find(SELLING_MOST, day)
    if most is None or not owed:
        return Limit(0, SELLING_MOST)
    kept = Limit(int(most.value), str(most.ref()))
    share = rules.find(SELLING_SHARE, day)
    if share is not None:
        part = int((proceeds_cents * Decimal(share.value)).to_integral_value(ROUND_FLOOR))
        kept = min(kept, Limit(part, str(share.ref())), key=lambda limit: limit.cents)
    return Limit(min(kept.cents, proceeds_cents, owed), kept.rule)


def inventory_due(inventoried_on: date, rules: RulesAt) -> date:
    """Day by which the next physical inventory must be done."""
    return plus_months(inventoried_on, int(rules.row(INTERVAL).value))


def held_until(acquired_on: date, rules: RulesAt) -> date:
    """First day on which E-Rate equipment may be sold or traded in."""
    return plus_months(acquired_on, int(rules.row(LOCK).value) * MONTHS)


def records_until(last_service: date, rules: RulesAt) -> date:
    """Last day for which records of E-Rate equipment are kept."""
    return plus_months(last_service, int(rules.row(RECORDS).value) * MONTHS)


def plus_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day when it has no such day."""
    last = month_end(month_index(day) + months)
    return last if day.day > last.day else last.replace(day=day.day)
