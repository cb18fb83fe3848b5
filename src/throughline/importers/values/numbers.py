"""Counts, decimals, percents and yes/no, by strict grammars: ASCII digits, no exponents, no underscores, no NaN."""

import re
from decimal import Decimal

from throughline.importers.reading.cells import is_absent, is_blank, kind_of
from throughline.importers.values.parsed import Parsed

INTEGER = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})(?:\.0{1,6})?")
DECIMAL = re.compile(r"[+-]?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,12})?(?:\.[0-9]{1,12})?")
PERCENT = re.compile(r"(?P<number>[0-9]{1,4}(?:\.[0-9]{1,6})?)\s?(?P<sign>%)?")
SCALE_QUESTION = "percent_scale"
TRUE = frozenset({"y", "yes", "true", "1", "x", "\u2713", "\u2714", "t"})
FALSE = frozenset({"n", "no", "false", "0", "f"})
MOST_COUNT = 1_000_000


def integer(cell: str, least: int = 0, most: int = MOST_COUNT) -> Parsed[int]:
    """A whole number within bounds; `12.0` is 12, `1.5` and `1e9` are refused."""
    absent = _absent(cell)
    if absent is not None:
        return absent
    text = cell.strip()
    if not INTEGER.fullmatch(text):
        return Parsed(problem="TL-READ-053")
    value = int(text.replace(",", "").partition(".")[0])
    return Parsed(value) if least <= value <= most else Parsed(problem="TL-READ-054")


def decimal(cell: str) -> Parsed[Decimal]:
    """A decimal number without exponent."""
    absent = _absent(cell)
    if absent is not None:
        return Parsed(None, absent.problem, absent.warning)
    text = cell.strip()
    if not any(c.isdigit() for c in text) or not DECIMAL.fullmatch(text):
        return Parsed(problem="TL-READ-053")
    return Parsed(Decimal(text.replace(",", "")))


def percent_bp(cell: str, scale: str = "") -> Parsed[int]:
    """Hundredths of a percent; a bare `85` or `0.85` needs the source's `scale` answer: `percent` or `fraction`."""
    absent = _absent(cell)
    if absent is not None:
        return absent
    match = PERCENT.fullmatch(cell.strip())
    if match is None:
        return Parsed(problem="TL-READ-055")
    if not match["sign"] and scale not in {"percent", "fraction"}:
        return Parsed(ask=SCALE_QUESTION)
    factor = 100 if match["sign"] or scale == "percent" else 10_000
    value = Decimal(match["number"]) * factor
    if value > 10_000 or value != int(value):
        return Parsed(problem="TL-READ-055")
    return Parsed(int(value))


def yes_no(cell: str) -> Parsed[bool]:
    """Yes or no in the forms people use."""
    absent = _absent(cell)
    if absent is not None:
        return Parsed(None, absent.problem, absent.warning)
    word = cell.strip().casefold()
    if word in TRUE or word in FALSE:
        return Parsed(word in TRUE)
    return Parsed(problem="TL-READ-056")


def _absent(cell: str) -> Parsed[int] | None:
    if is_absent(cell):
        return Parsed(warning="" if is_blank(cell) else "TL-READ-049")
    return Parsed(problem="TL-READ-048") if kind_of(cell) == "error" else None
