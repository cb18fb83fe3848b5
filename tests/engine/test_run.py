"""The run: a small district by hand, every line re-executed, demand explained, scenarios, horizon."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.engine.builders import Devices, result_of
from throughline.engine.ledger.trace import Fact, evaluate, leaves
from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.decisions import DeviceDecision
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import EnrollmentCount, StaffCount
from throughline.engine.plan.funds import Appropriation, Fund
from throughline.engine.plan.goals import Goal, Initiative
from throughline.engine.plan.overlay import Override, OverrideError, Scenario
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.planlines import PlanLine
from throughline.engine.plan.sites import Site
from throughline.engine.plan.standards import Driver, Standard
from throughline.engine.refs import PackRef
from throughline.engine.run import PlanResult

GRADES = {"a": ("K", "1", "2"), "b": ("3", "4")}
SITES = (Site("a", "Adams", "elementary", GRADES["a"]), Site("b", "Baker", "middle", GRADES["b"]))
PUPILS = tuple(
    sorted(
        (
            EnrollmentCount(f"{fall}-{site}-{grade}", fall, site, grade, Decimal(100 + 3 * (fall - 2020) + len(grade)))
            for fall in range(2020, 2027)
            for site, grades in GRADES.items()
            for grade in grades
        ),
        key=lambda row: row.id,
    )
)
DEVICES = (
    Devices("student-chromebook", "a", 200, 2025, 2028 * 12 + 5),
    Devices("student-chromebook", "b", 260, 2022, 2027 * 12 + 5),
    Devices("student-chromebook", "b", 40, 2026, 2033 * 12 + 5, on_order=40),
    Devices("staff-laptop", "a", 30, 2021, role="staff"),
    Devices("access-point", "b", 20, 2020, role="", condition="poor"),
    Devices("interactive-panel", "a", 12, 0, role=""),
)
PLAN = Plan(
    District("d", "Test", "OH"),
    sites=SITES,
    enrollment=PUPILS,
    staffing=(
        StaffCount("t-a", "a", "teacher", Decimal("14.5")),
        StaffCount("tech", "DISTRICT", "technician", Decimal(2), 8_000_000, "D4.1"),
    ),
    funds=(Fund("gf", "general", "General fund"),),
    appropriations=tuple(Appropriation(f"gf-{y}", "gf", y, 30_000_000) for y in range(2028, 2033)),
    contracts=(
        Contract("filter", "Web filter", "V", "D2.4", "student", 600, date(2025, 7, 1), date(2027, 6, 30)),
        Contract("wan", "WAN", "V", "D3.1", "flat", 4_800_000, date(2026, 1, 1), date(2028, 12, 31), renews=False),
    ),
    standards=(
        Standard("chromebooks", "student-chromebook", "student", Driver.NEED, grades=("K", "1", "2", "3", "4")),
        Standard(
            "teacher-laptops",
            "staff-laptop",
            "staff",
            Driver.NEED,
            per="staff",
            staff_roles=("teacher",),
            unit_price_cents=90_000,
            price_note="quote 7",
        ),
    ),
)


@pytest.fixture(scope="module")
def result() -> PlanResult:
    return result_of(PLAN, DEVICES)


def test_every_line_is_computed_again_by_its_own_explanation(result: PlanResult) -> None:
    lines = list(result.ledger.lines())
    assert len(lines) > 60
    for line in lines:
        assert evaluate(result.ledger.explain(line.id)) == line.cents, line.id


def test_line_ids_name_one_line_each(result: PlanResult) -> None:
    ids = [line.id for line in result.ledger.lines()]
    assert len(ids) == len(set(ids))


def test_views_add_up_to_the_lines(result: PlanResult) -> None:
    cents = sum(line.cents for line in result.ledger.lines())
    assert sum(result.ledger.by("site", "category", "fiscal_year").values()) == cents == result.ledger.total()


def test_every_budget_cent_is_paid_or_unfunded(result: PlanResult) -> None:
    by_year = result.ledger.by("fiscal_year", where={"cost_type": "direct"})
    paid: dict[int, int] = {}
    for years in result.allocation.by_fund_year().values():
        for year, cents in years.items():
            paid[year] = paid.get(year, 0) + cents
    assert {(f"FY{year}",): cents for year, cents in paid.items()} == by_year


def test_devices_to_buy_are_explained_down_to_reported_pupils(result: PlanResult) -> None:
    line = next(
        x for x in result.ledger.lines({"subject": "chromebooks"}) if "/new|" in x.id and "hardware.device" in x.id
    )
    names = {leaf.name for leaf in leaves(result.ledger.explain(line.id))}
    assert any(name.startswith("pupils in grade") for name in names)
    assert "spares" in names
    assert "devices for each" in names


def test_open_orders_and_usable_devices_are_not_bought_again(result: PlanResult) -> None:
    (row,) = [r for r in result.fleet.rows if r.policy.id == "chromebooks"]
    assert row.new is not None
    first = result.horizon.first.end_year
    need = sum(count for (_, year), count in row.new.need.items() if year == first)
    # 260 units leave in FY2028 (support ends June 2027); 200 serve one year more; 40 are on order
    assert int(row.bought[:, 0].sum()) == need - 200 - 40


def test_a_device_without_any_known_clock_costs_nothing_and_is_named(result: PlanResult) -> None:
    assert not result.ledger.by("fiscal_year", where={"asset_class": "interactive-panel", "recurrence": "one_time"})
    (finding,) = [f for f in result.findings if f.code == "TL-DEV-012"]
    assert finding.arguments["units"] == 12
    assert finding.cents == 12 * result.prices["default-interactive-panel"][0]


def test_poor_condition_drives_replacement_in_the_first_year(result: PlanResult) -> None:
    (row,) = [r for r in result.fleet.rows if r.policy.asset_class.id == "access-point"]
    assert row.replaced[:, 0].sum() == 20
    assert row.by_clock[1, 0] + row.by_clock[2, 0] == 20


def test_a_contract_that_does_not_renew_stops_in_its_last_month(result: PlanResult) -> None:
    cents = result.ledger.by("fiscal_year", where={"subject": "wan"})
    assert cents == {("FY2028",): 4_800_000, ("FY2029",): 2_400_000}


def test_a_price_without_source_is_never_invented() -> None:
    result = result_of(Plan(District("d", "T")), [Devices("server", "x", 5, 2020, role="")])
    assert result.ledger.by("category", where={"subject": "default-server", "category": "D1.3"}) == {}
    assert any(f.code == "TL-DEV-014" and f.cents is None for f in result.findings)


def test_a_scenario_changes_the_run_and_leaves_the_plan_alone(result: PlanResult) -> None:
    longer = Scenario("longer", (Override("rules/repair/mean-cost", "15000"), Override("funds/gf/name", "GF")))
    changed = result_of(PLAN, DEVICES, scenario=longer)
    repair = {"category": "D5.2"}
    assert changed.ledger.total(repair) > result.ledger.total(repair)
    assert changed.plan.sites is PLAN.sites
    assert changed.digest != result.digest
    assert result_of(PLAN, DEVICES).digest == result.digest


@pytest.mark.parametrize("path", ["funds/nope/name", "castles/x/y", "funds/gf/colour", "funds/gf/priority"])
def test_an_override_that_fits_nothing_is_refused(path: str) -> None:
    with pytest.raises(OverrideError):
        result_of(PLAN, (), scenario=Scenario("x", (Override(path, "blue"),)))


def test_the_horizon_widens_to_every_fiscal_year_a_plan_table_names() -> None:
    line = PlanLine("l", "doc", "Switches", "FY2036", amount_cents=100_00, fiscal_year=2036, category="D3.2")
    result = result_of(replace(PLAN, plan_lines=(line,)))
    assert result.horizon.labels[-1] == "FY2036"
    assert result.ledger.by("fiscal_year", where={"category": "D3.2", "cost_type": "direct"})[("FY2036",)] == 100_00


def test_a_price_of_the_districts_own_carries_its_quote(result: PlanResult) -> None:
    line = next(x for x in result.ledger.lines({"subject": "teacher-laptops"}) if "hardware.device" in x.id)
    quotes = [
        leaf
        for leaf in leaves(result.ledger.explain(line.id))
        if isinstance(leaf.source, PackRef) and leaf.value == 90_000
    ]
    assert quotes
    assert isinstance(quotes[0], Fact)
    assert "quote 7" in str(quotes[0].source)


def test_a_growing_fleet_adds_whole_devices_and_renews_them() -> None:
    growing = Standard("laptops", "staff-laptop", "*", Driver.CLOCK, life_years=3, growth_with_enrollment=True)
    result = result_of(
        replace(PLAN, standards=(growing,)),
        [Devices("staff-laptop", "a", 100, 2027), Devices("staff-laptop", "b", 50, 2027)],
    )
    (row,) = [r for r in result.fleet.rows if r.policy.id == "laptops"]
    assert row.new is not None
    pupils = [
        sum((result.pupils.district(y) or {}).values()) for y in (result.horizon.first.plus(-1), *result.horizon.years)
    ]
    most = 150
    for year, count in enumerate(pupils[1:]):
        target = max(most, int((150 * count / pupils[0] + Decimal("0.5")) // 1))
        assert int(row.bought[:, year].sum()) == target - most
        most = target
    assert most > 150
    assert int(row.in_service[:, -1].sum()) == most
    for line in result.ledger.lines({"subject": "laptops"}):
        assert evaluate(result.ledger.explain(line.id)) == line.cents


def test_a_doubtful_count_is_named() -> None:
    broken = tuple(replace(row, pupils=Decimal(20)) if row.id == "2023-a-K" else row for row in PUPILS)
    codes = {f.code: f.arguments for f in result_of(replace(PLAN, enrollment=broken), DEVICES).findings}
    assert codes["TL-ENR-001"]["grade"] == "K"
    assert codes["TL-ENR-001"]["pupils"] == 20


def test_rules_read_too_long_ago_are_named() -> None:
    late = result_of(PLAN, DEVICES, as_of=date(2030, 1, 1))
    assert any(f.code == "TL-RULE-012" and int(f.arguments["count"]) > 10 for f in late.findings)


def test_a_decision_moves_part_of_a_count_to_another_year() -> None:
    desktops = [Devices("desktop", "a", 100, 2022, role=""), Devices("desktop", "b", 60, 2022, role="")]
    standard = Standard("desktops", "desktop", life_years=6, unit_price_cents=60_000)
    base = Plan(District("d", "T"), standards=(standard,))
    later = DeviceDecision("1", "desktop", 2030, 40, site="a", due_in=2028)
    keep = DeviceDecision("2", "desktop", 0, site="b")
    before, after = result_of(base, desktops), result_of(replace(base, decisions=(later, keep)), desktops)
    units = [r.fleet.rows[0].replaced.sum(axis=0).tolist() for r in (before, after)]
    assert units == [[160, 0, 0, 0, 0], [60, 0, 40, 0, 0]]
    for line in after.ledger.lines():
        assert evaluate(after.ledger.explain(line.id)) == line.cents
    too_many = replace(base, decisions=(replace(later, count=150),))
    (unmet,) = [f for f in result_of(too_many, desktops).findings if f.code == "TL-DEV-030"]
    assert unmet.arguments["missing"] == 50


def test_a_table_of_years_gone_by_adds_nothing_to_them_but_what_it_prints() -> None:
    line = PlanLine("l", "doc", "Switches", "FY2012", amount_cents=100_00, fiscal_year=2012, category="D3.2")
    carried = Appropriation("old", "gf", 2027, 5_000_00, "opening_balance")
    funded = tuple(sorted((*PLAN.appropriations, carried), key=lambda row: row.id))
    plan = replace(PLAN, appropriations=funded)
    before, after = result_of(plan, DEVICES), result_of(replace(plan, plan_lines=(line,)), DEVICES)
    assert (after.horizon.labels[0], after.horizon.labels[-1]) == ("FY2012", "FY2032")
    wanted = before.ledger.by("fiscal_year", "subject", "category")
    found = after.ledger.by("fiscal_year", "subject", "category")
    assert found == {("FY2012", "doc/Switches", "D3.2"): 100_00, **wanted}
    paid = {fund: dict(years) for fund, years in after.allocation.by_fund_year().items()}
    assert paid.pop("UNFUNDED").pop(2012) == 100_00
    assert paid == {fund: years for fund, years in before.allocation.by_fund_year().items() if fund != "UNFUNDED"}
    for line_ in after.ledger.lines():
        assert evaluate(after.ledger.explain(line_.id)) == line_.cents
    units = [sum(int(row.bought.sum() + row.replaced.sum()) for row in r.fleet.rows) for r in (before, after)]
    assert units[0] == units[1] > 0
    assert all(row.in_service.shape[1] == len(after.horizon) for row in after.fleet.rows)
    assert [f.code for f in after.findings if f.subject == "plan_lines"] == ["TL-FUND-028"]
    assert {f.code for f in after.findings if f.subject.startswith("years/")} <= {"TL-FUND-012"}
    assert not any("FY2012" in f.subject for f in after.findings)


def test_a_plan_without_any_fund_says_so_once() -> None:
    bare = result_of(replace(PLAN, funds=(), appropriations=()), DEVICES)
    found = [(f.code, f.cents) for f in bare.findings if f.code in ("TL-FUND-012", "TL-FUND-035")]
    assert found == [("TL-FUND-035", bare.ledger.total({"cost_type": "direct"}))]


def test_cost_of_an_initiative_serves_its_goal() -> None:
    plan = replace(
        PLAN,
        goals=(Goal("g", "Every pupil connected"), Goal("h", "Other")),
        initiatives=(Initiative("i", "Wi-Fi", "g"),),
        contracts=tuple(replace(c, initiative="i", goal="h" if c.id == "wan" else "") for c in PLAN.contracts),
        standards=tuple(replace(s, initiative="i") for s in PLAN.standards),
    )
    found = {goal for goal, subject in result_of(plan, DEVICES).ledger.by("goal", "subject") if subject != "wan"}
    assert "g" in found
    assert "h" not in found
    assert result_of(plan, DEVICES).ledger.by("goal", where={"subject": "wan"}).keys() == {("h",)}
