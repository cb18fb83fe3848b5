"""The district beside others: share of the budget, people who support devices, peers by size and wealth, schools side by side."""

from dataclasses import replace
from decimal import Decimal

import numpy as np

from throughline.app.source.accounting import students_of
from throughline.engine.calendar import FiscalYear, month_index
from throughline.engine.demand.pupil_trace import PupilTraces
from throughline.engine.finance.peers import Peer, peers
from throughline.engine.ledger.trace import Fact, Step, Trace, evaluate
from throughline.engine.lifecycle.clocks import vendor_months
from throughline.engine.money import round_half_up
from throughline.engine.refs import DerivedRef, EntryRef
from throughline.engine.run import PlanResult
from throughline.engine.table import Column, Row, Table, Unit
from throughline.engine.views.equity import Groups, Place, counted, equity_view, student_cells
from throughline.engine.views.staffing import by_kind, published_ranges, staffing_view
from throughline.engine.views.worked import Worked, place, whole
from throughline.packs.peer_finances import STATE, peer_finances

IT_SHARE = (
    ("Large urban districts, typically", "", "large-urban-high"),
    ("Other data-sensitive industries", "other-low", "other-high"),
)  # label, lower bound ('' = from 0), upper bound
END_USER = "D1.1"
LEVELS = ("elementary", "middle", "high", "mixed", "office", "other")


def it_share(result: PlanResult) -> Worked | None:
    """Technology's share of the operating budget in the first year, beside what others published; None without any cost."""
    year = result.horizon.first
    cents = result.ledger.total({"cost_type": "direct", "fiscal_year": year.label})
    if not cents:
        return None
    traces: dict[str, Trace] = {}
    rows: list[Row] = []
    budget = result.plan.district.operating_budget_cents
    if budget and budget > 0:
        cost = Fact(f"direct cost of {year.label}", cents, "cents", DerivedRef("its cost lines"))
        source = result.plan.district.source or EntryRef("district/operating_budget_cents")
        share = Step(
            "share of the operating budget",
            "quotient",
            (cost, Fact("operating budget", budget, "cents", source)),
            "",
            "share",
        )
        traces[place("own", "share")] = share
        own = f"{evaluate(share) * 100:.1f} %"
        rows.append(Row((f"This district, {year.label}", own, "the plan and the operating budget"), key="own"))
    for label, low, high, where in published_shares(result):
        said = f"{low:f} to {high:f} %" if low else f"below {high:f} %"
        rows.append(Row((label, said, where), key=label))
    columns = (Column("who", "Who"), Column("share", "Share of the budget"), Column("source", "Source"))
    notes = (
        "Context, and no target: what counts as technology differs from one survey to the next.",
        *(() if budget else ("Enter the operating budget of the district in Settings to see its own share.",)),
    )
    return Worked(Table("it_share", "Technology's share of the budget", columns, tuple(rows), notes), traces)


def published_shares(result: PlanResult) -> list[tuple[str, Decimal, Decimal, str]]:
    """What others published: whose, lowest and highest share in percent, and where it stands."""
    found = []
    for label, low, high in IT_SHARE:
        top = result.rules.row(f"benchmark/it-share/{high}")
        least = result.rules.number(f"benchmark/it-share/{low}") if low else Decimal(0)
        found.append(
            (label, (least * 100).normalize(), (Decimal(top.value) * 100).normalize(), f"{top.source} ({top.standing})")
        )
    return found


def support_staffing(result: PlanResult) -> Worked | None:
    """Technicians and their load in the first plan year, by devices and by hours."""
    if not result.fleet.rows:
        return None
    kinds = {name: item.device_kind for name, item in result.rules.book.asset_classes.items()}
    serving: dict[str, int] = {}
    bought: dict[str, int] = {}
    carried = 0
    for row in result.fleet.rows:
        name, units = row.policy.asset_class.id, int(row.in_service[:, 0].sum())
        serving[name] = serving.get(name, 0) + units
        bought[name] = bought.get(name, 0) + int((row.replaced + row.bought).sum())
        carried += units if row.policy.asset_class.category == END_USER else 0
    years = len(result.horizon)
    setups = {name: round_half_up(Decimal(units) / years) for name, units in bought.items()}
    return staffing_view(result.plan, result.rules, by_kind(serving, kinds), by_kind(setups, kinds), carried)


def technician_ranges(result: PlanResult) -> Table:
    """Published devices for each technician."""
    return published_ranges(result.rules)


def equity_by_site(result: PlanResult) -> Worked | None:
    """Every school that has pupils or their devices."""
    return _equity(result, "equity_by_site", "Devices of students by school", by_level=False)


def equity_by_level(result: PlanResult) -> Worked | None:
    """The same by level of school."""
    return _equity(result, "equity_by_level", "Devices of students by level of school", by_level=True)


def schools_of(result: PlanResult, by_level: bool = False) -> list[Place] | None:
    """Schools, or levels of schools, with pupils or their devices; None without any device or site."""
    cohorts = result.inputs.cohorts
    if not cohorts.devices or not result.plan.sites:
        return None
    this, groups = _this_year(result), _cells(result)
    students, known = PupilTraces(result.pupils), result.pupils.sites(this) or {}
    members: dict[str, list[str]] = {}
    for site in result.plan.sites:
        members.setdefault(site.level if by_level else site.id, []).append(site.id)
    sites = result.plan.site_by_id
    found = []
    for key, ids in members.items():
        cells = np.isin(cohorts.cell_site, [i for i, name in enumerate(cohorts.sites) if name in ids])
        parts = tuple(trace for site in ids if site in known and (trace := students.total(this, site)) is not None)
        pupils = None if not parts else parts[0] if len(parts) == 1 else Step("students", "sum", parts, "", "pupils")
        name = f"{key.capitalize()} schools" if by_level and key not in ("office", "other") else key.capitalize()
        under = f"{len(ids)} site{'s' if len(ids) > 1 else ''}" if by_level else sites[key].level
        one = Place(key, name if by_level else sites[key].name, under, pupils, *counted(groups, cells))
        if one.devices or (pupils is not None and evaluate(pupils)):
            found.append(one)
    return found


def _this_year(result: PlanResult) -> FiscalYear:
    return FiscalYear.of(result.inputs.as_of, result.plan.district.fiscal_year_start_month)


def _cells(result: PlanResult) -> Groups:
    inputs, cohorts = result.inputs, result.inputs.cohorts
    return Groups(
        cohorts,
        student_cells(cohorts, result.rules.book.asset_classes),
        vendor_months(cohorts, inputs.support),
        month_index(inputs.as_of),
        _this_year(result).end_year,
    )


def _equity(result: PlanResult, table_id: str, title: str, by_level: bool) -> Worked | None:
    found = schools_of(result, by_level)
    if not found:
        return None
    order = (lambda p: LEVELS.index(p.id) if p.id in LEVELS else len(LEVELS)) if by_level else (lambda p: p.name)
    devices = counted(_cells(result), np.ones(len(result.inputs.cohorts.cell_class), bool))
    everyone = Place("district", "District", "", students_of(result)(_this_year(result)), *devices)
    limit = result.rules.number("equity/notable-difference")
    return equity_view(table_id, title, sorted(found, key=order), everyone, limit)


def nearest(result: PlanResult) -> tuple[tuple[Peer, ...], Decimal | None]:
    """The peers of the district, and its wealth in cents for each pupil (None = not known)."""
    district = result.plan.district
    known = peer_finances()
    own = next((row for row in known if row.code == district.finance_code), None) if district.finance_code else None
    pupils = students_of(result)(result.horizon.first)
    count = Decimal(own.pupils) if own else evaluate(pupils) if pupils is not None else Decimal(0)
    if count <= 0:
        return (), None
    wealth = own.wealth if own else None
    if wealth is None and (taxable := district.taxable_value_cents or 0) > 0:
        wealth = Decimal(taxable) / count
    return peers(known, count, wealth, int(result.rules.row("benchmark/peers").value), district.finance_code), wealth


def _own_technology(result: PlanResult) -> Trace | None:
    """Technology of the first plan year for each student of this district; None while either is not known."""
    first = result.horizon.first
    pupils, cents = students_of(result)(first), result.ledger.total({"cost_type": "direct", "fiscal_year": first.label})
    if pupils is None or not cents or not evaluate(pupils):
        return None
    cost = Fact(f"direct cost of {first.label}", cents, "cents", DerivedRef("its cost lines"))
    return Step("technology for each student", "quotient", (cost, pupils), "")


def peer_districts(result: PlanResult) -> Worked | None:
    """Districts of New York like this one, with what they spend for each pupil; None while the pupils are not known."""
    found, wealth = nearest(result)
    if not found:
        return None
    traces: dict[str, Trace] = {}
    rows = []
    for item in found:
        other = item.district
        spent = Fact("total expenditures", other.expenditure_cents, "cents", other.ref)
        each = Step("for each student", "quotient", (spent, Fact("students", other.pupils, "pupils", other.ref)), "")
        value = Fact("full value of taxable property", other.full_value_cents, "cents", other.ref)
        worth = Step("wealth", "quotient", (value, Fact("students", other.pupils, "pupils", other.ref)), "")
        traces |= {place(other.code, "each"): each, place(other.code, "wealth"): worth}
        rows.append(Row((other.name, other.pupils, whole(worth), other.expenditure_cents, whole(each)), key=other.code))
    middle = Step("median of the peers", "median", tuple(traces[place(p.district.code, "each")] for p in found))
    traces[place("median", "each")] = middle
    rows.append(Row(("Median of the peers", None, None, None, whole(middle)), "memo", "median"))
    own = _own_technology(result)
    if own is not None:
        traces[place("own", "each")] = own
        label = f"Technology here, {result.horizon.first.label}"
        rows.append(Row((label, None, None, None, whole(own)), "memo", "own"))
        share = Step("beside all spending of the middle peer", "quotient", (own, middle), "", "share")
        traces[place("own", "share")] = share
        rows = [replace(row, values=(*row.values, whole(share, 10_000) if row.key == "own" else None)) for row in rows]
    year = found[0].district.fiscal_year
    columns = (
        Column("district", "District"),
        Column("pupils", "Students", Unit.COUNT),
        Column("wealth", "Taxable property for each", Unit.CENTS),
        Column("spent", "All spending", Unit.CENTS),
        Column("each", "Spending for each", Unit.CENTS),
        *((Column("share", "Share of the median", Unit.PERCENT),) if own is not None else ()),
    )
    by = "size and wealth (taxable property for each student)" if wealth is not None else "size alone"
    here = result.plan.district.state.upper() == STATE
    notes = (
        f"The {len(found)} districts of New York nearest in {by}, by distance of logarithms: half and double are equally far.",
        *(
            ()
            if wealth is not None
            else ("Enter the full value of taxable property in Settings and wealth counts too.",)
        ),
        *(
            ()
            if here
            else ("Another state's law and costs differ; read the size of the figures, not the last dollar.",)
        ),
        f"All spending of fiscal year {year} as reported to the New York State Comptroller; the files do not show technology.",
    )
    return Worked(Table("peer_districts", "Districts of similar size and wealth", columns, tuple(rows), notes), traces)
