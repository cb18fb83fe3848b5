"""Takes model names apart: maker, words, model numbers, and the alternatives one name may list.

"Acer Chromebook 11 (C732, C732T)" is maker acer, word 11, numbers c732 and c732t. What tells near-twins apart stays
(G5 or G6, Spin, 2-in-1, 3180 or 3189); what every name shares (Chromebook, inch) goes.
"""

import re
from dataclasses import dataclass
from html import unescape

MAKERS = frozenset(
    "acer advan aopen apple asus axioo benq ctl dell dynabook edxis edugear google hexa hisense hp lanix lenovo lg medion "
    "microsoft multilaser ncomputing nec packard-bell pcmerge poin2 positivo promethean prowise raspberry samsung smart "
    "toshiba viewsonic viglen".split()
)
_SPELLINGS = (
    (re.compile(r"hewlett[ -]packard"), "hp"),
    (re.compile(r"packard bell"), "packard-bell"),
    (re.compile(r"\basustek\b"), "asus"),
    (re.compile(r"chrome book"), "chromebook"),
    (re.compile(r"\b2 ?in ?1\b"), "2-in-1"),
    (re.compile(r"\b(\d+)(?:st|nd|rd|th) gen(?:eration)?\b"), r"gen\1"),
    (re.compile(r"\bgen(?:eration)? (\d+)"), r"gen\1"),
    (re.compile(r"\b(\d+(?:\.\d+)?)(?:\"| ?-?inch\b)"), r"\1 "),
    (re.compile(r"chromebook(?=\d)"), "chromebook "),
)
_NOISE = frozenset("chromebook chrome laptop notebook computer inc corp the with wi-fi wifi".split())
_FAMILY = re.compile(r"chromebook|chromebox|chromebase|ipad|galaxy|surface|iphone|pixel")
_SUFFIX = frozenset("l lt t tn ltn lte h ht 1hl tw twb ct".split())
_NUMBER = re.compile(r"^(?=.*\d)[a-z0-9][a-z0-9.+-]{3,}$")
_ORDINARY = re.compile(r"^(?:gen\d+[a-z]?|2-in-1|x360|\d+\.\d+)$")
_PART_NUMBER = re.compile(r"^(.*\d.*)-[a-z][a-z0-9]{3}$")  # C733-C2DS is a C733 as it is ordered
_OUTER = re.compile(r"\s*(?:/|;|,|&|\||\band\b)\s*(?![^(\[]*[)\]])")
_GROUP = re.compile(r"[(\[]([^)\]]*)[)\]]")


@dataclass(frozen=True, slots=True)
class NameParts:
    """One alternative of a name. `words` tell models of a maker apart, `numbers` are model numbers, both lower case."""

    maker: str
    words: frozenset[str]
    numbers: frozenset[str]

    def fits_maker(self, other: "NameParts") -> bool:
        """Whether the makers agree, or one name does not say."""
        return not self.maker or not other.maker or self.maker == other.maker


def plain_name(text: str) -> str:
    """The name in one spelling: lower case, single spaces, ordinals as gen2, inches without sign."""
    found = unescape(text).lower().replace("_", "/").replace("\N{RIGHT DOUBLE QUOTATION MARK}", '"')
    for pattern, spelling in _SPELLINGS:
        found = pattern.sub(spelling, found)
    found = re.sub(r"(?<=\d)x{2,3}\b", "", found)  # 11-v0xx is the family 11-v0
    return " ".join(re.sub(r"\s*([(\[])\s*", r" \1", found).split())


def alternatives(text: str) -> tuple[NameParts, ...]:
    """What the name may stand for. A list is taken apart only where every part names its family, else it stays whole."""
    name = plain_name(text)
    parts = [part for part in _OUTER.split(name) if part.strip()]
    if len(parts) < 2 or not all(_FAMILY.search(part) for part in parts):
        parts = [name]
    first = _parts(parts[0], "")
    return (first, *(_parts(part, first.maker) for part in parts[1:]))


def _parts(name: str, maker: str) -> NameParts:
    groups = _GROUP.findall(name)
    outside = _GROUP.sub(" ", name)
    words: set[str] = set()
    numbers: set[str] = set()
    for token in re.split(r"[\s,/|&;]+", outside):
        if token in MAKERS:
            maker = maker or token
        else:
            _sort(token, words, numbers)
    for token in re.split(r"[\s,/|&;]+", " ".join(groups)):
        if token not in _SUFFIX:
            _sort(token, words, numbers)
    return NameParts(maker, frozenset(words), frozenset(numbers))


def _sort(token: str, words: set[str], numbers: set[str]) -> None:
    token = token.strip(" .-:'\"")
    if not token or token in _NOISE or token in MAKERS:
        return
    if not _NUMBER.match(token) or _ORDINARY.match(token):
        words.add(token)
        return
    numbers.add(token)
    if ordered := _PART_NUMBER.match(token):
        numbers.add(ordered[1])
