"""The school year a roster is about: its fall, and the day on which roles must be in force.

Of several school years the one that holds the day of the import counts, else the one that began last before it, else the
last. The day is the import's, kept within the year.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from throughline.importers.enrollment import choose_fall
from throughline.importers.reading.book import Book
from throughline.importers.roster import GONE, member
from throughline.importers.session import Session
from throughline.importers.values.dates import day as read_day


@dataclass(frozen=True, slots=True)
class Year:
    """A school year: the calendar year of its fall, and the day its roster is read for."""

    fall: int
    day: date


def choose_year(session: Session, book: Book) -> Year | None:
    """The school year stated by `academicSessions.csv`, or the fall that was answered; None while it is open."""
    wanted = ("status", "type", "startDate", "endDate")
    table = member(session, book, "academicSessions.csv", wanted, ("type", "startDate", "endDate"))
    spans: list[tuple[date, date]] = []
    for status, kind, begins, ends in table.rows() if table else ():
        first, last = read_day(begins, "mdy").value, read_day(ends, "mdy").value
        if status.casefold() != GONE and kind.casefold() == "schoolyear" and first and last:
            spans.append((first, last))
    return year_of(session, spans)


def year_of(session: Session, spans: Iterable[tuple[date, date]]) -> Year | None:
    """The year among (first day, last day) that counts, or the fall that was answered."""
    found = sorted(spans)
    told = session.hints.get("fall_year") or session.answers.get("fall_year", "")
    if told or not found:
        fall = choose_fall(session, ())
        return None if fall is None else Year(fall, session.as_of or date(fall, 10, 1))
    today = session.as_of or found[-1][1]
    begun = [span for span in found if span[0] <= today]
    first, last = next((span for span in begun if today <= span[1]), (begun or found)[-1])
    return Year(first.year, min(max(today, first), last))
