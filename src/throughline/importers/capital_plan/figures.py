"""Amounts in published tables: plain, in dollars, in thousands or millions, `$1.2M`; whole cents or a named problem."""

import re
from decimal import Decimal

from throughline.engine.money import round_half_up
from throughline.importers.reading.cells import is_absent, kind_of
from throughline.importers.values.money import MOST_CENTS, money
from throughline.importers.values.parsed import Parsed

_SUFFIX = {"k": 1_000, "thousand": 1_000, "m": 1_000_000, "mm": 1_000_000, "million": 1_000_000, "mil": 1_000_000}
_SCALED = re.compile(
    r"(?P<open>\()?(?P<sign>[-\u2212])?\s?\$?\s?(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]{1,9})?|[0-9]{0,12}(?:\.[0-9]{1,9})?)"
    r"\s?(?P<suffix>k|mm|m|mil|million|thousand)?(?P<close>\))?",
    re.IGNORECASE,
)


def amount(cell: str, scale: int, number_format: str = "us") -> Parsed[int]:
    """Cents of a cell that counts `scale` dollars; a suffix such as `M` in the cell itself wins over the heading."""
    text = cell.strip()
    match = _SCALED.fullmatch(text)
    suffix = (match["suffix"] or "").casefold() if match else ""
    if (scale == 1 and not suffix) or match is None or is_absent(cell):
        return money(cell, number_format)
    if kind_of(cell) not in {"text", "number"} or not match["number"] or bool(match["open"]) != bool(match["close"]):
        return Parsed(problem="TL-READ-050")
    exact = Decimal(match["number"].replace(",", "")) * (_SUFFIX[suffix] if suffix else scale) * 100
    cents = round_half_up(exact)
    if cents > MOST_CENTS:
        return Parsed(problem="TL-READ-050")
    negative = bool(match["open"] or match["sign"])
    return Parsed(-cents if negative else cents, warning="" if cents == exact else "TL-READ-052")
