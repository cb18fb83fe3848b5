from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.engine.finance.depreciation import Convention, depreciated
from throughline.engine.finance.economic_life import cost_by_years_kept
from throughline.engine.finance.equivalent import equivalent_annual_cost
from throughline.engine.finance.present_value import present_value
from throughline.engine.finance.rates import capital_recovery, growth_factor

rates = st.decimals(0, "0.25", places=4)
cents = st.integers(0, 10**10)
lives = st.integers(1, 30)


@given(cents, lives, rates)
def test_yearly_amounts_are_worth_what_was_spread(amount: int, life: int, rate: Decimal) -> None:
    each = amount * capital_recovery(rate, life)
    back = sum(each / growth_factor(rate, year) for year in range(1, life + 1))
    assert abs(back - amount) < Decimal("0.0001")


@given(cents, lives)
def test_without_interest_a_cost_is_divided_by_its_years(amount: int, life: int) -> None:
    assert amount * capital_recovery(Decimal(0), life) * life == pytest.approx(Decimal(amount), abs=Decimal("1e-9"))


@given(cents, lives)
def test_depreciation_adds_up_to_the_cost(cost: int, life: int) -> None:
    by_year = depreciated(cost, cost // 7, life, Convention.FULL_YEAR)
    assert sum(by_year) == cost - cost // 7
    assert max(by_year) - min(by_year) <= 1


@pytest.mark.parametrize("call", [
    lambda: capital_recovery(Decimal("0.03"), 0),
    lambda: equivalent_annual_cost([100], Decimal("0.03")),
    lambda: depreciated(100, 101, 3, Convention.FULL_YEAR),
    lambda: depreciated(100, 0, 0, Convention.FULL_YEAR),
    lambda: present_value([1, 2], Decimal(-1)),
    lambda: cost_by_years_kept(1, [1], [1, 2], Decimal(0)),
])  # fmt: skip
def test_what_cannot_be_computed_is_refused(call: object) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        call()  # type: ignore[operator]
