"""Plan: what the years cost, who pays, what needs a decision, what comes next, what changed since adoption."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from throughline.app.explain import Where
from throughline.app.rooms.base import Room
from throughline.app.rooms.changes import Changes, changes
from throughline.app.rooms.deadlines import Deadline, deadlines
from throughline.app.rooms.pictures import fund_roles, funds_picture
from throughline.app.rooms.shown import Part, Picture, ShownTable, by_year, linked
from throughline.app.selectors import selector
from throughline.app.summary import show_finding
from throughline.engine.findings import Finding
from throughline.engine.refs import UNFUNDED
from throughline.engine.run import PlanResult
from throughline.reports.writers.theme import OTHERS

ROOMS = {
    "FUND": "funds",
    "CLIFF": "funds",
    "DEV": "refresh",
    "GOAL": "goals",
    "DATA": "inventory",
    "PROP": "inventory",
    "FLEET": "inventory",
}
AMOUNTS: dict[str, Callable[[Finding], Where]] = {
    # findings whose amount is a sum of cost lines
    "TL-FUND-012": lambda item: {"fund": UNFUNDED, "fiscal_year": item.subject.removeprefix("years/")},
    "TL-FUND-035": lambda _item: {"fund": UNFUNDED},
}


@dataclass(frozen=True, slots=True)
class RoomFinding:
    """A finding in words, the room in which it is settled, and the explanation of its amount where cost lines make it up."""

    code: str
    severity: str
    subject: str
    text: str
    remedy: str
    cents: int | None  # None = the money at stake cannot be known, 0 = none is
    explain: str
    room: str


@dataclass(frozen=True, slots=True)
class FundMark:
    """A fund in the picture: `role` is its colour, `lasts` is general, renewing, ending or unfunded."""

    id: str
    name: str
    role: str
    lasts: str


@dataclass(frozen=True, slots=True)
class Home:
    """The first page. `students`, `sites` and `per_student` are None when nobody counted them."""

    lead: tuple[Part, ...]
    years: tuple[str, ...]
    students: int | None
    sites: int | None
    per_student: int | None
    funded_share: int | None  # hundredths of a percent
    chart: Picture
    by_fund: ShownTable
    funds: tuple[FundMark, ...]
    together: int  # how many funds share the band "Other funds"
    findings: tuple[RoomFinding, ...]
    deadlines: tuple[Deadline, ...]
    changes: Changes | None


def home(room: Room, adopted: PlanResult | None = None) -> Home:
    """The page of a run; `adopted` is the run of the version in force."""
    source, roles = room.source, fund_roles(room.result)
    table, sources = source.tables["by_fund"], source.tables["by_source"]
    name, lasts = table.index("fund"), table.index("lasts")
    common = replace(room.at, words=room.at.common)
    chart = common.chart("onepage", "stacked_years", common.table(sources, "onepage.table"))
    return Home(
        room.sentence(room.at.common, "summary.lead"),
        source.fiscal_years,
        room.number("students"),
        room.number("sites"),
        room.number("per_student"),
        room.number("funded_share"),
        funds_picture(chart, table, roles),
        linked(table, lambda row: {"fund": row.key} if row.key else {}, by_year),
        tuple(
            FundMark(row.key, str(row.values[name]), roles[row.key], str(row.values[lasts]))
            for row in table.rows
            if row.kind == "body"
        ),
        sum(roles[row.key] == OTHERS for row in table.rows if row.kind == "body"),
        findings(room.result),
        deadlines(room.result),
        changes(adopted.planning, room.result) if adopted else None,
    )


def findings(result: PlanResult) -> tuple[RoomFinding, ...]:
    """What the run found, worst first and dearest first; amounts overlap, so they are never added up."""
    return tuple(_finding(item) for item in result.findings)


def _finding(item: Finding) -> RoomFinding:
    shown = show_finding(item)
    explain = selector(AMOUNTS[item.code](item)) if item.code in AMOUNTS else ""
    room = ROOMS.get(item.code.split("-")[1], "plan")
    return RoomFinding(
        item.code, item.severity.value, item.subject, shown["message"], shown["remedy"], item.cents, explain, room
    )
