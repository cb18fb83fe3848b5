"""What the enrollment importers share: which district of a file is ours, pupils summed by fall, site and grade.

Pupils are decimals because states count part-time pupils as halves. A stated zero is kept; a grade a file does not
state is absent. Columns by race or sex are never read.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import PurePath

from throughline.engine.findings import Severity
from throughline.engine.plan.enrollment import GRADES, EnrollmentCount
from throughline.engine.refs import CellRef
from throughline.importers.outcome import Question
from throughline.importers.reading.table import fold
from throughline.importers.rows import Tally
from throughline.importers.session import Session
from throughline.importers.sites import site_id, suggest_site
from throughline.importers.values.periods import fall_year

LEVELS = (("district", "one count per grade for the district"), ("school", "one count per grade and school"))
MOST_SHOWN = 40
_NAMED_YEARS = re.compile(r"(?<![0-9])(?P<a>(?:19|20)?[0-9]{2})[-_/ ]?(?P<b>(?:19|20)?[0-9]{2})(?![0-9])")


@dataclass
class Counts:
    """Pupils by (fall, site, grade), where each was first read, and which rows made them."""

    pupils: dict[tuple[int, str, str], Decimal] = field(default_factory=dict)
    sources: dict[tuple[int, str, str], CellRef] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)  # sites by id, as the file spells them
    rows: list[tuple[int, tuple[int, str, str]]] = field(default_factory=list)

    def add(self, fall: int, school: str, grade: str, pupils: Decimal, source: CellRef) -> None:
        """Count pupils of a school ('' = of the district); half-day and full-day pupils of a grade are added up."""
        site = site_id(school)
        key = (fall, site, grade)
        if school:
            self.names[site] = school
        self.pupils[key] = self.pupils.get(key, Decimal(0)) + pupils
        self.sources.setdefault(key, source)
        self.rows.append((source.row, key))

    def emit(self, tally: Tally) -> None:
        """Records `2022-DISTRICT-K` and the rows they came from."""
        noun = tally.records.setdefault("enrollment", {})
        for (fall, site, grade), pupils in self.pupils.items():
            identity = f"{fall}-{site}-{grade}"
            noun[identity] = EnrollmentCount(identity, fall, site, grade, pupils, self.sources[fall, site, grade])
        for site, name in self.names.items():
            here = {key: count for key, count in self.pupils.items() if key[1] == site}
            last = max(fall for fall, _, _ in here)
            grades = tuple(grade for grade in GRADES if here.get((last, site, grade)))
            first = min((self.sources[key] for key in here), key=lambda source: source.row)
            suggest_site(tally, name, grades, first)
        tally.line_records += dict.fromkeys((row, "enrollment", "-".join(map(str, key))) for row, key in self.rows)


def choose_district(session: Session, names: Mapping[str, str]) -> str:
    """The code of the district the file is read for: the only one, the hinted or answered one, '' while it is open.

    `names` are the file's districts by code (`13-3570`); a hint may be a code with or without the county, or the name.
    """
    if len(names) == 1:
        return next(iter(names))
    wanted = session.answers.get("district", "") or session.hints.get("district", "")
    found = matching_districts(wanted, names) if wanted else []
    if len(found) == 1:
        session.used_answers["district"] = found[0]
        return found[0]
    if wanted:
        session.note("TL-REC-023", Severity.WARNING, wanted=wanted, count=len(found))
    shown = {code: names[code] for code in (found or names)}
    choices = tuple((code, f"{name} ({code})") for code, name in sorted(shown.items(), key=lambda x: x[1].casefold()))
    args = (("count", len(names)), ("file", session.file))
    # A state's file names hundreds of districts; then the answer is typed, as a code or a name.
    choices = choices if len(choices) <= MOST_SHOWN else ()
    session.questions["district"] = Question("district", "TL-REC-022", choices, "", True, args)
    return ""


def choose_level(session: Session) -> str:
    """Whether pupils are kept by district or by school."""
    return (
        session.ask(Question("level", "TL-REC-024", LEVELS, "district", False, (("file", session.file),))) or "district"
    )


def choose_fall(session: Session, texts: Iterable[str]) -> int | None:
    """The fall of a file that states no year in its rows: its title, its name, or the answer; None while it is open."""
    given = fall_year(session.hints.get("fall_year") or session.answers.get("fall_year", ""))
    if given is not None:
        session.used_answers["fall_year"] = str(given)
        return given
    for text in (*texts, PurePath(session.file).stem):
        for match in _NAMED_YEARS.finditer(text):
            if (year := _first_year(match["a"], match["b"], match[0].isdigit())) is not None:
                return year
    session.questions["fall_year"] = Question("fall_year", "TL-REC-025", (), "", True, (("file", session.file),))
    return None


def check_total(session: Session, row: int, column: str, name: str, stated: Decimal, counted: Decimal) -> None:
    """A stated total that the grades do not reach is shown with the difference; the grades are what is used."""
    if stated != counted:
        more = {"name": name, "counted": f"{counted:f}", "difference": f"{stated - counted:f}"}
        session.cell("TL-REC-026", Severity.WARNING, row, column, f"{stated:f}", more)


def matching_districts(wanted: str, names: Mapping[str, str]) -> list[str]:
    """Codes of the districts a code or a name means."""
    text = wanted.strip()
    codes = [code for code in names if text in {code, code.rpartition("-")[2]}]
    return codes or [code for code, name in names.items() if fold(name) == fold(text)] or _similar(text, names)


def _similar(text: str, names: Mapping[str, str]) -> list[str]:
    """Districts whose name says the same without the words every district's name has."""
    plain = _bare(text)
    return [code for code, name in names.items() if plain and _bare(name) == plain]


def _bare(name: str) -> str:
    words = re.sub(
        r"\b(?:the|public|schools?|district|system|city|township|twp|of|board|education)\b", " ", name.casefold()
    )
    return fold(words)


def _first_year(a: str, b: str, joined: bool) -> int | None:
    if joined and len(a + b) == 4 and a in {"19", "20"}:
        return None  # 2021 is a year, not 2020-21
    first = int(a) if len(a) == 4 else 2000 + int(a)
    last = int(b) if len(b) == 4 else first // 100 * 100 + int(b)
    return first if last == first + 1 and 1990 <= first <= 2100 else None
