import pytest

from tests.worked.page import Row, cents, listed, number, tables
from throughline.engine.finance.depreciation import Convention, depreciated
from throughline.engine.finance.equivalent import equivalent_annual_cost
from throughline.engine.finance.lease import liability, schedule, yearly_dues
from throughline.engine.finance.present_value import present_value
from throughline.engine.finance.rates import capital_recovery
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
    spread = cents(row["cost"]) * capital_recovery(number(row["rate"]), int(row["life"]))
    assert round_half_up(spread) == cents(row["cost a year"])


@pytest.mark.parametrize("row", PAGE["Subscription liability"], ids=lambda r: r["paid"])
def test_a_subscription_liability_is_the_printed_one_and_ends_at_nothing(row: Row) -> None:
    payments, rate, advance = listed(row["payments"]), number(row["rate"]), row["paid"] == "in advance"
    dues = yearly_dues(12 * len(payments), payments, in_advance=advance)
    assert liability(dues, rate) == cents(row["liability"])
    assert [part.left_cents for part in schedule(dues, rate)] == listed(row["owed after each payment"])


@pytest.mark.parametrize("row", PAGE["Straight line"], ids=lambda r: r["cost"])
def test_straight_line_depreciation_is_the_printed_one(row: Row) -> None:
    found = depreciated(cents(row["cost"]), cents(row["salvage"]), int(row["life"]), Convention.FULL_YEAR)
    assert list(found) == listed(row["by year"])


@pytest.mark.parametrize("row", PAGE["Cost per pupil and year"], ids=lambda r: r["rate"])
def test_the_levelized_cost_per_pupil_is_the_printed_one(row: Row) -> None:
    pupils = [int(part) for part in row["pupils by year"].split(";")]
    rate = number(row["rate"])
    found = present_value(listed(row["costs by year"]), rate) / present_value(pupils, rate)
    assert round_half_up(found) == cents(row["per pupil and year"])
