"""Grades as files write them -> the plan's grades: PK, K, 1 to 12 and UG (ungraded)."""

from throughline.engine.plan.enrollment import GRADES
from throughline.importers.reading.table import fold

ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
_SUFFIX = {1: "st", 2: "nd", 3: "rd"}


def _spellings() -> dict[str, str]:
    found: dict[str, str] = {}
    for base in ("prek", "pk", "preschool", "prekindergarten", "pre k", "4k", "3k"):
        for part in ("", "half", "full", "halfday", "fullday", "hd", "fd"):
            found[fold(base + part)] = "PK"
    for base in ("k", "kg", "kindergarten", "kinder"):
        for part in ("", "half", "full", "halfday", "fullday", "hd", "fd"):
            found[fold(base + part)] = "K"
    found |= {"pf": "PK", "ph": "PK", "pk3": "PK", "pk4": "PK", "kf": "K", "kh": "K"}
    for number, word in enumerate(ORDINALS, start=1):
        ordinal = f"{number}{_SUFFIX.get(number, 'th')}"
        words = {word, ordinal, str(number), f"{number:02d}"} | ({"eight"} if number == 8 else set())
        for spelling in words:
            for form in (spelling, f"grade{spelling}", f"{spelling}grade", f"gr{spelling}", f"g{spelling}"):
                found[form] = str(number)
    for word in ("ug", "ungraded", "ungradedspecialeducation", "nograde", "sped ungraded"):
        found[fold(word)] = "UG"
    for base in ("grade", "gr"):
        found[f"{base}k"] = "K"
        found[f"{base}pk"] = "PK"
    return found


SPELLINGS: dict[str, str] = _spellings()


def grade_of(text: str) -> str | None:
    """One of `GRADES`, None when the text names no grade; `EIGHT_GRADE` and `Pre -K` are the state's own spellings."""
    grade = SPELLINGS.get(fold(text))
    return grade if grade in GRADES else None
