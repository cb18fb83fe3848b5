"""Schedule of a lease or subscription: payments by due month, interest and principal, and what fund statements show.

liability = sum of payment_i / (1 + r)^(months_i / 12), months from the start of the term; interest of a payment = what is
owed x ((1 + r)^(months since the payment before / 12) - 1), whole cents; the last payment closes the debt. Fund
statements: in the first year capital outlay and, of the same amount, another financing source; payments are principal
(object 831) and interest (object 832). Government-wide: liability and an asset, amortized (GASB 87, 96; domain 2.3).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from throughline.engine.finance.rates import ONE
from throughline.engine.money import largest_remainder, round_half_up

YEAR = 12


@dataclass(frozen=True, slots=True)
class Due:
    """A fixed payment, `months` after the term begins."""

    months: int
    cents: int


@dataclass(frozen=True, slots=True)
class Instalment:
    """A payment split; `left_cents` is owed afterwards."""

    months: int
    interest_cents: int
    principal_cents: int
    left_cents: int

    @property
    def cents(self) -> int:
        """What is paid."""
        return self.interest_cents + self.principal_cents


def yearly_dues(term_months: int, yearly: Sequence[int], *, in_advance: bool) -> tuple[Due, ...]:
    """Payments of a term that is paid by the year: a last part of a year pays its twelfths.

    `yearly` holds the price of each year of the term; in arrears a payment falls at the end of its year, or of the term.
    """
    out = []
    for number, begin in enumerate(range(0, term_months, YEAR)):
        months = min(YEAR, term_months - begin)
        cents = round_half_up(Decimal(yearly[number] * months) / YEAR)
        out.append(Due(begin if in_advance else begin + months, cents))
    return tuple(out)


def liability(dues: Sequence[Due], rate: Decimal) -> int:
    """Cents owed when the term begins, before any payment."""
    return round_half_up(sum((due.cents / _factor(rate, due.months) for due in dues), Decimal(0)))


def schedule(dues: Sequence[Due], rate: Decimal) -> tuple[Instalment, ...]:
    """Interest and principal of every payment; principal adds up to the liability."""
    owed, before, out = liability(dues, rate), 0, []
    for number, due in enumerate(dues):
        interest = round_half_up(owed * (_factor(rate, due.months - before) - 1))
        principal = owed if number == len(dues) - 1 else due.cents - interest
        if number == len(dues) - 1:
            interest = due.cents - principal  # cents that rounding left fall on the last interest, cash stays as agreed
        owed -= principal
        before = due.months
        out.append(Instalment(due.months, interest, principal, owed))
    return tuple(out)


def amortized(asset_cents: int, term_months: int, months_by_year: Sequence[int]) -> tuple[int, ...]:
    """Straight line over the term: cents by fiscal year, by its months of the term; they add up to the asset."""
    if sum(months_by_year) != term_months or term_months < 1:
        raise ValueError("the months by year are not those of the term")
    return tuple(largest_remainder(asset_cents, list(months_by_year)))


def _factor(rate: Decimal, months: int) -> Decimal:
    whole, part = divmod(months, YEAR)
    grown = (ONE + rate) ** whole
    return grown * (ONE + rate) ** (Decimal(part) / YEAR) if part else grown
