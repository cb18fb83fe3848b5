"""Leases, subscriptions, depreciation: the golden figures, and both sides of every boundary (GASB 87, GASB 96; domain 2.2, 2.3)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.engine.finance.depreciation import Convention, depreciated
from throughline.engine.finance.lease import amortized, liability, schedule, yearly_dues
from throughline.engine.finance.rates import capital_recovery
from throughline.engine.finance.sbita import Conveys, Kind, asset_value, classify
from throughline.engine.finance.terms import longest_term, months_of
from throughline.engine.ledger.trace import OPERATIONS

FOUR, PRICE = Decimal("0.04"), 40_000_00
THRESHOLD = 5_000_00


@pytest.mark.parametrize(("in_advance", "expected"), [(True, 115_443_79), (False, 111_003_64)])
def test_three_payments_of_40_000_at_4_percent_are_the_golden_liability(in_advance: bool, expected: int) -> None:
    assert liability(yearly_dues(36, [PRICE] * 3, in_advance=in_advance), FOUR) == expected


def test_the_schedule_in_advance_has_no_interest_on_its_first_payment_and_closes() -> None:
    rows = schedule(yearly_dues(36, [PRICE] * 3, in_advance=True), FOUR)
    assert [(r.interest_cents, r.principal_cents, r.left_cents) for r in rows] == [
        (0, 40_000_00, 75_443_79),
        (3_017_75, 36_982_25, 38_461_54),
        (1_538_46, 38_461_54, 0),
    ]


@given(st.integers(1, 72), st.integers(0, 10**9), st.decimals(0, "0.2", places=4), st.booleans())
def test_principal_adds_up_to_the_liability_and_payments_to_the_cash(
    months: int, price: int, rate: Decimal, in_advance: bool
) -> None:
    dues = yearly_dues(months, [price] * 6, in_advance=in_advance)
    rows = schedule(dues, rate)
    assert sum(r.principal_cents for r in rows) == liability(dues, rate)
    assert [r.cents for r in rows] == [d.cents for d in dues]
    assert rows[-1].left_cents == 0


def test_a_last_part_of_a_year_pays_its_twelfths() -> None:
    assert [(d.months, d.cents) for d in yearly_dues(18, [1200_00] * 2, in_advance=True)] == [
        (0, 1200_00),
        (12, 600_00),
    ]
    assert [d.months for d in yearly_dues(18, [1200_00] * 2, in_advance=False)] == [12, 18]


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2027, 7, 1), date(2028, 6, 30), 12),
        (date(2027, 7, 1), date(2028, 7, 1), 13),  # 12 months and a day are not 12 months
        (date(2027, 7, 1), date(2028, 7, 31), 13),
        (date(2027, 7, 15), date(2028, 7, 14), 12),
        (date(2027, 7, 1), date(2027, 6, 30), 0),
    ],
)
def test_months_of_a_term_count_what_is_begun(start: date, end: date, months: int) -> None:
    assert months_of(start, end) == months


@pytest.mark.parametrize(
    ("months", "options", "cancellable", "kind"),
    [
        (12, 0, 0, Kind.EXPENSE),
        (13, 0, 0, Kind.SBITA),
        (12, 1, 0, Kind.SBITA),  # an option counts even if unlikely
        (12, 12, 12, Kind.EXPENSE),  # what both sides may cancel does not
        (36, 0, 24, Kind.EXPENSE),
        (36, 0, 23, Kind.SBITA),
    ],
)
def test_twelve_months_are_an_expense_and_thirteen_a_subscription(
    months: int, options: int, cancellable: int, kind: Kind
) -> None:
    longest = longest_term(months, options, cancellable)
    assert classify(Conveys.SOFTWARE, longest, THRESHOLD, THRESHOLD).kind is kind


@pytest.mark.parametrize(("cents", "kind"), [(THRESHOLD - 1, Kind.EXPENSE), (THRESHOLD, Kind.SBITA)])
def test_the_local_threshold_counts_from_its_own_amount_on(cents: int, kind: Kind) -> None:
    assert classify(Conveys.SOFTWARE, 36, cents, THRESHOLD).kind is kind


@pytest.mark.parametrize(
    ("conveys", "kind"),
    [
        (Conveys.SOFTWARE, Kind.SBITA),
        (Conveys.EQUIPMENT, Kind.LEASE),
        (Conveys.PERPETUAL, Kind.INTANGIBLE),
        (Conveys.SUPPORT, Kind.EXPENSE),
        (Conveys.SERVICE, Kind.EXPENSE),
    ],
)
def test_what_a_payment_conveys_decides_first(conveys: Conveys, kind: Kind) -> None:
    assert classify(conveys, 36, 10**9, THRESHOLD).kind is kind


def test_the_asset_is_liability_prepayment_and_initial_implementation_less_incentives() -> None:
    assert asset_value(115_443_79, 1_000_00, 9_000_00, 443_79) == 125_000_00


def test_an_asset_is_amortized_by_the_months_of_each_year() -> None:
    assert amortized(36_000_00, 36, [9, 12, 12, 3]) == (9_000_00, 12_000_00, 12_000_00, 3_000_00)
    with pytest.raises(ValueError, match="months"):
        amortized(1, 36, [12, 12])


@pytest.mark.parametrize(
    ("convention", "month", "expected"),
    [
        (Convention.FULL_YEAR, 9, [2400, 2400, 2400, 2400, 2400]),
        (Convention.HALF_YEAR, 9, [1200, 2400, 2400, 2400, 2400, 1200]),
        (Convention.FULL_MONTH, 1, [2400, 2400, 2400, 2400, 2400]),
        (Convention.FULL_MONTH, 12, [200, 2400, 2400, 2400, 2400, 2200]),
        (Convention.FULL_MONTH, 7, [1200, 2400, 2400, 2400, 2400, 1200]),
    ],
)
def test_the_convention_decides_the_first_and_the_last_year(
    convention: Convention, month: int, expected: list[int]
) -> None:
    assert depreciated(12_000_00, 0, 5, convention, month) == tuple(dollars * 100 for dollars in expected)


@pytest.mark.parametrize("rate", ["0", "0.03", "0.2"])
def test_an_explanation_recovers_capital_as_the_formula_does(rate: str) -> None:
    assert OPERATIONS["recovery"]([Decimal(rate)], 6) == capital_recovery(Decimal(rate), 6)
