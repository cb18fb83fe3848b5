"""Level debt: equal yearly payments at each year's end, in whole cents; the last payment closes the debt.

payment = principal * A/P(r, n), rounded to the cent; interest of a year = opening balance * r, rounded to the cent.
"""

from dataclasses import dataclass
from decimal import Decimal

from throughline.engine.finance.rates import capital_recovery
from throughline.engine.money import round_half_up


@dataclass(frozen=True, slots=True)
class Payment:
    """One year of a debt; principal + interest is what is paid, `left` what is owed afterwards."""

    year: int
    interest_cents: int
    principal_cents: int
    left_cents: int

    @property
    def cents(self) -> int:
        """What is paid."""
        return self.interest_cents + self.principal_cents


def level_payment(principal_cents: int, rate: Decimal, years: int) -> int:
    """The equal yearly payment."""
    return round_half_up(principal_cents * capital_recovery(rate, years))


def level_schedule(principal_cents: int, rate: Decimal, years: int) -> tuple[Payment, ...]:
    """Interest and principal by year; principal adds up to the debt, so the last payment takes what rounding left."""
    payment, left, rows = level_payment(principal_cents, rate, years), principal_cents, []
    for year in range(1, years + 1):
        interest = round_half_up(left * rate)
        principal = left if year == years else min(left, payment - interest)
        left -= principal
        rows.append(Payment(year, interest, principal, left))
    return tuple(rows)
