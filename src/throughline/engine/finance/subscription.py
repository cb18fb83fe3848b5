"""Liability of a subscription or lease: present value of its fixed payments (GASB 87 and 96).

In advance the first payment falls due at once (year 0), in arrears at the end of year 1. A term of at most twelve
months, extension options included, is an expense and has no liability; that test is the caller's.
"""

from collections.abc import Sequence
from decimal import Decimal

from throughline.engine.finance.present_value import present_value
from throughline.engine.money import round_half_up


def liability(payments: Sequence[int], rate: Decimal, *, in_advance: bool) -> int:
    """Cents owed when the term begins, before the first payment is made."""
    return round_half_up(present_value(payments if in_advance else (0, *payments), rate))


def balances(payments: Sequence[int], rate: Decimal, *, in_advance: bool) -> tuple[int, ...]:
    """Cents owed after each payment: interest accrues on what is owed, whole cents; the last payment closes it."""
    owed, out = liability(payments, rate, in_advance=in_advance), []
    for number, payment in enumerate(payments):
        if number or not in_advance:
            owed += round_half_up(owed * rate)
        owed = 0 if number == len(payments) - 1 else owed - payment
        out.append(owed)
    return tuple(out)
