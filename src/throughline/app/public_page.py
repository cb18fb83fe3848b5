"""What a district publishes of an adopted plan: an explicit list of figures and names of class C1, in plain words, school years for FY.

Nothing else reaches a public page: what is not a field of `PublicPage` is not published, and `FIELDS` names every plan field read.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from throughline.app.plans import OpenPlan
from throughline.app.rooms.base import Room, room_of
from throughline.app.rooms.home import home
from throughline.engine.refs import UNFUNDED
from throughline.engine.run import PlanResult
from throughline.engine.table import Table
from throughline.reports.formats import sum_in_words, word

FIELDS: Mapping[str, tuple[str, ...]] = {  # plan noun -> fields that may be published; a test holds each to class C1
    "district": ("name", "fiscal_year_start_month"),
    "funds": ("id", "name"),
}
NO_ONE = "No one yet"
PLAIN = {
    "D1": "Computers for students and staff, classroom screens, servers, printers and cameras.",
    "D2": "Programs for lessons, for running the schools, and for keeping data safe.",
    "D3": "Internet for every school, Wi-Fi, and telephones.",
    "D4": "People who repair, run and protect all of it, and who coach teachers.",
    "D5": "Repairs, outside help, and training.",
    "D6": "Setting up new devices, and clearing and recycling old ones.",
    "D7": "Insurance, and help after an attack.",
}


@dataclass(frozen=True, slots=True)
class Payer:
    """Who pays how much in each school year; `role` is the colour."""

    name: str
    role: str
    by_year: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Purchase:
    """What a part of the money buys."""

    name: str
    words: str
    cents: int


@dataclass(frozen=True, slots=True)
class PublicPage:
    """Everything a public page says. Counts are None where nobody counted."""

    district: str
    first: str
    last: str
    years: tuple[str, ...]
    cost: int
    funded: int
    gap: int
    years_words: str  # five years
    cost_words: str  # the three as one sentence states them: they add up as they are printed
    funded_words: str
    gap_words: str
    gap_first: str  # the first school year that lacks money, '' when none does
    gap_years: tuple[tuple[str, int], ...]
    ending: tuple[str, ...]  # names of money that ends before the plan does
    per_student: int | None
    students: int | None
    payers: tuple[Payer, ...]  # the unfunded part last
    year_totals: tuple[int, ...]
    buys: tuple[Purchase, ...]
    run: str
    as_of: str
    sample: bool

    def as_json(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


def school_year(label: str, start_month: int) -> str:
    """`FY2030`, which ends in 2030, is the school year 2029-30; where the year starts in January, 2030."""
    end = int(label.removeprefix("FY"))
    return str(end) if start_month == 1 else f"{end - 1}\N{EN DASH}{end % 100:02d}"


def public_page(opened: OpenPlan, result: PlanResult) -> PublicPage:
    """The page of an adopted run; raises ValueError when the plan costs nothing, because there is nothing to say."""
    room = room_of(opened, result)
    shown = home(room)
    start = opened.plan.district.fiscal_year_start_month
    table = shown.by_fund.table
    labels = [column.key for column in table.columns if column.key.startswith("FY")]
    if not labels or not table.rows:
        raise ValueError("This version has no cost in any year, so there is nothing to publish.")
    years = tuple(school_year(label, start) for label in labels)
    roles = {mark.id: mark.role.removeprefix("fund-") for mark in shown.funds}
    payers = [
        Payer(
            NO_ONE if row.key == UNFUNDED else str(row.values[table.index("fund")]),
            "un" if row.key == UNFUNDED else roles.get(row.key, "gf"),
            tuple(_cents(row.values[table.index(label)]) for label in labels),
            _cents(row.values[table.index("total")]),
        )
        for row in table.rows
        if row.kind == "body" and row.values[table.index("total")]
    ]
    payers.sort(key=lambda item: (item.role == "un", -item.total))
    missing = next((payer for payer in payers if payer.role == "un"), None)
    lacking = tuple(
        (year, cents) for year, cents in zip(years, missing.by_year if missing else (), strict=False) if cents
    )
    totals = tuple(sum(payer.by_year[place] for payer in payers) for place in range(len(years)))
    cost, gap = sum(totals), missing.total if missing else 0
    words = sum_in_words(cost, cost - gap, gap)
    return PublicPage(
        district=opened.plan.district.name,
        first=years[0][:4],
        last=labels[-1].removeprefix("FY"),
        years=years,
        cost=cost,
        funded=cost - gap,
        gap=gap,
        years_words=f"{word(len(years))} year{'s' if len(years) > 1 else ''}",
        cost_words=words[0],
        funded_words=words[1],
        gap_words=words[2],
        gap_first=lacking[0][0] if lacking else "",
        gap_years=lacking,
        ending=tuple(mark.name for mark in shown.funds if mark.lasts == "ending" and mark.id != UNFUNDED),
        per_student=shown.per_student,
        students=shown.students,
        payers=tuple(payers),
        year_totals=totals,
        buys=_buys(room),
        run=result.digest[:12],
        as_of=_day(result.inputs.as_of),
        sample=room.source.district.sample,
    )


def _buys(room: Room) -> tuple[Purchase, ...]:
    """By group of the cost of ownership, dearest first."""
    table: Table | None = room.table("by_group") or room.table("by_category")  # small plans have no groups
    if table is None:
        return ()
    name, total = table.index("category"), table.index("total")
    found = [
        Purchase(str(row.values[name]), PLAIN.get(row.key, ""), _cents(row.values[total]))
        for row in table.rows
        if row.kind == "body" and row.values[total]
    ]
    return tuple(sorted(found, key=lambda item: (-item.cents, item.name)))


def _cents(value: object) -> int:
    return value if isinstance(value, int) else 0


def _day(day: date) -> str:
    return day.isoformat()
