"""Devices for each technician, as published ranges beside the district's own load; and the hours method.

Weighted devices = devices x weight of their kind (a Chromebook is half a managed computer); people by devices = weighted /
the highest adequate load + a share for each site beyond the first; people by hours = (tickets x mean hours + devices set up
x minutes + projects) / productive hours. Published ratios conflict, so no single one is a standard (domain 4.2).
"""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal

from throughline.engine.costing.base import fact
from throughline.engine.ledger.trace import Fact, Step, Trace, evaluate
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import DerivedRef, EntryRef
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.table import Column, Row, Table, Unit
from throughline.engine.views.worked import Worked, place, text

SUPPORT = "D4.1"  # TCO category of help desk and field support
RANGES = (
    ("iste", "ISTE support index, best to lowest"),
    ("massachusetts", "Massachusetts, 2003"),
    ("practice", "Practice, as reported"),
    ("stretched", "Practice, a second report"),
)
TICKETS, PROJECTS = "staffing/tickets-per-year", "staffing/project-hours"
PER_TECHNICIAN = "benchmark/devices-per-technician"


def staffing_view(
    plan: Plan, rules: RulesAt, devices: Mapping[str, int], setups: Mapping[str, int], end_user: int
) -> Worked | None:
    """People and load by both methods. `devices` in service and `setups` of a year by device kind; `end_user` devices are
    those that pupils and staff carry. None without devices."""
    if not any(devices.values()):
        return None
    traces: dict[str, Trace] = {}
    rows: list[Row] = []

    def add(key: str, label: str, trace: Trace | None, places: str = "0.1") -> None:
        if trace is None:
            rows.append(Row((label, "not known"), key=key))
            return
        traces[place(key, "value")] = trace
        rows.append(Row((label, _spoken(text(trace, places) or "")), key=key))

    people, every = _people(plan), Step("devices in service", "sum", _counts(devices), "", "devices")
    weighted = _weighted(devices, rules)
    sites = Fact("sites", len(plan.sites), "count", EntryRef("sites"))
    add("people", "Technicians of the district, full-time", people, "0.01")
    add("devices", "Devices in service", every, "1")
    add("weighted", "Weighted devices", weighted, "1")
    have = people is not None and evaluate(people) > 0
    add("each", "Devices for each technician", _per(every, people) if have else None, "1")
    add("each_weighted", "Weighted devices for each technician", _per(weighted, people) if have else None, "1")
    adequate = fact(rules.row("labor/devices-per-fte/adequate"), "highest adequate load")
    extra = Step(
        "sites beyond the first",
        "product",
        (
            Step("more sites", "at_least_zero", (Step("less one", "plus", (sites,), "", "count", -1),), "", "count"),
            fact(rules.row("labor/fte-per-extra-site"), "people for each"),
        ),
        "",
        "people",
    )
    by_load = Step("for the devices", "quotient", (weighted, adequate), "", "people") if adequate.value else None
    needed = Step("needed", "sum", (by_load, extra), "", "people") if by_load is not None else None
    add("by_devices", "Technicians by weighted devices and sites", needed, "0.1")
    add("by_hours", "Technicians by hours of work", _hours(rules, setups, end_user), "0.1")
    columns = (Column("measure", "Measure"), Column("value", "Value"))
    strained = int(rules.row("labor/devices-per-fte/strained").value)
    notes = (
        f"Our own bands: to {evaluate(adequate):,.0f} weighted devices for each technician adequate, to {strained:,} strained.",
        *_not_entered(rules),
    )
    return Worked(Table("support_staffing", "People who support devices", columns, tuple(rows), notes), traces)


def _not_entered(rules: RulesAt) -> tuple[str, ...]:
    if int(rules.row(TICKETS).value):
        return ()
    return ("Tickets of the help desk are not entered; the repairs expected by the repair rate stand in for them.",)


def _spoken(number: str) -> str:
    whole_part, dot, rest = number.partition(".")
    return f"{int(whole_part):,}{dot}{rest}"


def _counts(devices: Mapping[str, int]) -> tuple[Trace, ...]:
    return tuple(
        Fact(kind, count, "devices", DerivedRef("inventory and purchases of the first plan year"))
        for kind, count in sorted(devices.items())
        if count
    )


def _weighted(devices: Mapping[str, int], rules: RulesAt) -> Trace:
    terms = []
    for item in _counts(devices):
        row = rules.find(f"labor/support-weight/{item.name}") or rules.row("labor/support-weight/other")
        terms.append(Step(f"{item.name}, weighed", "product", (item, fact(row, "weight")), "", "devices"))
    return Step("weighted devices", "sum", tuple(terms), "a managed computer weighs 1", "devices")


def _people(plan: Plan) -> Trace | None:
    """Full-time technicians: positions of the support category, or called technician."""
    mine = [s for s in plan.staffing if s.category == SUPPORT or "technician" in s.role.casefold()]
    terms = tuple(
        Fact(f"{s.role} at {s.site}", s.fte, "people", s.source or EntryRef(f"staffing/{s.id}/fte")) for s in mine
    )
    return Step("technicians", "sum", terms, "", "people") if terms else None


def _per(of: Trace, people: Trace | None) -> Trace | None:
    return None if people is None else Step("for each technician", "quotient", (of, people), "", "devices")


def _hours(rules: RulesAt, setups: Mapping[str, int], end_user: int) -> Trace | None:
    told = rules.row(TICKETS)
    tickets: Trace = fact(told, "tickets a year")
    if not int(told.value):
        carried = Fact(
            "devices of pupils and staff", end_user, "devices", DerivedRef("in service in the first plan year")
        )
        rate = fact(rules.row("repair/incident-rate/default"), "repairs of a device a year")
        tickets = Step("repairs expected", "product", (carried, rate), "no tickets are entered", "tickets")
    mean = fact(rules.row("staffing/mean-ticket-hours"), "hours of a ticket")
    parts: list[Trace] = [Step("tickets", "product", (tickets, mean), "", "hours")]
    for kind, units in sorted(setups.items()):
        row = rules.find(f"deployment/minutes/{kind}")
        if units and row is not None:
            count = Fact(f"{kind} set up a year", units, "devices", DerivedRef("purchases, mean of the plan's years"))
            minutes = Step(f"setting up: {kind}", "product", (count, fact(row, "minutes of one")), "", "minutes")
            sixty = Fact("minutes of an hour", 60, "minutes", DerivedRef("60"))
            parts.append(Step(f"setting up: {kind}", "quotient", (minutes, sixty), "", "hours"))
    projects = rules.row(PROJECTS)
    if Decimal(projects.value):
        parts.append(fact(projects, "projects"))
    hours = Step("hours of work a year", "sum", tuple(parts), "", "hours")
    year = fact(rules.row("labor/productive-hours"), "productive hours of a full-time year")
    if not year.value:
        return None
    return Step("needed", "quotient", (hours, year), "", "people")


def published_ranges(rules: RulesAt) -> Table:
    """What others published about devices for each technician; ranges, because they conflict."""
    columns = (
        Column("source", "Source"),
        Column("low", "From", Unit.COUNT),
        Column("high", "To", Unit.COUNT),
        Column("standing", "Standing"),
    )
    rows = []
    for key, label in RANGES:
        low, high = (rules.row(f"{PER_TECHNICIAN}/{key}-{side}") for side in ("low", "high"))
        rows.append(Row((label, int(low.value), int(high.value), low.standing), key=key))
    notes = ("They count different things in different years and conflict. No single one is a standard.",)
    return Table("technician_ranges", "Devices for each technician, published", columns, tuple(rows), notes)


def by_kind(counts: Mapping[str, int], kinds: Mapping[str, str]) -> dict[str, int]:
    """Counts by asset class as counts by device kind."""
    found: dict[str, int] = defaultdict(int)
    for asset_class, units in counts.items():
        found[kinds.get(asset_class, "other")] += units
    return dict(found)
