from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.engine.finance.debt import level_schedule
from throughline.engine.finance.depreciation import straight_line
from throughline.engine.finance.economic_life import cost_by_years_kept
from throughline.engine.finance.equivalent import annualized, equivalent_annual_cost
from throughline.engine.finance.present_value import levelized, present_value
from throughline.engine.finance.rates import capital_recovery, growth_factor, interpolated, sinking_fund
from throughline.engine.finance.replacement import cheapest_chain, marginal_costs, years_to_keep
from throughline.engine.finance.subscription import balances, liability

rates = st.decimals(0, "0.25", places=4)
cents = st.integers(0, 10**10)
lives = st.integers(1, 30)


@given(cents, lives, rates)
def test_yearly_amounts_are_worth_what_was_spread(amount: int, life: int, rate: Decimal) -> None:
    each = annualized(amount, life, rate)
    back = sum(each / growth_factor(rate, year) for year in range(1, life + 1))
    assert abs(back - amount) < Decimal("0.0001")


@given(cents, lives)
def test_without_interest_a_cost_is_divided_by_its_years(amount: int, life: int) -> None:
    assert annualized(amount, life, Decimal(0)) * life == pytest.approx(Decimal(amount), abs=Decimal("1e-9"))


@given(st.integers(1, 10**10), rates, lives)
def test_a_debt_is_repaid_to_the_cent(principal: int, rate: Decimal, years: int) -> None:
    rows = level_schedule(principal, rate, years)
    assert sum(row.principal_cents for row in rows) == principal
    assert rows[-1].left_cents == 0
    assert all(row.principal_cents >= 0 and row.interest_cents >= 0 for row in rows)


@given(st.lists(st.integers(1, 10**8), min_size=1, max_size=8), rates, st.booleans())
def test_a_subscription_liability_never_exceeds_its_payments_and_ends_at_nothing(
    payments: list[int], rate: Decimal, advance: bool
) -> None:
    assert liability(payments, rate, in_advance=advance) <= sum(payments)
    assert balances(payments, rate, in_advance=advance)[-1] == 0


@given(cents, lives)
def test_depreciation_adds_up_to_the_cost(cost: int, life: int) -> None:
    by_year = straight_line(cost, cost // 7, life)
    assert sum(by_year) == cost - cost // 7
    assert max(by_year) - min(by_year) <= 1


def test_a_rate_between_published_terms_is_interpolated_and_beyond_them_the_nearest() -> None:
    published = {3: Decimal("0.020"), 5: Decimal("0.024"), 30: Decimal("0.04")}
    assert [interpolated(published, years) for years in (4, 3, 1, 40)] == [
        Decimal("0.022"), Decimal("0.020"), Decimal("0.020"), Decimal("0.04"),
    ]  # fmt: skip


def test_a_present_amount_comes_back_as_recovery_less_sinking_fund() -> None:
    assert capital_recovery(Decimal("0.07"), 6) - sinking_fund(Decimal("0.07"), 6) == Decimal("0.07")


@given(
    st.integers(1, 500),
    st.lists(st.tuples(st.integers(0, 99), st.integers(0, 99)), min_size=1, max_size=3),
    st.integers(1, 6),
)
def test_no_other_chain_of_purchases_is_cheaper(price: int, years_of: list[tuple[int, int]], years: int) -> None:
    upkeep, trade_in = [u for u, _ in years_of], [t for _, t in years_of]
    best, chain = cheapest_chain(price, upkeep, trade_in, years)
    kept = range(1, len(upkeep) + 1)
    tries = [c for n in range(1, years + 1) for c in product(kept, repeat=n) if sum(c) == years]
    assert best == min(sum(price + sum(upkeep[:k]) - trade_in[k - 1] for k in c) for c in tries)
    assert sum(chain) == years


@given(st.integers(0, 10**6), st.lists(st.tuples(cents, cents), min_size=1, max_size=6), rates)
def test_marginal_costs_are_worth_the_cost_of_keeping(worth: int, rows: list[tuple[int, int]], rate: Decimal) -> None:
    values, costs = [v for v, _ in rows], [c for _, c in rows]
    steps = marginal_costs(worth, values, costs, rate)
    kept = cost_by_years_kept(worth, values, costs, rate)[-1]
    spread = sum(step / growth_factor(rate, k) for k, step in enumerate(steps, 1)) * capital_recovery(rate, len(rows))
    assert abs(kept - spread) < Decimal("0.0001")


def test_falling_marginal_costs_refuse_the_rule() -> None:
    with pytest.raises(ValueError, match="fall"):
        years_to_keep([7000, 6000], 6500)


@pytest.mark.parametrize("call", [
    lambda: capital_recovery(Decimal("0.03"), 0),
    lambda: equivalent_annual_cost([100], Decimal("0.03")),
    lambda: straight_line(100, 101, 3),
    lambda: straight_line(100, 0, 0),
    lambda: levelized([100], [0], Decimal(0)),
    lambda: present_value([1, 2], Decimal(-1)),
    lambda: interpolated({}, 3),
    lambda: cost_by_years_kept(1, [1], [1, 2], Decimal(0)),
])  # fmt: skip
def test_what_cannot_be_computed_is_refused(call: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        call()  # type: ignore[operator]
