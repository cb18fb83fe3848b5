"""Leases, depreciation and present value of a plan: read from contracts and cost lines, never beside the cash."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.engine.builders import AS_OF, BOOK, Devices, result_of
from throughline.engine.ledger.trace import evaluate
from throughline.engine.money import round_half_up
from throughline.engine.plan.assumptions import Assumption
from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.district import District
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.standards import Standard
from throughline.engine.rulebook.district import district_rows
from throughline.engine.views.depreciation import depreciation_table
from throughline.engine.views.discounting import rate_notes, rate_value
from throughline.engine.views.leases import lease_schedules, lease_test_view
from throughline.engine.views.present_value import present_value_view

SUITE = Contract(
    "suite", "Suite", category="D2.2", annual_cents=40_000_00, start=date(2027, 7, 1), end=date(2030, 6, 30),
    conveys="software", vendor_rate=Decimal("0.04"), renews=False,
)  # fmt: skip
RULES = BOOK.at(AS_OF)


def plan(*contracts: Contract, **values: str) -> Plan:
    told = tuple(
        Assumption(path, path.replace("__", "/").replace("_", "-"), text) for path, text in sorted(values.items())
    )
    return Plan(District("x", "X"), contracts=contracts, assumptions=told)


def kind_of(contract: Contract) -> tuple[object, object]:
    made = lease_test_view(plan(contract), RULES)
    assert made is not None
    return made.table.column("kind")[0], made.table.column("reason")[0]


@pytest.mark.parametrize(("due", "cents"), [("", 115_443_79), ("arrears", 111_003_64)])
def test_the_liability_of_a_contract_is_the_golden_one_and_its_explanation_gives_it(due: str, cents: int) -> None:
    made = lease_test_view(plan(replace(SUITE, due=due)), RULES)
    assert made is not None
    assert made.table.column("liability") == (cents,)
    assert evaluate(made.traces["suite|liability"]) == cents


def test_the_first_year_shows_outlay_and_source_and_the_later_ones_principal_and_interest() -> None:
    table = lease_schedules(plan(SUITE), RULES)
    assert table is not None
    rows = {
        row.values[1]: dict(zip((c.key for c in table.columns), row.values, strict=True))
        for row in table.rows
        if row.kind == "body"
    }
    first, last = rows["FY2028"], rows["FY2030"]
    assert (first["outlay"], first["other_source"], first["principal"], first["interest"]) == (
        115_443_79,
        115_443_79,
        40_000_00,
        0,
    )
    assert (last["outlay"], last["other_source"], last["owed"], last["asset"]) == (0, 0, 0, 0)
    assert sum(int(str(r["principal"])) + int(str(r["interest"])) for r in rows.values()) == 120_000_00


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"end": date(2028, 6, 30)}, "expense"),
        ({"end": date(2028, 7, 1)}, "subscription (GASB 96)"),
        ({"end": date(2028, 6, 30), "option_months": 1}, "subscription (GASB 96)"),
        ({"end": date(2028, 6, 30), "option_months": 12, "cancellable_months": 12}, "expense"),
        ({"conveys": "equipment"}, "lease (GASB 87)"),
        ({"conveys": "perpetual_licence"}, "intangible asset (GASB 51)"),
        ({"conveys": "support"}, "expense"),
        ({"basis": "student"}, "expense"),
        ({"start": None}, "not decided"),
    ],
)
def test_what_a_contract_is_follows_its_terms(changes: dict[str, object], kind: str) -> None:
    assert kind_of(replace(SUITE, **changes))[0] == kind  # type: ignore[arg-type]


@pytest.mark.parametrize(("yearly", "kind"), [(1_732_40, "expense"), (1_732_50, "subscription (GASB 96)")])
def test_the_threshold_is_met_by_the_liability_and_not_by_the_payments(yearly: int, kind: str) -> None:
    assert kind_of(replace(SUITE, annual_cents=yearly))[0] == kind  # 2.8861 times it is 4,999.87 and 5,000.16


def test_statements_change_no_cash() -> None:
    plain, entered = (
        result_of(plan(c))
        for c in (
            Contract(
                "suite",
                "Suite",
                category="D2.2",
                annual_cents=40_000_00,
                start=SUITE.start,
                end=SUITE.end,
                renews=False,
            ),
            SUITE,
        )
    )
    assert plain.ledger.total() == entered.ledger.total()


def test_an_even_plan_is_worth_its_payments_discounted_and_costs_the_same_each_year() -> None:
    contract = Contract(
        "c", "C", category="D5.1", annual_cents=100_000_00, escalator=Decimal(0), renews=True, start=date(2020, 7, 1)
    )
    result = result_of(plan(contract, contingency__share="0"))
    made = present_value_view(result.ledger, result.horizon, result.rules, lambda _year: None)
    assert made is not None
    worth = sum(round_half_up(Decimal(100_000_00) / Decimal("1.035") ** t) for t in range(1, 6))
    assert round_half_up(evaluate(made.traces["npv|present"])) == worth
    assert round_half_up(evaluate(made.traces["equal|present"])) == 100_000_00
    assert "default, please replace" in made.table.notes[0]


@pytest.mark.parametrize(
    ("years", "rate"), [(3, "0.03"), (4, "0.035"), (5, "0.04"), (2, "0.03"), (40, "0.05"), (10, "0.042")]
)
def test_a_rate_between_terms_is_linear_and_the_nearest_beyond(years: int, rate: str) -> None:
    told = plan(capital__discount_rates_by_term="3=0.03; 5=4%; 30=0.05")
    rules = district_rows(BOOK, told, {}, AS_OF).at(AS_OF)
    assert rate_value(rules, years) == Decimal(rate)


def test_rates_that_cannot_be_read_are_said_and_the_one_rate_counts() -> None:
    rules = district_rows(BOOK, plan(capital__discount_rates_by_term="three"), {}, AS_OF).at(AS_OF)
    assert rate_value(rules, 4) == Decimal("0.035")
    assert "cannot be read" in rate_notes(rules)[0]


@pytest.mark.parametrize(("aggregate", "found"), [("0", False), ("980000", True), ("980001", False)])
def test_small_units_are_depreciated_only_when_a_years_purchase_reaches_the_aggregate(
    aggregate: str, found: bool
) -> None:
    standard = Standard("d", "desktop", life_years=5, unit_price_cents=95_000, price_note="quote")
    prices = {"growth__hardware": "0", "growth__services": "0"}  # 950 with set-up of 30, ten times
    told = replace(plan(capital__aggregate_threshold=aggregate, **prices), standards=(standard,))
    result = result_of(told, [Devices("desktop", "a", 10, 2023, role="")])
    assert (depreciation_table(result.ledger, result.horizon, result.rules) is not None) is found


def test_the_threshold_decides_unit_by_unit_and_the_table_adds_up() -> None:
    def bought(cents: int) -> object:
        standard = Standard("s", "server", life_years=5, unit_price_cents=cents, price_note="quote")
        result = result_of(
            replace(plan(growth__hardware="0", growth__services="0"), standards=(standard,)),
            [Devices("server", "a", 2, 2023, role="")],
        )
        return depreciation_table(result.ledger, result.horizon, result.rules)

    assert bought(4_499_99) is None  # set-up of 500 belongs to the unit
    table = bought(4_500_00)
    assert table is not None
    total = table.rows[-1].values  # type: ignore[attr-defined]
    assert total[2] == 10_000_00
    assert total[2] == sum(total[3:])
