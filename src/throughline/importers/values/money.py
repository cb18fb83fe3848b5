"""Amounts of money as integer cents, by a strict grammar.

Accepted: `1234.56`, `$1,234.56`, `USD 1,234`, `-1,234.56`, `1234.56-`, `(1,234.56)`, ASCII digits only. Decimal
commas and spaces or apostrophes between thousands are asked about once per source. More than two decimals are rounded
(halves away from zero) with a warning.
"""

import re
from decimal import Decimal

from throughline.engine.money import round_half_up
from throughline.importers.reading.cells import is_absent, is_blank, kind_of
from throughline.importers.values.parsed import Parsed

LONGEST = 40
MOST_CENTS = 10**13  # a hundred billion dollars: far above any district, far below where sums lose exactness
US = re.compile(
    r"(?P<open>\()?(?P<sign>[-+\u2212])?\s?(?:US\s?)?(?:\$|USD)?\s?(?P<sign2>[-+\u2212])?"
    r"(?P<whole>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)?(?:\.(?P<part>[0-9]*))?"
    r"\s?(?:USD|US\$)?\s?(?P<trail>[-\u2212])?(?P<close>\))?",
    re.IGNORECASE,
)
EU = re.compile(
    r"(?P<sign>[-+\u2212])?\s?\$?\s?(?P<whole>[0-9]{1,3}(?:[.\u00a0\u202f '\u2019][0-9]{3})+|[0-9]+)"
    r"(?:,(?P<part>[0-9]+))?(?P<trail>-)?"
)
APOSTROPHES = re.compile(
    r"(?P<sign>-)?\s?\$?\s?(?P<whole>[0-9]{1,3}(?:['\u2019 \u00a0\u202f][0-9]{3})+)"
    r"(?:\.(?P<part>[0-9]{1,2}))?(?P<trail>-)?"
)
FOREIGN = re.compile("[\u20ac\u00a3\u00a5\u20b9\u20bd\u20a9]|\\b(?:EUR|GBP|CAD|AUD|JPY|CHF|MXN)\\b", re.IGNORECASE)
FORMAT_QUESTION = "number_format"
FORMATS = ("us", "eu")


def money(cell: str, number_format: str = "") -> Parsed[int]:
    """Cents; `number_format` is the source's answer: `us` as above, `eu` reads `1.234,56`, '' when it was not asked
    yet.
    """
    if is_absent(cell):
        return Parsed(warning="" if is_blank(cell) else "TL-READ-049")
    if kind_of(cell) in {"error", "date", "time", "boolean"}:
        return Parsed(problem="TL-READ-048" if kind_of(cell) == "error" else "TL-READ-050")
    text = cell.strip()
    if len(text) > LONGEST:
        return Parsed(problem="TL-READ-050")
    if FOREIGN.search(text):
        return Parsed(problem="TL-READ-051")
    if number_format != "eu" and (match := US.fullmatch(text)) and (match["whole"] or match["part"]):
        return _cents(match, exact=kind_of(cell) == "number")
    other = APOSTROPHES.fullmatch(text) or EU.fullmatch(text)
    if other is None and number_format == "eu" and (match := US.fullmatch(text)) and match["whole"] and match["part"]:
        return _cents(match, exact=kind_of(cell) == "number")  # `349.00` can mean nothing else
    if other is None:
        return Parsed(problem="TL-READ-050")
    if number_format == "eu":
        return _cents(other, exact=False)
    return Parsed(problem="TL-READ-050") if number_format == "us" else Parsed(ask=FORMAT_QUESTION)


def _cents(match: "re.Match[str]", *, exact: bool) -> Parsed[int]:
    groups = match.groupdict()
    signs = [groups.get(name) for name in ("sign", "sign2", "trail") if groups.get(name)]
    if len(signs) > 1 or bool(groups.get("open")) != bool(groups.get("close")) or (signs and groups.get("open")):
        return Parsed(problem="TL-READ-050")
    whole = re.sub(r"[^0-9]", "", groups["whole"] or "0")
    amount = Decimal(f"{whole}.{groups['part'] or '0'}") * 100
    cents = round_half_up(amount)
    if cents > MOST_CENTS:
        return Parsed(problem="TL-READ-050")
    negative = bool(groups.get("open")) or (bool(signs) and signs[0] != "+")
    # A workbook's 19.989999999999998 is 19.99 as the person typed it, not an amount with many decimals.
    rounded = abs(amount - cents) > (Decimal("0.0001") if exact else 0)
    return Parsed(-cents if negative else cents, warning="TL-READ-052" if rounded else "")
