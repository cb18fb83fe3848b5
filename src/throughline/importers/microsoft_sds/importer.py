"""Microsoft School Data Sync files, version 2.1 and version 1: pupils by school and grade, nothing else.

2.1: a pupil is a user with a student role in force (`roles.csv`), counted once, at the primary role's school, in that
role's grade. 1: a row of `Student.csv` that is not inactive. `users.csv` is opened only to name what it holds.
"""

from throughline.importers.base import Head, Importer, Reading
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid
from throughline.importers.reading.refusal import Refused
from throughline.importers.reading.table import fold
from throughline.importers.roster import Member, Roster, find, member, or_refusal, settle, tell
from throughline.importers.rows import Tally
from throughline.importers.schoolyear import Year, choose_year, year_of
from throughline.importers.session import Session
from throughline.importers.values.dates import day as read_day
from throughline.importers.values.dates import order_of

ROLES = frozenset({"usersourcedid", "orgsourcedid", "role", "sessionsourcedid", "grade"})
ONEROSTER_ROLES = frozenset({"roletype", "datelastmodified"})
USERS = frozenset({"sourcedid", "username", "givenname", "familyname", "activedirectorymatchid"})
STUDENTS = frozenset({"sisid", "schoolsisid", "username", "grade"})
SCHOOLS_1 = frozenset({"sisid", "name", "gradelow", "gradehigh"})
ABOVE_SCHOOL = frozenset({"district", "local", "region", "state", "national", "university"})
BELOW_SCHOOL = frozenset({"department", "program", "division"})
GONE = frozenset({"inactive", "deleted", "disabled", "withdrawn", "tobedeleted", "transferred", "graduated"})


def identify(_name: str, sheet: Head) -> int:
    """The tables that only this service has, by their columns."""
    cells = {fold(cell) for row in sheet.rows[:1] for cell in row}
    if cells & ONEROSTER_ROLES:
        return 0
    return 90 if cells >= ROLES or cells >= USERS or cells >= STUDENTS else 80 if cells >= SCHOOLS_1 else 0


def read(session: Session, book: Book, grid: Grid) -> Reading:
    """Pupils of either version."""
    of_version = _version_1 if find(book, "Student.csv") or find(book, "School.csv") else _version_2
    return or_refusal(session, grid, lambda: of_version(session, book))


def _version_2(session: Session, book: Book) -> Reading:
    wanted = ("userSourcedId", "orgSourcedId", "role", "grade", "isPrimary", "roleStartDate", "roleEndDate")
    roles = member(session, book, "roles.csv", wanted, ("userSourcedId", "orgSourcedId", "role"))
    orgs = member(session, book, "orgs.csv", ("sourcedId", "name", "type", "parentSourcedId"), ("sourcedId", "type"))
    if roles is None or orgs is None:
        raise Refused("TL-REC-111", table="roles.csv" if roles is None else "orgs.csv")
    session.recall(roles.table.headers)
    users = member(session, book, "users.csv", ("sourcedId",), ())
    for _ in users.rows() if users else ():
        pass  # the filled cells of persons' columns are counted on the way
    roster = _organisations(orgs)
    year = choose_year(session, book)
    counted = _students(roles, roster, year)
    return _reading(session, roster, year, roles, counted, [table for table in (roles, users) if table])


def _organisations(orgs: Member) -> Roster:
    roster = Roster()
    for identity, name, kind, parent in orgs.rows():
        word = fold(kind)
        if word not in ABOVE_SCHOOL | BELOW_SCHOOL:
            roster.schools[identity] = name
        elif word in {"district", "local"}:
            roster.districts[identity] = name
        roster.parents[identity] = parent
    return roster


def _students(roles: Member, roster: Roster, year: Year | None) -> int:
    """Count each user once; the others of several roles are told as such."""
    chosen: dict[str, tuple[bool, str, str]] = {}
    places: dict[str, set[str]] = {}
    for user, org, role, grade, primary, begins, ends in roles.rows():
        if role.casefold() != "student":
            roster.unclear["TL-REC-108"] += 1
        elif year is not None and not _in_force(begins, ends, year.day.isoformat()):
            roster.unclear["TL-REC-106"] += 1
        else:
            roster.unclear["TL-REC-107"] += user in chosen
            is_primary = primary.casefold() in {"true", "1", "yes"}
            school = roster.school_of(org)
            places.setdefault(user, set()).add(school)
            if user not in chosen or (is_primary and not chosen[user][0]):
                chosen[user] = (is_primary, school, grade)
    roster.unclear["TL-REC-109"] += sum(len(places[user]) > 1 and not found[0] for user, found in chosen.items())
    return sum(roster.count(school, grade) for _, school, grade in chosen.values())


def _in_force(begins: str, ends: str, day: str) -> bool:
    first, last = read_day(begins, "mdy").value, read_day(ends, "mdy").value
    return (first is None or first.isoformat() <= day) and (last is None or last.isoformat() >= day)


def _version_1(session: Session, book: Book) -> Reading:
    students = member(session, book, "Student.csv", ("SIS ID", "School SIS ID", "Grade", "Status"), ("SIS ID", "Grade"))
    schools = member(session, book, "School.csv", ("SIS ID", "Name"), ("SIS ID", "Name"))
    if students is None or schools is None:
        raise Refused("TL-REC-111", table="Student.csv" if students is None else "School.csv")
    session.recall(students.table.headers)
    roster = Roster(schools={cells[0]: cells[1] for cells in schools.rows()})
    year = _terms(session, book)
    seen: set[str] = set()
    counted = 0
    for student, school, grade, status in students.rows():
        if fold(status) in GONE:
            roster.unclear["TL-REC-106"] += 1
        elif student in seen:
            roster.unclear["TL-REC-107"] += 1
        else:
            seen.add(student)
            counted += roster.count(roster.school_of(school), grade)
    return _reading(session, roster, year, students, counted, [students, schools])


def _terms(session: Session, book: Book) -> Year | None:
    """The school year of the sections' terms."""
    sections = member(session, book, "Section.csv", ("Term StartDate", "Term EndDate"), ())
    spans = sorted(set(sections.rows())) if sections else []
    # Where nothing proves the order the month is taken first; only the year of the fall is used.
    order = "dmy" if order_of([cell for span in spans for cell in span]) == "dmy" else "mdy"
    days = [(read_day(begins, order).value, read_day(ends, order).value) for begins, ends in spans]
    return year_of(session, [(first, last) for first, last in days if first and last])


def _reading(
    session: Session, roster: Roster, year: Year | None, main: Member, counted: int, tables: list[Member]
) -> Reading:
    tally: Tally = settle(session, roster, year.fall if year else None, main, counted)
    tell(session, tables, roster.unclear)
    session.sheet = main.table.grid.sheet
    mapping = tuple((heading, "grade") for heading in main.table.headers if fold(heading) == "grade")
    dropped = tuple(item for table in tables for item in table.dropped)
    return Reading(tally, main.table.header_row, 0, main.table.headers, mapping, dropped)


IMPORTER = Importer(
    id="microsoft_sds",
    title="Microsoft School Data Sync files",
    description="Pupils by school and grade from School Data Sync files of version 2.1 or 1 (zip file or folder); no person is kept.",
    kind="records",
    identify=identify,
    example_columns=("userSourcedId", "orgSourcedId", "role", "sessionSourcedId", "grade", "isPrimary"),
    all_sheets=True,
    names_people=True,
    records=read,
)
