"""OneRoster 1.1 and 1.2 CSV bundles (1EdTech): pupils by school and grade, nothing else.

A pupil is a user whose role is student and who is not marked `tobedeleted` (1.1: `users.role`; 1.2: a student role of
`roles.csv` in force). The school is `primaryOrgSourcedId`, else the primary role's, else the only school of the user,
else that of the primary enrollment, else the one with most enrollments.
"""

from collections import Counter, defaultdict
from datetime import date

from throughline.engine.findings import Severity
from throughline.importers.base import Head, Importer, Reading
from throughline.importers.reading.book import Book
from throughline.importers.reading.lines import Grid
from throughline.importers.reading.refusal import Refused
from throughline.importers.reading.table import fold
from throughline.importers.roster import GONE, Member, Roster, find, member, or_refusal, settle, tell
from throughline.importers.schoolyear import Year, choose_year
from throughline.importers.session import Session

VERSIONS = ("1.1", "1.2")
USERS = frozenset({"sourcedid", "status", "enableduser", "username", "grades"})
ORGS = frozenset({"sourcedid", "status", "name", "type", "identifier", "parentsourcedid"})
PRIMARY = 100_000  # weight of a primary enrollment: more classes than anybody takes
_Pupil = tuple[frozenset[str], frozenset[str], str]  # primary schools, all schools, grade
SCHOOLS, DISTRICTS = frozenset({"school"}), frozenset({"district", "local"})


def identify(name: str, sheet: Head) -> int:
    """The manifest with a version known here, or the tables by their columns."""
    file = (sheet.sheet or name).casefold()
    cells = {fold(cell) for row in sheet.rows[:1] for cell in row}
    if file == "manifest.csv" and cells >= {"propertyname", "value"}:
        return 95 if _stated(sheet.rows).get("oneroster.version", "").startswith(VERSIONS) else 0
    return 90 if cells >= USERS else 85 if file == "orgs.csv" and cells >= ORGS else 0


def read(session: Session, book: Book, grid: Grid) -> Reading:
    """Pupils of the bundle."""
    return or_refusal(session, grid, lambda: _read(session, book))


def _read(session: Session, book: Book) -> Reading:
    _check_manifest(session, book)
    users = member(
        session,
        book,
        "users.csv",
        ("sourcedId", "status", "role", "grades", "orgSourcedIds", "primaryOrgSourcedId"),
        ("sourcedId", "grades"),
    )
    orgs = member(
        session, book, "orgs.csv", ("sourcedId", "status", "name", "type", "parentSourcedId"), ("sourcedId", "type")
    )
    if users is None or orgs is None:
        raise Refused("TL-REC-111", table="users.csv" if users is None else "orgs.csv")
    session.recall(users.table.headers)
    roster = _organisations(orgs)
    year = choose_year(session, book)
    roles = member(
        session,
        book,
        "roles.csv",
        ("status", "userSourcedId", "roleType", "role", "beginDate", "endDate", "orgSourcedId"),
        ("userSourcedId", "role", "orgSourcedId"),
    )
    given = _roles(roles, roster, year) if roles else {}
    pupils = _pupils(users, roster, given if roles else None)
    unsure = {user for user, (first, schools, _) in pupils.items() if len(first) != 1 and len(schools) != 1}
    classes = _classes(session, book, roster, unsure) if unsure else {}
    counted = sum(
        roster.count(_school(roster, first, schools, classes.get(user, Counter())), grade)
        for user, (first, schools, grade) in pupils.items()
    )
    tally = settle(session, roster, year.fall if year else None, users, counted)
    tables = [table for table in (users, roles) if table]
    tell(session, tables, roster.unclear)
    session.sheet = users.table.grid.sheet
    mapping = tuple((heading, field) for heading, field in (("grades", "grade"), ("role", "role")))
    dropped = tuple(item for table in tables for item in table.dropped)
    return Reading(tally, users.table.header_row, 0, users.table.headers, mapping, dropped)


def _stated(rows: tuple[tuple[str, ...], ...]) -> dict[str, str]:
    return {row[0].strip(): row[1].strip() for row in rows if len(row) > 1}


def _check_manifest(session: Session, book: Book) -> None:
    """A bundle of changes cannot be counted; a version not known here is said and read by its columns."""
    grid = find(book, "manifest.csv")
    if grid is None:
        return
    stated = _stated(tuple(line.cells for line in grid.lines() if not line.problem))
    if delta := [name for name in ("users", "orgs") if stated.get(f"file.{name}", "bulk") == "delta"]:
        raise Refused("TL-REC-110", table=f"{delta[0]}.csv")
    version = stated.get("oneroster.version", "")
    if not version.startswith(VERSIONS):
        shown = version if version.replace(".", "").isalnum() and len(version) < 10 else "?"
        session.note("TL-REC-112", Severity.WARNING, version=shown)


def _organisations(orgs: Member) -> Roster:
    roster = Roster()
    for identity, status, name, kind, parent in orgs.rows():
        if _is_gone(status):
            continue
        if kind.casefold() in SCHOOLS:
            roster.schools[identity] = name
        elif kind.casefold() in DISTRICTS:
            roster.districts[identity] = name
        roster.parents[identity] = parent
    return roster


def _roles(roles: Member, roster: Roster, year: Year | None) -> dict[str, list[tuple[bool, str]]]:
    """User -> (is primary, school) of each student role in force."""
    found: dict[str, list[tuple[bool, str]]] = {}
    for status, user, kind, role, begins, ends, org in roles.rows():
        if _is_gone(status) or role.casefold() != "student":
            continue
        if year is None or _in_force(begins, ends, year.day):
            found.setdefault(user, []).append((kind.casefold() == "primary", roster.school_of(org)))
    return found


def _in_force(begins: str, ends: str, day: date) -> bool:
    """Whether a day lies between two ISO days, either of which may be absent."""
    text = day.isoformat()
    return (not begins or begins[:10] <= text) and (not ends or ends[:10] >= text)


def _classes(session: Session, book: Book, roster: Roster, unsure: set[str]) -> dict[str, Counter[str]]:
    """User -> schools of the classes taken as a student, a primary enrollment counting more than all others."""
    wanted = ("status", "schoolSourcedId", "userSourcedId", "role", "primary")
    table = member(session, book, "enrollments.csv", wanted, ("schoolSourcedId", "userSourcedId", "role"))
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for status, school, user, role, primary in table.rows() if table else ():
        if user not in unsure or _is_gone(status) or role.casefold() != "student":
            continue
        if place := roster.school_of(school):
            found[user][place] += PRIMARY if primary.casefold() == "true" else 1
    return found


def _is_gone(status: str) -> bool:
    return bool(status) and status.casefold() == GONE


def _pupils(users: Member, roster: Roster, roles: dict[str, list[tuple[bool, str]]] | None) -> dict[str, _Pupil]:
    """Each pupil once, with the schools stated; the others are told."""
    found: dict[str, _Pupil] = {}
    for user, status, role, grades, orgs, primary in users.rows():
        own = roles.get(user, []) if roles is not None else []
        if _is_gone(status):
            roster.unclear["TL-REC-106"] += 1
        elif not own and (roles is not None or role.casefold() != "student"):
            roster.unclear["TL-REC-108"] += 1
        elif user in found:
            roster.unclear["TL-REC-107"] += 1
        else:
            stated = (
                (roster.school_of(org.strip()) for org in orgs.split(",")) if roles is None else (s for _, s in own)
            )
            first = [roster.school_of(primary)] if primary else [school for is_first, school in own if is_first]
            grade = next((part.strip() for part in grades.split(",") if part.strip()), "")
            found[user] = (frozenset(first) - {""}, frozenset(stated) - {""}, grade)
    return found


def _school(roster: Roster, first: frozenset[str], schools: frozenset[str], classes: Counter[str]) -> str:
    known = schools or frozenset(classes)
    roster.unclear["TL-REC-107"] += len(known | first) > 1 and len(first) == 1
    if len(first) == 1:
        return next(iter(first))
    if len(known) < 2:
        return next(iter(known), "")
    best = max(sorted(known), key=lambda school: classes[school])
    roster.unclear["TL-REC-107" if classes[best] >= PRIMARY else "TL-REC-109"] += 1
    return best


IMPORTER = Importer(
    id="oneroster",
    title="OneRoster bundle",
    description="Pupils by school and grade from a OneRoster 1.1 or 1.2 CSV bundle (zip file or folder); no person is kept.",
    kind="records",
    identify=identify,
    example_columns=("sourcedId", "status", "enabledUser", "orgSourcedIds", "role", "grades"),
    all_sheets=True,
    names_people=True,
    records=read,
)
