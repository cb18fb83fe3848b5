"""What belongs to somebody else and is refused: a school of another district, and the e-mail address of a person.

A school number of the National Center for Education Statistics has 12 digits and begins with the 7 of its district (NCES,
Common Core of Data); a number that begins with others is a school of another district. It is judged only when the plan states
the district's own number. An address is refused in a column that is read, and never shown; columns about persons are not read at all.
"""

import re
from typing import TYPE_CHECKING

from throughline.engine.findings import Severity
from throughline.importers.session import Session

if TYPE_CHECKING:
    from throughline.importers.rows import Row

DISTRICT_NUMBER = "nces_id"  # the hint
FOREIGN_SCHOOL, ADDRESS = "TL-IMP-024", "TL-IMP-025"
MAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+"
SCHOOL = re.compile(r"[0-9]{12}")
LONGEST = 1000  # letters that are looked through
PLACES = ("place", "site", "sites", "school", "school_name", "location")
_MAIL = re.compile(MAIL)


def district_number(session: Session) -> str:
    """The seven digits of the district, '' when the plan does not state them."""
    found = session.hints.get(DISTRICT_NUMBER, "").strip()
    return found if re.fullmatch(r"[0-9]{7}", found) else ""


def judge(row: "Row") -> None:
    """Refuse a row of records that names another district's school, or a person's address where a place should stand."""
    own = district_number(row.session)
    for name in PLACES:
        cell = row.cell(name).strip()
        if "@" in cell and _MAIL.search(cell[:LONGEST]):
            row.is_good = False
            row.session.cell(ADDRESS, Severity.ERROR, row.number, row.heading(name))
        elif own and SCHOOL.fullmatch(cell) and not cell.startswith(own):
            row.refuse(FOREIGN_SCHOOL, name)
