"""Names the release of an operating system from its name and version as an inventory prints them; unknown stays unknown.

Rule: the first phrase of the catalog `operating_systems` found in the name says the product. Of its releases those count
of which a mark is found: every word of the mark stands in name or version. `=` in front asks for the whole word, else the
word may go on behind the mark, though not with a digit (14 is found in 14.5, not in 140); `-` in front says that no word
may begin so. The longest mark found decides, so that a build outranks a marketing name. What is left must be one release
that the stated edition belongs to; where an edition matters and none is stated, or two releases are told equally, the
release is unknown.
"""

import re
from collections.abc import Sequence
from functools import cache

from throughline.packs.os_tables import NOT_STATED, Marked, OsTables, load_os_tables

UNKNOWN = ""
_WORD = re.compile(r"[a-z0-9]+(?:\.[a-z0-9]+)*")


def os_release(name: str, version: str) -> str:
    """Id of the release, '' when it is not known."""
    return _release(name, version)


@cache
def _tables() -> OsTables:
    return load_os_tables()


@cache
def _release(name: str, version: str) -> str:
    tables = _tables()
    said, words = spoken(name), spoken(f"{name} {version}")
    product = _first(said, tables.names)
    best, found = 0, list[Marked]()
    for row in tables.releases.get(product, ()):
        length = max((_length(mark, words) for mark in row.marks), default=0)
        if length > best:
            best, found = length, []
        if length and length == best:
            found.append(row)
    edition = _first(words, tables.editions) or NOT_STATED
    fitting = [row.release for row in found if not row.editions or edition in row.editions]
    return fitting[0] if len(fitting) == 1 else UNKNOWN


def spoken(text: str) -> tuple[str, ...]:
    """Lower case words; a number with its points is one word, without the letter v before it and zeros that lead."""
    plain = re.sub(r"\bv(?=\d)", "", text.lower())
    return tuple(re.sub(r"(?<=\.)0+(?=\d)", "", word) for word in _WORD.findall(plain))


def _first(words: Sequence[str], phrases: Sequence[tuple[str, str]]) -> str:
    """What the first phrase found among the words means, '' when none is."""
    text = f" {' '.join(words)} "
    return next((meaning for phrase, meaning in phrases if f" {phrase} " in text), "")


def _length(mark: str, words: Sequence[str]) -> int:
    """Letters of a mark whose every word is found, 0 otherwise."""
    parts = mark.split()
    barred = [part[1:] for part in parts if part.startswith("-")]
    wanted = [part for part in parts if not part.startswith("-")]
    if any(word.startswith(tuple(barred)) for word in words):
        return 0
    if not all(any(_tells(part, word) for word in words) for part in wanted):
        return 0
    return sum(len(part.removeprefix("=")) for part in wanted)


def _tells(part: str, word: str) -> bool:
    if part.startswith("="):
        return word == part[1:]
    mark = re.sub(r"(?<=\.)0+(?=\d)", "", part)
    return word.startswith(mark) and not word[len(mark) :][:1].isdigit()
