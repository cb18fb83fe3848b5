"""Days, by a strict grammar; whether 03/04/2024 is March or April is asked once per source, never guessed.

Accepted: ISO 8601 days and times (the day as written), m/d/yyyy or d/m/yyyy once the order is settled, `Mar 4, 2024`,
`4-Mar-2024`, `Jun 2033` (its first day), `Monday, March 4 2024 at 6:03 AM`, workbook day numbers of the 1900 and 1904
systems. Day numbers 1 to 60 of
the 1900 system fall into the leap year 1900 that never was. Two-digit years up to 69 are 20xx.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from throughline.importers.reading.cells import is_absent, is_blank, kind_of
from throughline.importers.values.parsed import Parsed

ORDER_QUESTION = "date_order"
ORDERS = ("mdy", "dmy")
TIME = (
    r"(?:[T ]\s?(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:\.[0-9]{1,9})?)?"
    r"\s?(?:[AaPp]\.?[Mm]\.?)?\s?(?:Z|UTC|[+-][0-9]{2}:?[0-9]{2})?)?"
)
ISO = re.compile(r"(?P<year>[0-9]{4})[-/.](?P<month>[0-9]{1,2})[-/.](?P<day>[0-9]{1,2})" + TIME)
COMPACT = re.compile(r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
SLASHED = re.compile(r"(?P<a>[0-9]{1,2})(?P<s>[-/.])(?P<b>[0-9]{1,2})(?P=s)(?P<year>[0-9]{4}|[0-9]{2})" + TIME)
WORD = r"(?P<word>[A-Za-z]{3,9})(?P<dot>\.)?"
DAY = r"(?P<day>[0-9]{1,2})(?P<suffix>st|nd|rd|th)?"
NAMED = (
    re.compile(WORD + r"[ -]" + DAY + r",?[ -]\s?(?P<year>[0-9]{4}|[0-9]{2})" + TIME, re.IGNORECASE),
    re.compile(DAY + r"[ -]" + WORD + r",?[ -](?P<year>[0-9]{4}|[0-9]{2})" + TIME, re.IGNORECASE),
    re.compile(WORD + r"[ ,-]{1,2}(?P<year>[0-9]{4})", re.IGNORECASE),
)
SERIAL = re.compile(r"-?[0-9]{1,7}(?:\.[0-9]{1,12})?")
WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? (?=[A-Za-z])", re.IGNORECASE)
EPOCH_MS = re.compile(r"[0-9]{12,13}")
MONTHS = "january february march april may june july august september october november december".split()
LAST_SERIAL = 2_958_465  # 9999-12-31
EPOCH_1904_DAYS = 1462


def day(cell: str, order: str = "", *, epoch_1904: bool = False, milliseconds: bool = False) -> Parsed[date]:
    """The day a cell names. `milliseconds` also accepts time stamps since 1970 as Google's interfaces give them (UTC
    day).
    """
    kind = kind_of(cell)
    if is_absent(cell):
        return Parsed(warning="" if is_blank(cell) else "TL-READ-049")
    if kind in {"error", "time", "boolean"}:
        return Parsed(problem="TL-READ-048" if kind == "error" else "TL-READ-061")
    text = cell.strip()
    if len(text) > 48 or not text.isascii():
        return Parsed(problem="TL-READ-061")
    if milliseconds and EPOCH_MS.fullmatch(text):
        return Parsed(datetime.fromtimestamp(int(text) / 1000, UTC).date())
    if match := ISO.fullmatch(text) or COMPACT.fullmatch(text):
        return _built(match, int(match["year"]), int(match["month"]), int(match["day"]))
    if match := SLASHED.fullmatch(text):
        return _slashed(match, order)
    if SERIAL.fullmatch(text):
        return _serial(text, epoch_1904)
    text = WEEKDAY.sub("", text, count=1).replace(" at ", " ")
    for pattern in NAMED:
        if match := pattern.fullmatch(text):
            return _named(match)
    return Parsed(problem="TL-READ-061")


def order_of(cells: Iterable[str]) -> str:
    """What the cells prove about day and month: `mdy`, `dmy`, `mixed` (both occur), `open` (nothing proves either),
    '' (no such cell).
    """
    proofs: set[str] = set()
    seen = False
    for cell in cells:
        if (match := SLASHED.fullmatch(cell.strip())) and match["a"] != match["b"]:
            seen = True
            a, b = int(match["a"]), int(match["b"])
            if a > 12 >= b:
                proofs.add("dmy")
            elif b > 12 >= a:
                proofs.add("mdy")
    if len(proofs) == 1:
        return proofs.pop()
    return "mixed" if proofs else "open" if seen else ""


def _slashed(match: "re.Match[str]", order: str) -> Parsed[date]:
    a, b = int(match["a"]), int(match["b"])
    if a > 12 and b > 12:
        return Parsed(problem="TL-READ-062")
    if order not in ORDERS:
        if a != b and a <= 12 and b <= 12:
            return Parsed(ask=ORDER_QUESTION)
        order = "dmy" if a > 12 else "mdy"
    month, number = (b, a) if order == "dmy" else (a, b)
    return _built(match, int(match["year"]), month, number)


def _named(match: "re.Match[str]") -> Parsed[date]:
    word = match["word"].casefold()
    if word == "sept":
        word = "sep"
    months = [i for i, name in enumerate(MONTHS, start=1) if name.startswith(word)]
    if len(months) != 1:
        return Parsed(problem="TL-READ-061")
    groups = match.groupdict()
    parsed = _built(match, int(match["year"]), months[0], int(groups.get("day") or 1))
    odd = groups.get("suffix") or groups.get("dot")
    return Parsed(parsed.value, parsed.problem, parsed.warning or ("TL-READ-064" if odd and not parsed.problem else ""))


def _built(match: "re.Match[str]", year: int, month: int, number: int) -> Parsed[date]:
    groups = match.groupdict()
    if int(groups.get("hour") or 0) > 23 or int(groups.get("minute") or 0) > 59 or int(groups.get("second") or 0) > 60:
        return Parsed(problem="TL-READ-061")
    short = len(match["year"]) == 2
    if short:
        year += 2000 if year <= 69 else 1900
    try:
        return Parsed(date(year, month, number), warning="TL-READ-063" if short else "")
    except ValueError:
        return Parsed(problem="TL-READ-062")


def _serial(text: str, epoch_1904: bool) -> Parsed[date]:
    if text.startswith("-"):
        return Parsed(problem="TL-READ-065")
    number = int(text.partition(".")[0]) + (EPOCH_1904_DAYS if epoch_1904 else 0)
    if not 1 <= number <= LAST_SERIAL:
        return Parsed(problem="TL-READ-065")
    start = date(1899, 12, 31) if number < 60 else date(1899, 12, 30)
    return Parsed(start + timedelta(days=number), warning="TL-READ-066" if number <= 61 else "")
