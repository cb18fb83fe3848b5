"""Schools named in lists: the id of a name, the level that words and grades tell, and sites a list suggests."""

import re

from throughline.engine.plan.enrollment import GRADES
from throughline.engine.plan.sites import Site
from throughline.engine.refs import DISTRICT, Source
from throughline.importers.rows import Tally
from throughline.importers.values.slugs import slug

LEVELS = (
    ("elementary", r"elem|primary|\bes\b"),
    ("middle", r"middle|junior|intermediate|\bms\b|\bjhs\b"),
    ("high", r"high|senior|secondary|\bhs\b"),
    ("office", r"office|admin|central|warehouse|department|transport|facilit"),
    ("mixed", r"k-?8|k-?12|mixed|combined|academy"),
)


def site_id(school: str) -> str:
    """The site of a school's name; no name is the district as a whole."""
    return slug(school) or str(DISTRICT)


def level_of(words: str, grades: tuple[str, ...]) -> str:
    """The level that words name, else the one its grades show, else other."""
    text = words.casefold()
    found = next((level for level, pattern in LEVELS if re.search(pattern, text)), "")
    numbers = [GRADES.index(grade) for grade in grades if grade != "UG"]
    if found == "office" and numbers:
        found = ""  # Central School has pupils, a central office has none
    if found or not numbers:
        return found or "other"
    if max(numbers) <= GRADES.index("6"):
        return "elementary"
    if min(numbers) >= GRADES.index("9"):
        return "high"
    return "middle" if min(numbers) >= GRADES.index("5") and max(numbers) <= GRADES.index("9") else "mixed"


def suggest_site(tally: Tally, name: str, grades: tuple[str, ...], source: Source) -> None:
    """A site the list names; it is created where the plan has none of that name, and never replaces one."""
    identity = site_id(name)
    tally.records.setdefault("sites", {})[identity] = Site(
        identity, name, level_of(name, grades), grades, source=source
    )
    tally.only_new.add("sites")
