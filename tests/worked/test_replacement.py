from decimal import Decimal

import pytest

from tests.worked.page import Row, cents, listed, number, tables
from throughline.engine.finance.economic_life import cost_by_years_kept, economic_life
from throughline.engine.finance.equivalent import equivalent_annual_cost
from throughline.engine.finance.present_value import present_value
from throughline.engine.finance.rates import capital_recovery

PAGE = tables("replacement.md")
TABLES_OF_FOUR_DIGITS = Decimal("0.0001")
KEPT = PAGE["Cost by years kept"]
WHOLE = PAGE["Cost by years kept, printed in whole dollars"]


def printed(row: Row) -> list[int | None]:
    parts = row["cost a year by years kept"].split(";")
    return [cents(part) if part.strip() else None for part in parts]


def by_years(row: Row) -> tuple[Decimal, ...]:
    price = cents(row.get("price") or row["worth today"])
    return cost_by_years_kept(price, listed(row["value at year end"]), listed(row["cost of year"]), number(row["rate"]))


@pytest.mark.parametrize("row", KEPT, ids=lambda r: r["case"])
def test_cost_a_year_agrees_with_the_printed_tables_within_their_digits(row: Row) -> None:
    for found, stated in zip(by_years(row), printed(row), strict=True):
        if stated is not None:
            assert abs(found - stated) <= stated * TABLES_OF_FOUR_DIGITS


@pytest.mark.parametrize("row", WHOLE, ids=lambda r: r["case"])
def test_cost_a_year_rounds_to_the_printed_dollars(row: Row) -> None:
    dollars = [int((found / 100).to_integral_value()) * 100 for found in by_years(row)]
    assert dollars == printed(row)


@pytest.mark.parametrize("row", [*KEPT, *WHOLE], ids=lambda r: r["case"])
def test_the_economic_life_is_the_printed_one(row: Row) -> None:
    values, costs = listed(row["value at year end"]), listed(row["cost of year"])
    assert economic_life(cents(row["price"]), values, costs, number(row["rate"])) == int(row["best"])


def test_the_owned_generator_is_kept_because_it_costs_less_at_its_best() -> None:
    assert min(by_years(WHOLE[0])) < min(by_years(KEPT[0]))


@pytest.mark.parametrize("row", PAGE["Keep or replace"], ids=lambda r: r["rate"])
def test_keep_or_replace_is_exact_to_the_cent_and_keeps_the_printed_years(row: Row) -> None:
    rate = number(row["rate"])
    assert [round(cost) for cost in by_years(row)] == printed(row)
    new = [cents(row["new price"]), *[cents(row["new cost of year"])] * int(row["new life"])]
    new[-1] -= cents(row["new value"])
    per_year = equivalent_annual_cost(new, rate)
    assert round(per_year) == cents(row["new cost a year"])
    kept = [cost for cost in by_years(row) if cost <= per_year]  # by years of keeping, rising
    assert len(kept) == int(row["keep"])


@pytest.mark.parametrize("row", PAGE["A study period of eight years"], ids=lambda r: r["rate"])
def test_a_study_period_charges_the_whole_present_value_to_its_years(row: Row) -> None:
    rate, years = number(row["rate"]), int(row["study"])
    old = [cents(row["worth today"]), *[cents(row["cost of year"])] * years]
    old[-1] -= cents(row["value"])
    new = [cents(row["new price"]), *[cents(row["new cost of year"])] * int(row["new life"])]
    new[-1] -= cents(row["new value"])
    keep, worth = equivalent_annual_cost(old, rate), present_value(new, rate)
    replace = worth * capital_recovery(rate, years)
    for found, name in ((keep, "cost a year"), (replace, "new cost a year")):
        assert abs(found - cents(row[name])) <= 50  # printed in whole dollars
    assert abs(worth - cents(row["new present value"])) <= 100  # the print cuts the cents off
    assert replace < keep
