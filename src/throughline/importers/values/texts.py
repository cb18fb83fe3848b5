"""Text and identifiers: kept as written, except for what cannot be seen.

An identifier is never a number: `000123` keeps its zeros, `1.23457E+15` has lost its digits and is refused, and a
number of more than 15 digits was rounded by the workbook (IEEE 754 double precision) and is refused too.
"""

import re
import unicodedata

from throughline.importers.reading.cells import EXACT_INTEGERS, is_absent, is_blank, kind_of
from throughline.importers.reading.table import INVISIBLE
from throughline.importers.values.parsed import Parsed

LOST_DIGITS = re.compile(r"[0-9](?:\.[0-9]+E\+?|E\+)[0-9]{1,3}", re.IGNORECASE)
LIKE_A_DATE = re.compile(
    r"(?:[0-9]{1,2}-)?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)(?:-[0-9]{1,4})?", re.IGNORECASE
)
GUARDED = re.compile(r'="([^"]*)"')
LONGEST_IDENTIFIER = 200


def text(cell: str) -> Parsed[str]:
    """The words of a cell, '' when there are none; formulas and markup stay inert text."""
    if kind_of(cell) == "error":
        return Parsed(problem="" if cell == "#N/A" else "TL-READ-048", warning="TL-READ-049", value="")
    if is_absent(cell):
        return Parsed("", warning="" if is_blank(cell) else "TL-READ-049")
    composed = unicodedata.normalize("NFC", cell)
    visible = INVISIBLE.sub("", composed)
    plain = " ".join(visible.split())
    hidden = len(visible) != len(composed) and "\u200f" not in visible
    return Parsed(plain, warning="TL-READ-057" if hidden or _scripts_mixed(plain) else "")


def identifier(cell: str) -> Parsed[str]:
    """A serial number, asset tag or order number as text."""
    kind = kind_of(cell)
    if kind == "error":
        return Parsed(problem="TL-READ-048")
    if is_absent(cell):
        return Parsed("", warning="" if is_blank(cell) else "TL-READ-049")
    if kind == "number":
        digits = cell.strip()
        if not digits.isdigit() or int(digits) >= EXACT_INTEGERS:
            return Parsed(problem="TL-READ-058")
        return Parsed(digits, warning="TL-READ-059")
    if kind in {"date", "time", "boolean"}:
        return Parsed(str(cell), warning="TL-READ-060")
    parsed = text(GUARDED.sub(r"\1", cell.strip()).lstrip("'"))
    value = parsed.value or ""
    if LOST_DIGITS.fullmatch(value):
        return Parsed(problem="TL-READ-058")
    if len(value) > LONGEST_IDENTIFIER:
        return Parsed(problem="TL-READ-033")
    if kind == "padded":
        return Parsed(value, warning="TL-READ-059")
    return Parsed(value, warning="TL-READ-060" if LIKE_A_DATE.fullmatch(value) else parsed.warning)


def _scripts_mixed(value: str) -> bool:
    """Latin letters beside Cyrillic or Greek ones in one word: they look alike and compare unlike."""
    if value.isascii():
        return False
    for word in value.split():
        scripts = {unicodedata.name(c, "?").partition(" ")[0] for c in word if c.isalpha()}
        if "LATIN" in scripts and scripts & {"CYRILLIC", "GREEK"}:
            return True
    return False
