"""Plans nobody would enter on purpose: never a crash, always a finding, and every line still explains itself."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.engine.builders import Devices, result_of
from tests.engine.test_run import DEVICES, PLAN
from throughline.engine.funding.lines import split_lines
from throughline.engine.ledger.trace import evaluate
from throughline.engine.plan.assumptions import Assumption
from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.decisions import DeviceDecision
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import EnrollmentCount, StaffCount
from throughline.engine.plan.funds import Appropriation, Fund, GivenAmount
from throughline.engine.plan.plan import Plan, with_records
from throughline.engine.plan.planlines import PlanLine
from throughline.engine.plan.standards import Driver, Standard
from throughline.engine.refs import NOT_CASH
from throughline.engine.run import PlanResult

EMPTY = Plan(District("d", "T"))
FOUR = Standard(
    "s", "student-chromebook", "student", Driver.NEED, grades=("K", "1"), unit_price_cents=1, price_note="q"
)


def sound(result: PlanResult) -> PlanResult:
    """Traces hold, ids are unique, nothing is negative, every cent is paid or not funded."""
    lines = list(result.ledger.lines())
    assert len({line.id for line in lines}) == len(lines)
    for line in lines:
        assert line.cents > 0, line.id
        assert evaluate(result.ledger.explain(line.id)) == line.cents, line.id
        assert (line.labels["cost_type"] == "indirect") == (line.labels["category"][0] == "I"), line.id
    shares: dict[str, int] = {}
    paid: dict[str, int] = {}
    for line, fund, cents in split_lines(result.ledger, result.allocation):
        assert cents > 0
        assert (fund == NOT_CASH) == (line.labels["cost_type"] == "indirect")
        shares[line.id] = shares.get(line.id, 0) + cents
        paid[fund] = paid.get(fund, 0) + cents
    assert shares == {line.id: line.cents for line in lines}
    by_fund = {fund: sum(years.values()) for fund, years in result.allocation.by_fund_year().items()}
    assert {fund: cents for fund, cents in paid.items() if fund != NOT_CASH} == by_fund
    return result


def district_wide(plan: Plan) -> Plan:
    totals: dict[tuple[int, str], Decimal] = {}
    for row in plan.enrollment:
        totals[row.fall_year, row.grade] = totals.get((row.fall_year, row.grade), Decimal(0)) + row.pupils
    rows = (EnrollmentCount(f"{fall}-{g}", fall, "DISTRICT", g, n) for (fall, g), n in totals.items())
    return replace(plan, enrollment=tuple(sorted(rows, key=lambda row: row.id)))


def driver(**changes: object) -> Callable[[Plan], Plan]:
    return lambda plan: replace(plan, standards=(replace(FOUR, **changes),))  # type: ignore[arg-type]


def start(month: int) -> Callable[[Plan], Plan]:
    return lambda plan: replace(plan, district=replace(plan.district, fiscal_year_start_month=month))


def naming(year: int) -> Callable[[Plan], Plan]:
    line = PlanLine("l", "doc", "Switches", f"FY{year}", amount_cents=100_00, fiscal_year=year, category="D3.2")
    return lambda plan: replace(plan, plan_lines=(line,))


ODD: dict[str, Callable[[Plan], Plan]] = {
    "as it is": lambda plan: plan,
    "no enrollment": lambda plan: replace(plan, enrollment=()),
    "enrollment district-wide": district_wide,
    "latest fall district-wide": lambda plan: replace(
        plan,
        enrollment=tuple(
            sorted(
                (
                    *(row for row in plan.enrollment if row.fall_year < 2026),
                    *(row for row in district_wide(plan).enrollment if row.fall_year == 2026),
                ),
                key=lambda row: row.id,
            )
        ),
    ),
    "a site without pupils": lambda plan: replace(
        plan, enrollment=tuple(replace(r, pupils=Decimal(0)) if r.site == "b" else r for r in plan.enrollment)
    ),
    "half pupils": lambda plan: replace(
        plan, enrollment=tuple(replace(r, pupils=r.pupils + Decimal("0.5")) for r in plan.enrollment)
    ),
    "no pupils at all": lambda plan: replace(
        plan, enrollment=tuple(replace(r, pupils=Decimal(0)) for r in plan.enrollment)
    ),
    "one fall only": lambda plan: replace(plan, enrollment=tuple(r for r in plan.enrollment if r.fall_year == 2026)),
    "no sites": lambda plan: replace(plan, sites=()),
    "need by staff": driver(per="staff", staff_roles=()),
    "need by staff of no role": driver(per="staff", staff_roles=("pilot",)),
    "need by site": driver(per="site", ratio=Decimal("1.5")),
    "fixed need": driver(per="fixed", ratio=Decimal("33.3")),
    "no spares": driver(spare_share=Decimal(0)),
    "grade of issue": driver(driver=Driver.GRADE, issue_grades=("K", "4")),
    "grade of issue nobody has": driver(driver=Driver.GRADE, issue_grades=("12",)),
    "growth": driver(driver=Driver.CLOCK, growth_with_enrollment=True, role="*"),
    "one year of life": driver(life_years=1),
    "ratio of nothing": driver(ratio=Decimal(0)),
    "no price": driver(unit_price_cents=None, bundle="nothing"),
    "price of nothing": driver(unit_price_cents=0),
    "price over the threshold": driver(unit_price_cents=4_900_00),
    "decisions": lambda plan: replace(
        plan,
        decisions=(
            DeviceDecision("1", "*", 2030, 50, site="b"),
            DeviceDecision("2", "student-chromebook", 0, 10),
            DeviceDecision("3", "access-point", 1999),
        ),
    ),
    "January": start(1),
    "September": start(9),
    "October": start(10),
    "December": start(12),
    "ten years": naming(2037),
    "years gone by": naming(2019),
    "a slip in a year": naming(20277),
    "contingency": lambda plan: replace(plan, assumptions=(Assumption("c", "contingency/share", "0.1"),)),
    "given amounts": lambda plan: replace(
        plan,
        district=replace(plan.district, allocation_policy="given_amounts"),
        given_amounts=(GivenAmount("1", "gf", 2028, "D", 100_000_00), GivenAmount("2", "no", 2028, "", -5)),
    ),
}


@pytest.mark.parametrize("name", ODD)
def test_every_line_of_an_odd_plan_explains_itself(name: str) -> None:
    sound(result_of(ODD[name](PLAN), DEVICES))


@pytest.mark.parametrize("name", ["no enrollment", "January", "need by site", "growth", "ten years"])
def test_an_odd_plan_without_devices_explains_itself(name: str) -> None:
    sound(result_of(ODD[name](PLAN)))


WRONG: dict[str, tuple[dict[str, object], str]] = {
    "nothing": ({}, "TL-DEV-001"),
    "a class nobody knows": ({"standards": (replace(FOUR, asset_class="tricorder"),)}, "TL-DEV-017"),
    "two standards for the same": ({"standards": (FOUR, replace(FOUR, id="t"))}, "TL-DEV-018"),
    "a life of nothing": ({"standards": (replace(FOUR, life_years=0),)}, "TL-DATA-020"),
    "a negative ratio": ({"standards": (replace(FOUR, ratio=Decimal(-1)),)}, "TL-DATA-020"),
    "a need per nobody": ({"standards": (replace(FOUR, per="parent"),)}, "TL-DATA-020"),
    "a clock nobody knows": ({"standards": (replace(FOUR, clocks=("age",)),)}, "TL-DATA-020"),
    "a negative price": ({"standards": (replace(FOUR, unit_price_cents=-1),)}, "TL-DATA-020"),
    "a fund of no kind": ({"funds": (Fund("f", "lottery", "Lottery"),)}, "TL-FUND-001"),
    "money of no fund": ({"appropriations": (Appropriation("a", "f", 2028, 5),)}, "TL-FUND-011"),
    "a negative contract": ({"contracts": (Contract("c", "C", annual_cents=-5),)}, "TL-DATA-020"),
    "a contract of no category": ({"contracts": (Contract("c", "C", category="X", annual_cents=5),)}, "TL-DATA-012"),
    "an absurd amount": ({"contracts": (Contract("c", "C", annual_cents=10**17),)}, "TL-DATA-020"),
    "negative people": ({"staffing": (StaffCount("s", "a", "coach", Decimal(-1)),)}, "TL-DATA-020"),
    "negative pupils": ({"enrollment": (EnrollmentCount("e", 2026, "a", "K", Decimal(-1)),)}, "TL-DATA-020"),
    "a negative decision": ({"decisions": (DeviceDecision("d", "*", 2028, -4),)}, "TL-DATA-020"),
    "a rule nobody knows": ({"assumptions": (Assumption("a", "growth/gold", "1"),)}, "TL-RULE-013"),
    "a rule that is no number": ({"assumptions": (Assumption("a", "growth/labor", "much"),)}, "TL-RULE-013"),
    "a rule of no day": ({"assumptions": (Assumption("a", "growth/labor", "0", "", "soon"),)}, "TL-RULE-013"),
    "a share over the whole": ({"assumptions": (Assumption("a", "contingency/share", "5"),)}, "TL-RULE-013"),
    "a negative share": ({"assumptions": (Assumption("a", "training/bought-share", "-0.5"),)}, "TL-RULE-013"),
    "an absurd rate": ({"assumptions": (Assumption("a", "warranty/years", "100000000"),)}, "TL-RULE-013"),
    "an absurd price for each": (
        {"contracts": (Contract("c", "C", basis="student", annual_cents=10**10),)},
        "TL-DATA-020",
    ),
    "a memo category in a table": (
        {"plan_lines": (PlanLine("l", "p", "i", "FY2028", amount_cents=5, fiscal_year=2028, category="I1"),)},
        "TL-DATA-011",
    ),
    "a month that is none": ({"district": District("d", "T", "", 13)}, "TL-DATA-021"),
    "a policy nobody knows": ({"district": District("d", "T", allocation_policy="dice")}, "TL-DATA-021"),
    "less than nothing": (
        {"plan_lines": (PlanLine("l", "p", "i", "FY2028", amount_cents=-5, fiscal_year=2028),)},
        "TL-PLAN-015",
    ),
    "a year far away": (
        {"plan_lines": (PlanLine("l", "p", "i", "FY20288", amount_cents=5, fiscal_year=20288),)},
        "TL-PLAN-011",
    ),
    "a fund for no site": ({"funds": (Fund("f", "general", "F", sites=("moon",)),)}, "TL-FUND-025"),
    "a site no record has": (
        {"contracts": (Contract("c", "C", category="D2.2", annual_cents=5, site="moon"),)},
        "TL-DATA-019",
    ),
    "a fund in debt": (
        {"funds": (Fund("f", "general", "F"),), "appropriations": (Appropriation("a", "f", 2028, -5),)},
        "TL-FUND-029",
    ),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_makes_no_sense_is_a_finding_and_never_a_crash(name: str) -> None:
    changes, code = WRONG[name]
    result = sound(result_of(replace(EMPTY, **changes)))  # type: ignore[arg-type]
    assert code in {item.code for item in result.findings}
    assert len(result.horizon) == 5
    noisy = [Devices("student-chromebook", "moon", 3, 2020), Devices("no-such-class", "a", 2)]
    sound(result_of(replace(PLAN, **changes), [*DEVICES, *noisy]))  # type: ignore[arg-type]


def test_the_order_in_which_records_come_changes_nothing() -> None:
    plan = PLAN
    backwards = EMPTY
    for noun in ("sites", "enrollment", "staffing", "funds", "appropriations", "contracts", "standards"):
        for record in reversed(getattr(plan, noun)):
            backwards = with_records(backwards, noun, {record.id: record})
    backwards = replace(backwards, district=plan.district)
    first, second = result_of(plan, DEVICES), result_of(backwards, tuple(reversed(DEVICES)))
    assert first.digest == second.digest
    assert list(first.ledger.lines()) == list(second.ledger.lines())
    assert first.findings == second.findings
    assert list(split_lines(first.ledger, first.allocation)) == list(split_lines(second.ledger, second.allocation))


def test_devices_of_no_stated_role_are_not_renewed_beside_the_standard_that_buys_them() -> None:
    need = replace(FOUR, unit_price_cents=400_00)
    plan = replace(PLAN, standards=(need,))
    result = result_of(plan, [Devices("student-chromebook", "a", 300, 2026, role="")])
    assert {row.policy.id: row.devices for row in result.fleet.rows} == {"s": 300}
    both = replace(plan, standards=(need, Standard("t", "student-chromebook", "*")))
    named = result_of(both, [Devices("student-chromebook", "a", 300, 2026, role="")])
    assert "TL-DEV-019" in {item.code for item in named.findings}


def test_an_own_price_is_costed_in_every_class() -> None:
    for name in result_of(EMPTY).rules.book.asset_classes:
        standard = Standard("s", name, unit_price_cents=100_00, price_note="quote")
        result = result_of(replace(EMPTY, standards=(standard,)), [Devices(name, "a", 1, 2000, role="")])
        bought = result.ledger.by("subject", where={"recurrence": "one_time", "fiscal_year": "FY2028"})
        assert bought[("s",)] >= 103_00, name


def test_values_from_several_dates_hold_from_their_dates() -> None:
    rows = (
        Assumption("1", "growth/labor", "0.01", effective_from="2020-01-01"),
        Assumption("2", "growth/labor", "0.02", effective_from="2026-01-01"),
        Assumption("3", "growth/labor", "0.09", effective_from="2030-01-01"),
    )
    for shuffled in (rows, tuple(replace(row, id=str(9 - int(row.id))) for row in reversed(rows))):
        ordered = tuple(sorted(shuffled, key=lambda row: row.id))
        assert result_of(replace(EMPTY, assumptions=ordered)).rules.number("growth/labor") == Decimal("0.02")
    assert result_of(EMPTY, as_of=date(2026, 11, 22)).rules.number("growth/labor") == Decimal("0.03")
