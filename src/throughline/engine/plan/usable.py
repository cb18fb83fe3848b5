"""The records of a plan that can be computed with; what cannot is left out and named, so that no entry stops a run.

Forms and importers refuse such values where a person can answer; a plan folder may still hold them.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import attrgetter
from typing import Any

from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.plan.cells import text_of
from throughline.engine.plan.plan import Plan, without_records
from throughline.engine.plan.standards import Standard

MOST_CENTS = 10**12  # ten billion dollars: above it an amount is a slip, and sums could leave 2**53
MOST_EACH = 10**9  # ten million dollars for one device, person or pupil
MOST_UNITS = 10**7
FAR_YEARS = 50  # a table that names a year further away has a slip in it, and would make the plan that long
LIVES = range(1, 10_000)  # beyond any plan: "never by age"
CLOCKS = frozenset({"vendor", "policy", "condition"})
POLICIES = ("rule_order", "given_amounts")
PER = ("pupil", "staff", "site", "fixed")


@dataclass(frozen=True, slots=True)
class Range:
    """What a field may hold, as a test of values that are given, and in words."""

    fits: Callable[[Any], bool]
    words: str


def _number(value: Decimal) -> bool:
    return value.is_finite() and 0 <= value <= MOST_UNITS


COUNT = Range(_number, "a number, 0 or more")
MONEY = Range(lambda cents: 0 <= cents <= MOST_CENTS, "an amount of money, 0 or more")
EACH = Range(lambda cents: 0 <= cents <= MOST_EACH, "an amount of money for one of them, 0 or more")
EITHER = Range(lambda cents: abs(cents) <= MOST_CENTS, "an amount of money")
GROWTH = Range(lambda rate: rate.is_finite() and -1 < rate <= 1, "a share between -1 and 1")
MOST_YEARS = 50  # of an option's use
YEAR = Range(range(MOST_YEARS + 1).__contains__, f"a year from 0 to {MOST_YEARS}")
POINTS = Range(lambda points: points.is_finite() and 0 <= points <= 5, "0 to 5")
SHARE = Range(lambda share: share.is_finite() and 0 <= share <= 1, "a share from 0 to 1")
MONTHS = Range(range(12 * MOST_YEARS + 1).__contains__, f"0 to {12 * MOST_YEARS} months")
UNITS = Range(lambda count: count >= 0, "a whole number, 0 or more")

RANGES: Mapping[str, Mapping[str, Range]] = {
    "enrollment": {"pupils": COUNT},
    "group_counts": {"pupils": COUNT},
    "staffing": {"fte": COUNT, "loaded_salary_cents": EACH},
    "contracts": {
        "annual_cents": MONEY,
        "escalator": GROWTH,
        "option_months": MONTHS,
        "cancellable_months": MONTHS,
        "vendor_rate": SHARE,
        "implementation_cents": MONEY,
        "prepaid_cents": MONEY,
        "incentive_cents": MONEY,
    },
    "standards": {
        "life_years": Range(LIVES.__contains__, "1 year or more"),
        "ratio": COUNT,
        "spare_share": COUNT,
        "unit_price_cents": EACH,
        "lease_year_cents": EACH,
        "per": Range(PER.__contains__, "one of " + ", ".join(PER)),
        "clocks": Range(lambda names: set(names) <= CLOCKS, "some of " + ", ".join(sorted(CLOCKS))),
    },
    "appropriations": {"cents": EITHER},
    "given_amounts": {"cents": EITHER},
    "plan_lines": {"amount_cents": EITHER, "unit_cents": EITHER},
    "stated_totals": {"cents": EITHER},
    "finance_lines": {"cents": EITHER},
    "decisions": {"count": UNITS},
    "awards": {"federal_share": SHARE},
    "disposals": {
        "quantity": UNITS,
        "cost_cents": EACH,
        "federal_share": SHARE,
        "fair_value_cents": EACH,
        "price_cents": EACH,
    },
    "retirements": {"units": UNITS},
    "prospects": {"low_cents": MONEY, "high_cents": MONEY, "probability": SHARE},
    "options": {
        "life_years": Range(range(1, MOST_YEARS + 1).__contains__, f"1 to {MOST_YEARS} years"),
        "staff_hours": COUNT,
        "downtime_hours": COUNT,
        "downtime_users": COUNT,
        "students": COUNT,
    },
    "option_costs": {"year": YEAR, "until": YEAR, "cents": MONEY, "growth": GROWTH},
    "option_ratings": {"likely": POINTS, "low": POINTS, "high": POINTS, "impact": POINTS, "probability": SHARE},
}


DISTRICT: Mapping[str, tuple[Callable[[Any], bool], str, Any]] = {
    "fiscal_year_start_month": (lambda month: 1 <= month <= 12, "a month from 1 to 12", 7),
    "allocation_policy": (POLICIES.__contains__, "one of " + ", ".join(POLICIES), POLICIES[0]),
}


def _all_fit(records: tuple[Any, ...], ranges: Mapping[str, Any]) -> bool:
    """Whether no record is out of range: of thousands of records only the few hundred different values are looked at."""
    return all(
        value is None or allowed.fits(value)
        for name, allowed in ranges.items()
        for value in set(map(attrgetter(name), records))
    )


def usable(
    plan: Plan, asset_classes: Mapping[str, object], readable: Callable[[Any], str], this_year: int
) -> tuple[Plan, tuple[Finding, ...]]:
    """The plan without the records that make no sense, each a finding. `readable` says what is wrong with an assumption.

    The fiscal year of a plan line far from `this_year` is taken as a named period, which enters no total.
    """
    found: list[Finding] = []
    for name, (fits, words, instead) in DISTRICT.items():
        value = getattr(plan.district, name)
        if not fits(value):
            found.append(_district(name, str(value), words, str(instead)))
            plan = replace(plan, district=replace(plan.district, **{name: instead}))
    for noun, ranges in RANGES.items():
        if _all_fit(getattr(plan, noun), ranges):
            continue
        wrong = {
            record.id: _wrong(noun, record.id, name, text_of(value, _kind(name, value)), allowed.words)
            for record in getattr(plan, noun)
            for name, allowed in ranges.items()
            if (value := getattr(record, name)) is not None and not allowed.fits(value)
        }
        plan, found = _less(plan, noun, wrong, found)
    each = {
        c.id: _wrong("contracts", c.id, "annual_cents", text_of(c.annual_cents, "dollars"), EACH.words)
        for c in plan.contracts
        if c.basis != "flat" and c.annual_cents is not None and not EACH.fits(c.annual_cents)
    }
    plan, found = _less(plan, "contracts", each, found)
    plan, found = _less(plan, "standards", dict(_standards(plan, asset_classes)), found)
    unread = {
        item.id: finding(
            "TL-RULE-013", Severity.ERROR, f"assumptions/{item.id}", cents=None, source=item.source, path=item.path,
            reason=reason,
        )
        for item in plan.assumptions
        if (reason := readable(item))
    }  # fmt: skip
    plan, found = _less(plan, "assumptions", unread, found)
    return _near(plan, this_year), tuple(found)


def _less(plan: Plan, noun: str, wrong: Mapping[str, Finding], found: list[Finding]) -> tuple[Plan, list[Finding]]:
    return (without_records(plan, noun, frozenset(wrong)) if wrong else plan), [*found, *wrong.values()]


def _kind(name: str, value: object) -> str:
    return "dollars" if name.endswith("cents") else "list" if isinstance(value, tuple) else "text"


def _wrong(noun: str, record: str, name: str, value: str, wanted: str) -> Finding:
    subject = f"{noun}/{record}"
    field = name.removesuffix("_cents").replace("_", " ")
    return finding(
        "TL-DATA-020", Severity.ERROR, subject, cents=None, record=subject, field=field, value=value, wanted=wanted
    )


def _district(name: str, value: str, wanted: str, used: str) -> Finding:
    field = name.replace("_", " ")
    return finding(
        "TL-DATA-021", Severity.ERROR, "district", cents=None, field=field, value=value, wanted=wanted, used=used
    )


def _standards(plan: Plan, asset_classes: Mapping[str, object]) -> Iterator[tuple[str, Finding]]:
    """Standards of a class nobody knows (TL-DEV-017), and second ones for the same devices (TL-DEV-018)."""
    first: dict[tuple[str, str], Standard] = {}
    for item in plan.standards:
        subject = f"standards/{item.id}"
        if item.asset_class not in asset_classes:
            yield (
                item.id,
                finding("TL-DEV-017", Severity.ERROR, subject, cents=None, standard=item.id, name=item.asset_class),
            )
            continue
        other = first.setdefault((item.asset_class, item.role), item)
        if other is not item:
            yield (
                item.id,
                finding("TL-DEV-018", Severity.ERROR, subject, cents=None, standard=item.id, other=other.id),
            )


def _near(plan: Plan, this_year: int) -> Plan:
    far = [x for x in plan.plan_lines if x.fiscal_year is not None and abs(x.fiscal_year - this_year) > FAR_YEARS]
    if not far:
        return plan
    named = {line.id: replace(line, fiscal_year=None) for line in far}
    return replace(plan, plan_lines=tuple(named.get(line.id, line) for line in plan.plan_lines))
