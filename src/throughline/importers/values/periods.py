"""Labels of years and periods in published tables: which are fiscal years beyond doubt, and which are only names.

A fiscal year is named by its end (FY2024, FY 24, FY2023-24, 2023-24, 2023-2024, Fiscal Year 2024, SY 2023-24).
Everything else, a bare 2016, "year 1", "prior appropriated", "after FY2027", "estimate 1 of 4", is a period with a
name and no year.
"""

import re
from typing import NamedTuple

EARLIEST, LATEST = 1990, 2100

_YEAR = r"(?P<a>(?:19|20)[0-9]{2}|'?[0-9]{2})(?:\s?[-/\u2013\u2014]\s?(?P<b>(?:19|20)[0-9]{2}|[0-9]{2}))?"
_MARKED = re.compile(
    r"(?P<mark>FY|F\.Y\.|fiscal\s+year|SY|school\s+year)[\s_.-]*" + _YEAR + r"(?![0-9])", re.IGNORECASE
)
_SPAN = re.compile(r"(?P<a>(?:19|20)[0-9]{2})\s?[-/\u2013\u2014]\s?(?P<b>(?:19|20)[0-9]{2}|[0-9]{2})(?![0-9])")
_BARE = re.compile(r"(?:19|20)[0-9]{2}")
# Words that may stand beside a fiscal year without making it anything else.
_BESIDE = frozenset(
    "request requested requests funding funded sources appropriated appropriation appropriations budget adopted approved "
    "proposed recommended planned plan projected projection estimate estimated forecast actual cost costs amount total "
    "capital revenue collections expenditures".split()
)
_NAMED = re.compile(
    r"(?:prior|previous|before|after|beyond|future|later|thereafter|opening|beginning|carried|carryover|out[\s-]?years?|"
    r"balance)(?![a-z]).*|"
    r"(?:year|yr|phase|wave|round|quarter|tranche|estimate|option|period|installed)[\s_#.-]*[0-9]{1,4}(?:\s+of\s+[0-9]{1,2})?",
    re.IGNORECASE,
)
_AROUND = re.compile(r"^(?:prior|previous|before|after|beyond|through|until|since|to)(?![a-z])", re.IGNORECASE)


class Period(NamedTuple):
    """A period as published; `fiscal_year` its end year or None; `year` the year's own text, `words` what stands beside."""

    label: str
    fiscal_year: int | None
    year: str = ""
    words: str = ""


def period(text: str) -> Period:
    """The period a label names; every label names one."""
    label = " ".join(text.split())
    for pattern in (_MARKED, _SPAN):
        match = pattern.search(label)
        if match is None or _AROUND.match(label):
            continue
        beside = (label[: match.start()] + " " + label[match.end() :]).strip(" ,:()-_")
        year = _end_year(match)
        if year is not None and all(word in _BESIDE for word in re.findall(r"[^\W\d_]+|\d+", beside.casefold())):
            return Period(label, year, match[0], beside)
    return Period(label, None)


def is_period(text: str) -> bool:
    """Whether a column heading names a period rather than anything else."""
    label = " ".join(text.replace("_", " ").split())
    if not label or len(label) > 40:
        return False
    return period(label).fiscal_year is not None or bool(_BARE.fullmatch(label) or _NAMED.fullmatch(label))


def fall_year(text: str) -> int | None:
    """The calendar year of a school year's fall: 2022-23, SY2022-23, FY2023 and a bare 2022 all are fall 2022."""
    label = " ".join(text.split())
    if _BARE.fullmatch(label):
        return int(label)
    found = period(label).fiscal_year
    return found - 1 if found is not None else None


def _end_year(match: "re.Match[str]") -> int | None:
    first = _full(match["a"])
    if match["b"] is None:
        return first if EARLIEST <= first <= LATEST else None
    last = int(match["b"]) if len(match["b"]) == 4 else first // 100 * 100 + int(match["b"])
    last += 100 if last < first else 0
    return last if last == first + 1 and EARLIEST <= last <= LATEST else None


def _full(digits: str) -> int:
    digits = digits.lstrip("'")
    if len(digits) == 4:
        return int(digits)
    return 2000 + int(digits) if int(digits) < 90 else 1900 + int(digits)
