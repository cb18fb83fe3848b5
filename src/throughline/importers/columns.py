"""Typed columns: what a heading may be called, how its cells are read, and which headings a sheet really has.

Headings are compared folded (letters and digits without case), so `Asset Tag`, `asset_tag` and `assetTag` are one
spelling.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from throughline.importers.persons import person_kind
from throughline.importers.reading.table import fold

Type = Literal["identifier", "text", "money", "date", "timestamp", "integer", "percent", "choice"]
UNREAD = "-"  # the answer to "which field is this column": none
REFUSED_ROW, REFUSED_WHY, REFUSED_REMEDY = "Refused row", "Why it was refused", "What to do"  # beside rows given back
TOLD_BY_US = frozenset({fold(REFUSED_ROW), fold(REFUSED_WHY), fold(REFUSED_REMEDY)})


def spellings(listed: str) -> tuple[str, ...]:
    """Headings written as one string: `"Serial Number; Serial; S/N"`."""
    return tuple(part.strip() for part in listed.split(";"))


@dataclass(frozen=True, slots=True)
class Column:
    """A field an importer reads. `headings` are the spellings its source prints; `required` refuses the file without
    it.

    `timestamp` is a date that also accepts milliseconds since 1970. Money below zero is refused unless `signed`.
    """

    name: str
    type: Type
    headings: tuple[str, ...]
    required: bool = False
    filled: bool = False  # a row without a value is refused
    signed: bool = False
    choices: tuple[tuple[str, str], ...] = ()  # type choice: folded word -> value

    @property
    def folded(self) -> frozenset[str]:
        """The spellings as they are compared."""
        return frozenset(fold(heading) for heading in self.headings)


@dataclass(frozen=True, slots=True)
class HeadingMap:
    """Which column position feeds which field, and what becomes of the other columns."""

    fields: tuple[tuple[str, int], ...]
    persons: tuple[int, ...]
    ignored: tuple[int, ...]

    @property
    def by_field(self) -> dict[str, int]:
        """Field -> column position."""
        return dict(self.fields)


def map_headings(
    headings: tuple[str, ...], columns: Iterable[Column], chosen: Mapping[str, str] | None = None
) -> HeadingMap:
    """Match headings to fields by spelling, earlier spellings first; `chosen` (folded heading -> field) wins over
    spelling.

    A heading about persons is never mapped, whatever was chosen. What an importer read by position (a column named by a
    year) is remembered under a name that is no column's; it is left for the importer to find again.
    """
    columns = tuple(columns)
    named = {column.name for column in columns} | {UNREAD}
    chosen = {heading: wanted for heading, wanted in (chosen or {}).items() if wanted in named}
    folded = [fold(heading) for heading in headings]
    persons = tuple(i for i, heading in enumerate(headings) if heading and person_kind(heading))
    free = {i for i, name in enumerate(folded) if name} - set(persons)
    fields: dict[str, int] = {}
    for position in sorted(free):
        if wanted := chosen.get(folded[position]):
            free.discard(position)
            if wanted != UNREAD:
                fields.setdefault(wanted, position)
    for column in columns:
        if column.name in fields:
            continue
        for spelling in map(fold, column.headings):
            match = next((i for i in sorted(free) if folded[i] == spelling), None)
            if match is not None:
                fields[column.name] = match
                free.discard(match)
                break
    used = set(fields.values()) | set(persons)
    return HeadingMap(
        tuple(fields.items()), persons, tuple(i for i in range(len(headings)) if i not in used and headings[i])
    )


def known_spellings(columns: Iterable[Column]) -> frozenset[str]:
    """Every folded spelling of the columns."""
    return frozenset().union(*(column.folded for column in columns))


def fingerprint(headings: Iterable[str]) -> str:
    """Which source a file comes from, as far as its headings tell; mended rows come from the source of their file."""
    told = [folded for heading in headings if (folded := fold(heading)) not in TOLD_BY_US]
    return hashlib.sha256("\x1f".join(told).encode()).hexdigest()[:16]
