"""Months in which a cost counts as committed, by the kind of cost its object is (34 CFR 76.707; domain 2.4).

Property and bought services count on the day of the binding order, so in one month. Work of employees counts when it is
done, utilities when received, travel when taken, rentals when used: in every month of the year (of a contract, in which it
is in force). `federal/obligation-kind/<object or its first digits>` says which kind an object is, the longest code that
fits holds; `federal/obligation/<kind>` when that kind counts. An object that nothing is said of counts with its order.
"""

from throughline.engine.calendar import month_label
from throughline.engine.rulebook.book import RulesAt

KIND, WHEN = "federal/obligation-kind", "federal/obligation"
OVER_TIME = frozenset({"performed", "received", "taken", "used"})
Months = tuple[int, int]  # first and last fiscal month (1 to 12)
WHOLE_YEAR: Months = (1, 12)


def over_time(rules: RulesAt, code: str) -> bool:
    """Whether a cost of an object counts as it is performed, and not with its order."""
    for digits in range(len(code), 0, -1):
        kind = rules.find(f"{KIND}/{code[:digits]}")
        if kind is not None:
            when = rules.find(f"{WHEN}/{kind.value}")
            return when is not None and when.value in OVER_TIME
    return False


def label(first_month: int, counts: Months) -> str:
    """The ledger's label of fiscal months of a year that begins with a month: `2026-07`, or `2026-07..2027-06`."""
    first, last = (month_label(first_month + month - 1) for month in counts)
    return first if first == last else f"{first}..{last}"
