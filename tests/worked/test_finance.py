import pytest

from tests.worked.page import Row, cents, listed, number, tables
from throughline.engine.finance.debt import level_payment, level_schedule
from throughline.engine.finance.depreciation import straight_line
from throughline.engine.finance.equivalent import annualized, equivalent_annual_cost
from throughline.engine.finance.present_value import levelized, present_value
from throughline.engine.finance.rates import real_rate
from throughline.engine.finance.subscription import balances, liability
from throughline.engine.money import round_half_up

PAGE = tables("finance.md")


@pytest.mark.parametrize("row", PAGE["Two devices of different life"], ids=lambda r: f"{r['device']} at {r['rate']}")
def test_present_value_and_cost_a_year_of_a_device_are_the_printed_ones(row: Row) -> None:
    flows, rate = listed(row["amounts by year"]), number(row["rate"])
    assert round_half_up(present_value(flows, rate)) == cents(row["present value"])
    assert round_half_up(equivalent_annual_cost(flows, rate)) == cents(row["cost a year"])


def test_the_device_with_the_lower_cost_a_year_is_the_cheaper_choice() -> None:
    a, _, b = (
        equivalent_annual_cost(listed(r["amounts by year"]), number(r["rate"]))
        for r in PAGE["Two devices of different life"]
    )
    assert a < b


@pytest.mark.parametrize("row", PAGE["One-time cost spread over its life"], ids=lambda r: r["what"])
def test_a_one_time_cost_spreads_to_the_printed_amount(row: Row) -> None:
    spread = annualized(cents(row["cost"]), int(row["life"]), number(row["rate"]))
    assert round_half_up(spread) == cents(row["cost a year"])


def test_level_debt_is_paid_as_printed() -> None:
    rows = PAGE["Level debt"]
    schedule = level_schedule(50_000_000, number("4 %"), len(rows))
    assert [(p.interest_cents, p.principal_cents, p.cents, p.left_cents) for p in schedule] == [
        tuple(cents(row[name]) for name in ("interest", "principal", "paid", "left")) for row in rows
    ]
    assert level_payment(50_000_000, number("4 %"), 5) == cents(rows[0]["paid"])


@pytest.mark.parametrize("row", PAGE["Subscription liability"], ids=lambda r: r["paid"])
def test_a_subscription_liability_is_the_printed_one_and_ends_at_nothing(row: Row) -> None:
    payments, rate, advance = listed(row["payments"]), number(row["rate"]), row["paid"] == "in advance"
    assert liability(payments, rate, in_advance=advance) == cents(row["liability"])
    assert list(balances(payments, rate, in_advance=advance)) == listed(row["owed after each payment"])


@pytest.mark.parametrize("row", PAGE["Straight line"], ids=lambda r: r["cost"])
def test_straight_line_depreciation_is_the_printed_one(row: Row) -> None:
    assert list(straight_line(cents(row["cost"]), cents(row["salvage"]), int(row["life"]))) == listed(row["by year"])


@pytest.mark.parametrize("row", PAGE["Real rate"], ids=lambda r: f"{r['nominal']} less {r['inflation']}")
def test_the_real_rate_is_the_printed_one(row: Row) -> None:
    assert str(round(real_rate(number(row["nominal"]), number(row["inflation"])), 6)) == row["real, to six places"]


@pytest.mark.parametrize("row", PAGE["Cost per pupil and year"], ids=lambda r: r["rate"])
def test_the_levelized_cost_per_pupil_is_the_printed_one(row: Row) -> None:
    pupils = [int(part) for part in row["pupils by year"].split(";")]
    found = levelized(listed(row["costs by year"]), pupils, number(row["rate"]))
    assert round_half_up(found) == cents(row["per pupil and year"])
