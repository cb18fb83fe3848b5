"""What an amount in a contract list means: per year, for the whole term, per month, per pupil, employee or device.

annual = amount x payments per year; a total for the term is divided by the years of the term, to the nearest cent.
"""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from throughline.engine.money import round_half_up

_UNITS = (
    ("student", re.compile(r"\b(?:student|pupil|learner)s?\b", re.IGNORECASE)),
    ("staff", re.compile(r"\b(?:staff|employee|teacher|user|seat|fte)s?\b", re.IGNORECASE)),
    ("device", re.compile(r"\b(?:device|endpoint|chromebook|computer|unit|licen[cs]e)s?\b", re.IGNORECASE)),
)
_PAYMENTS = (
    (12, re.compile(r"\bmonth(?:ly|s)?\b|/\s?mo\b|\bper mo\b", re.IGNORECASE)),
    (4, re.compile(r"\bquarter(?:ly|s)?\b", re.IGNORECASE)),
    (2, re.compile(r"\b(?:semi-?annual(?:ly)?|twice a year|half-?yearly)\b", re.IGNORECASE)),
    (
        1,
        re.compile(
            r"\b(?:annual(?:ly)?|year(?:ly)?|yr|per annum|p\.?a\.?|flat|recurring|subscription)\b", re.IGNORECASE
        ),
    ),
)
_TOTAL = re.compile(
    r"\b(?:total|term|whole|multi-?year|lump|one[- ]?time|prepaid|full contract|contract value)\b", re.IGNORECASE
)
FLAT = "flat"


@dataclass(frozen=True, slots=True)
class Basis:
    """`unit` is flat, student, staff or device; `payments` a year, 0 = the amount covers the whole term."""

    unit: str
    payments: int


# The answers a person may give for words that are not understood.
BASES: dict[str, tuple[Basis, str]] = {
    "annual": (Basis(FLAT, 1), "dollars per year"),
    "total": (Basis(FLAT, 0), "dollars for the whole term"),
    "monthly": (Basis(FLAT, 12), "dollars per month"),
    "student": (Basis("student", 1), "dollars per student and year"),
    "staff": (Basis("staff", 1), "dollars per employee and year"),
    "device": (Basis("device", 1), "dollars per device and year"),
}


def basis_of(words: str) -> Basis | None:
    """The basis that words name; no words are dollars per year, unknown words are None."""
    plain = " ".join(words.replace("_", " ").split())
    if not plain:
        return Basis(FLAT, 1)
    unit = next((name for name, pattern in _UNITS if pattern.search(plain)), FLAT)
    payments = next((count for count, pattern in _PAYMENTS if pattern.search(plain)), None)
    if _TOTAL.search(plain) and payments in (None, 1):
        return Basis(unit, 0)
    if payments is None:
        return Basis(unit, 1) if unit != FLAT else None
    return Basis(unit, payments)


def years_between(start: date, end: date) -> Decimal:
    """Length of a term with inclusive end, in years, to the nearest month."""
    following = date.fromordinal(end.toordinal() + 1)
    months = (following.year - start.year) * 12 + following.month - start.month
    days = following.day - start.day
    months += (days >= 15) - (days <= -15)
    return Decimal(max(months, 1)) / 12


def end_of_term(start: date, years: int) -> date:
    """Last day of a term of whole years."""
    try:
        following = start.replace(year=start.year + years)
    except ValueError:  # 29 February
        following = date(start.year + years, 3, 1)
    return date.fromordinal(following.toordinal() - 1)


def annual_cents(amount_cents: int, basis: Basis, term_years: Decimal | None) -> int | None:
    """Cents per year and unit; None when a total states no term to divide it by."""
    if basis.payments:
        return amount_cents * basis.payments
    if term_years is None:
        return None
    return round_half_up(Decimal(amount_cents) / term_years)
