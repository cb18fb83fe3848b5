from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.engine.demand.purchases import Lot, Order, Redeployment, plan_purchases

YEARS = [2027, 2028, 2029]


def _need(**sites: tuple[int, ...]) -> dict[tuple[str, int], int]:
    return {(site, year): n for site, row in sites.items() for year, n in zip(YEARS, row, strict=False)}


def test_purchases_are_need_less_usable_stock_and_orders() -> None:
    plan = plan_purchases([2027], _need(a=(100,)), [Lot("a", None, 60)], [Order("a", 2027, None, 15)])
    assert plan.bought == {("a", 2027): 25}


def test_an_order_on_its_way_is_not_bought_twice() -> None:
    plan = plan_purchases([2027], _need(a=(100,)), [], [Order("a", 2026, None, 100)])
    assert plan.bought == {}


def test_surplus_of_one_site_meets_the_need_of_another_before_anything_is_bought() -> None:
    plan = plan_purchases([2027], _need(a=(10,), b=(30,)), [Lot("a", None, 25), Lot("b", None, 5)])
    assert plan.redeployments == (Redeployment(2027, "a", "b", 15),)
    assert plan.bought == {("b", 2027): 10}


def test_the_largest_surplus_meets_the_largest_shortage_first_and_names_break_ties() -> None:
    stock = [Lot("c", None, 10), Lot("b", None, 10), Lot("a", None, 4)]
    plan = plan_purchases([2027], _need(x=(12,), y=(3,)), stock)
    assert plan.redeployments == (
        Redeployment(2027, "b", "x", 10),
        Redeployment(2027, "c", "x", 2),
        Redeployment(2027, "c", "y", 3),
    )


def test_devices_without_a_mapped_site_are_used_where_they_are_needed() -> None:
    plan = plan_purchases([2027], _need(a=(5,)), [Lot("UNASSIGNED", None, 5)])
    assert (plan.bought, plan.in_service) == ({}, {("a", 2027): 5})


def test_what_nobody_needs_is_retired_and_not_replaced() -> None:
    plan = plan_purchases(YEARS, _need(a=(50, 50, 50)), [Lot("a", None, 80)])
    assert (plan.surplus, plan.bought) == ({("a", 2027): 30}, {})


def test_surplus_that_a_later_year_needs_is_kept() -> None:
    plan = plan_purchases(YEARS, _need(a=(50, 70, 50)), [Lot("a", None, 80)])
    assert plan.surplus == {("a", 2027): 10, ("a", 2029): 20}
    assert plan.bought == {}


def test_the_devices_that_end_first_are_the_surplus() -> None:
    plan = plan_purchases(YEARS, _need(a=(50, 50, 50)), [Lot("a", 2028, 40), Lot("a", None, 40)])
    assert plan.surplus == {("a", 2027): 30}
    assert plan.ended == {("a", 2028): 10}
    assert plan.bought == {("a", 2028): 10}


def test_devices_that_reach_their_end_are_replaced_only_where_needed() -> None:
    plan = plan_purchases(YEARS, _need(a=(30, 20, 20)), [Lot("a", 2028, 30)])
    assert (plan.ended, plan.bought) == ({("a", 2028): 30}, {("a", 2028): 20})


def test_bought_devices_end_after_their_life_and_are_bought_again() -> None:
    plan = plan_purchases(YEARS, _need(a=(10, 10, 10)), [], life_years=2)
    assert plan.bought == {("a", 2027): 10, ("a", 2029): 10}


def test_a_lot_past_its_end_is_no_stock() -> None:
    plan = plan_purchases([2027], _need(a=(10,)), [Lot("a", 2027, 10)])
    assert (plan.ended, plan.bought) == ({("a", 2027): 10}, {("a", 2027): 10})


@pytest.mark.parametrize(
    ("years", "need", "stock", "life"),
    [
        ([], {}, [], None),
        ([2027, 2029], {}, [], None),
        ([2027], {("a", 2027): -1}, [], None),
        ([2027], {}, [Lot("a", None, -1)], None),
        ([2027], {}, [], 0),
    ],
    ids=["no years", "a gap", "negative need", "negative stock", "no life"],
)
def test_counts_and_years_that_make_no_sense_are_refused(years, need, stock, life) -> None:
    with pytest.raises(ValueError, match=r"consecutive|negative|one year"):
        plan_purchases(years, need, stock, life_years=life)


SITE = st.sampled_from("abcd")
COUNT = st.integers(0, 30)
LEAVES = st.one_of(st.none(), st.integers(2026, 2031))
NEEDS = st.dictionaries(st.tuples(SITE, st.sampled_from(YEARS)), COUNT)
LOTS = st.lists(st.builds(Lot, SITE, LEAVES, COUNT), max_size=6)
ORDERS = st.lists(st.builds(Order, SITE, st.integers(2025, 2031), LEAVES, COUNT), max_size=4)
LIFE = st.one_of(st.none(), st.integers(1, 4))


def _in_horizon(orders: list[Order]) -> int:
    return sum(o.count for o in orders if o.year <= YEARS[-1])


def _sum(book, year: int | None = None) -> int:
    return sum(n for (_, when), n in book.items() if year in (None, when))


@given(NEEDS, LOTS, ORDERS, LIFE)
def test_devices_in_are_devices_out(need, stock, orders, life) -> None:
    plan = plan_purchases(YEARS, need, stock, orders, life)
    put_in = sum(lot.count for lot in stock) + _in_horizon(orders) + _sum(plan.bought)
    assert put_in == _sum(plan.ended) + _sum(plan.surplus) + _sum(plan.in_service, YEARS[-1])


@given(NEEDS, LOTS, ORDERS, LIFE)
def test_every_site_balances_in_every_year(need, stock, orders, life) -> None:
    plan = plan_purchases(YEARS, need, stock, orders, life)
    held = Counter[str]()
    for lot in stock:
        held[lot.site] += lot.count
    for year in YEARS:
        for order in orders:
            if max(order.year, YEARS[0]) == year:
                held[order.site] += order.count
        for move in plan.redeployments:
            if move.year == year:
                held[move.from_site] -= move.count
                held[move.to_site] += move.count
        for site in "abcd":
            held[site] += plan.bought.get((site, year), 0)
            held[site] -= plan.ended.get((site, year), 0) + plan.surplus.get((site, year), 0)
            assert held[site] == plan.in_service.get((site, year), 0)


@given(NEEDS, LOTS, ORDERS, LIFE)
def test_need_is_met_and_purchases_never_exceed_it(need, stock, orders, life) -> None:
    plan = plan_purchases(YEARS, need, stock, orders, life)
    for (site, year), wanted in need.items():
        assert plan.in_service.get((site, year), 0) >= wanted
        assert 0 <= plan.bought.get((site, year), 0) <= wanted
    assert set(plan.bought) <= set(need)


@given(NEEDS, LOTS, ORDERS, LIFE)
def test_the_district_buys_exactly_what_its_devices_leave_short_and_retiring_surplus_adds_nothing(
    need, stock, orders, life
) -> None:
    plan = plan_purchases(YEARS, need, stock, orders, life)
    bought: dict[int, int] = {}
    for year in YEARS:
        usable = sum(lot.count for lot in stock if lot.leaves is None or lot.leaves > year)
        usable += sum(o.count for o in orders if o.year <= year and (o.leaves is None or o.leaves > year))
        usable += sum(n for when, n in bought.items() if life is None or when + life > year)
        bought[year] = max(0, _sum(need, year) - usable)
        assert _sum(plan.bought, year) == bought[year]


@given(NEEDS, LOTS, ORDERS, LIFE)
def test_no_site_gives_and_takes_in_one_year_and_none_buys_while_another_has_too_many(
    need, stock, orders, life
) -> None:
    plan = plan_purchases(YEARS, need, stock, orders, life)
    for year in YEARS:
        givers = {m.from_site for m in plan.redeployments if m.year == year}
        takers = {m.to_site for m in plan.redeployments if m.year == year}
        assert not givers & takers
        assert all(m.count > 0 for m in plan.redeployments)
        if _sum(plan.bought, year):
            assert _sum(plan.surplus, year) == 0
            assert _sum(plan.in_service, year) == _sum(need, year)


@given(NEEDS, LOTS, ORDERS, LIFE, st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(need, stock, orders, life, shuffle) -> None:
    def plan() -> tuple[object, ...]:
        found = plan_purchases(years, dict(cells), lots, due, life)
        return found.bought, found.ended, found.surplus, found.in_service, found.moved, found.retired

    years, cells, lots, due = list(YEARS), list(need.items()), list(stock), list(orders)
    first = plan()
    for items in (years, cells, lots, due):
        shuffle.shuffle(items)
    assert plan() == first
