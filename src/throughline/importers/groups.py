"""What importers of student groups share: groups by their headings, counts that sources withhold, pupils by fall, site, group.

A withheld count (`*`, `<10`, `n<10`, `N`, "suppressed") is more than none and not known; it is never read as 0. Shares
(`%White`) are not read: a count cannot be taken back from a rounded share.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from throughline.engine.plan.groups import EVERYBODY, GroupCount
from throughline.engine.refs import CellRef
from throughline.importers.reading.table import clean_header, fold
from throughline.importers.rows import Row, Tally
from throughline.importers.sites import site_id
from throughline.importers.values.slugs import slug

LUNCH, FREE, REDUCED = "free-or-reduced-lunch", "free-lunch", "reduced-lunch"
_WORDS: Mapping[str, str] = {  # group -> spellings of files; each id stands in the catalog of groups (a test holds it)
    EVERYBODY: "all students; all; total; total enrollment; total students; total pupils; enrollment; row total; students",
    "economically-disadvantaged": "economically disadvantaged; economically disadvantaged students; economic disadvantage; "
    "ed; ecd; low income; low-income; low income students; socioeconomically disadvantaged; sed; poverty",
    LUNCH: "free or reduced lunch; free or reduced-price lunch; free and reduced lunch; free/reduced lunch; frl; frpl; farm; "
    "free or reduced price meals; frpm; free & reduced lunch; nslp",
    FREE: "free lunch; free lunch eligible; eligible for free lunch; free meals",
    REDUCED: "reduced lunch; reduced-price lunch; reduced price lunch; reduced lunch eligible; reduced meals",
    "english-learners": "english learners; english language learners; multilingual learners; multilingual; ell; els; el; lep; "
    "limited english proficient; current english learners; emergent bilingual; english learner",
    "students-with-disabilities": "students with disabilities; swd; special education; sped; idea; children with disabilities; "
    "students with disability; iep students",
    "american-indian": "american indian; native american; american indian or alaska native; american indian/alaska native; "
    "american indian or alaskan native; ai/an",
    "asian": "asian; asian american",
    "black": "black; african american; black or african american; black/african american",
    "hispanic": "hispanic; hispanic or latino; hispanic/latino; latino; hispanic/latino of any race; latinx",
    "pacific-islander": "pacific islander; hawaiian native; native hawaiian; native hawaiian or other pacific islander; "
    "native hawaiian/pacific islander; native hawaiian or pacific islander; nh/pi",
    "two-or-more-races": "two or more races; two or more; multiracial; multi-racial; multiple races; more than one race",
    "white": "white; caucasian",
    "migrant": "migrant; migrant students; migratory; migrant education",
    "military-connected": "military; military connected; military-connected; military connected students; "
    "parent on active duty; armed forces",
    "homeless": "homeless; homeless students; students experiencing homelessness; experiencing homelessness; mckinney-vento",
    "foster-care": "foster care; foster; in foster care; students in foster care; foster youth",
}
SPELLED = {fold(text): group for group, texts in _WORDS.items() for text in texts.split(";")}
SMALL = re.compile(
    r"\*{1,5}|n|s|ds|ts|(?:n\s*)?(?:<|<=|\u2264)\s*[0-9]{1,3}|(?:fewer|less) than [0-9]{1,3}|"
    r"suppressed|withheld|redacted|masked|too (?:few|small)(?: students)?|n too small",
    re.IGNORECASE,
)


def group_of(text: str) -> str:
    """The group a heading or a word names, '' for none; headings of shares name none."""
    words = clean_header(text)
    if words.startswith("%") or re.search(r"%|\b(?:percent|pct|share|rate)\b", words, re.IGNORECASE):
        return ""
    return SPELLED.get(fold(words), "")


def own_group(text: str) -> str:
    """The group of a word in a column of groups: one we know, else the district's own."""
    return group_of(text) or slug(text)


@dataclass(frozen=True, slots=True)
class Stated:
    """What a cell says of a group: `pupils`, or None when it is withheld because they are few."""

    pupils: Decimal | None


def stated(row: Row, name: str) -> Stated | None:
    """The count in a cell, None for a cell that says nothing or was refused."""
    if SMALL.fullmatch(row.cell(name).strip()):
        return Stated(None)
    pupils = row.decimal(name)
    if pupils is not None and pupils < 0:
        row.refuse("TL-READ-054", name)
        return None
    return None if pupils is None else Stated(pupils)


@dataclass
class GroupCounts:
    """Pupils by (fall, site, group), None where any part is withheld, with where each was first read."""

    pupils: dict[tuple[int, str, str], Decimal | None] = field(default_factory=dict)
    sources: dict[tuple[int, str, str], CellRef] = field(default_factory=dict)
    rows: list[tuple[int, tuple[int, str, str]]] = field(default_factory=list)

    def add(self, fall: int, school: str, group: str, pupils: Decimal | None, source: CellRef) -> None:
        """Count pupils of a school ('' = of the district); parts of one group are added up."""
        key = (fall, site_id(school), group)
        before = self.pupils.get(key, Decimal(0))
        self.pupils[key] = None if before is None or pupils is None else before + pupils
        self.sources.setdefault(key, source)
        self.rows.append((source.row, key))

    def emit(self, tally: Tally) -> None:
        """Records `2022-lincoln-english-learners` and the rows they came from."""
        noun = tally.records.setdefault("group_counts", {})
        for (fall, site, group), pupils in self.pupils.items():
            identity = f"{fall}-{site}-{group}"
            noun[identity] = GroupCount(identity, fall, site, group, pupils, self.sources[fall, site, group])
        told = ((row, "group_counts", "-".join(map(str, key))) for row, key in self.rows)
        tally.line_records += dict.fromkeys(told)


def lunch_together(found: Iterable[tuple[str, Stated, CellRef]]) -> Iterator[tuple[str, Stated, CellRef]]:
    """Free and reduced-price lunch as one group where a row counts both; all else as it is."""
    listed = list(found)
    parts = {group: (said, source) for group, said, source in listed if group in (FREE, REDUCED)}
    counted = [said.pupils for said, _ in parts.values() if said.pupils is not None]
    both = len(counted) == 2 and all(group != LUNCH for group, _, _ in listed)
    for group, said, source in listed:
        if not (both and group in (FREE, REDUCED)):
            yield group, said, source
    if both:
        yield LUNCH, Stated(sum(counted, Decimal(0))), parts[FREE][1]
