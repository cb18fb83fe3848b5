"""Named figures of a run, as vocabulary names them; a figure that a run does not have is absent, never 0."""

from datetime import date
from decimal import Decimal

from throughline.app.source.lateness import devices_not_renewed
from throughline.app.source.money_tables import cost_by_goal, lasts
from throughline.app.source.student_groups import groups_of
from throughline.app.source.students import student_years
from throughline.app.summary import device_counts
from throughline.engine.funding.cliffs import cliffs
from throughline.engine.money import round_half_up
from throughline.engine.refs import NO_GOAL, UNFUNDED
from throughline.engine.run import PlanResult
from throughline.engine.table import Table
from throughline.reports.base import Figure
from throughline.reports.vocabulary import FIGURES

BUDGET = {"cost_type": "direct"}
Values = dict[str, int | str | None]


def figures(result: PlanResult, tables: dict[str, Table]) -> dict[str, Figure]:
    """All figures that a run limited to its planning years has."""
    values: Values = {
        **_plan(result),
        **_funds(result),
        **_categories(result, tables),
        **_devices(result, tables),
        **_findings(result),
        **groups_of(tables.get("equity_by_group")),
    }
    return figures_of(values)


def figures_of(values: Values) -> dict[str, Figure]:
    """Values as figures of the unit the vocabulary gives them; what is None is left out."""
    return {name: Figure(value, FIGURES[name][0]) for name, value in values.items() if value is not None}


def _plan(result: PlanResult) -> Values:
    years, shown = result.horizon.labels, result.planned_years
    by_year = result.ledger.by("fiscal_year", where=BUDGET)
    cost = [by_year.get((year,), 0) for year in years]
    total = sum(cost)
    gaps = [result.allocation.unfunded_by_year().get(year.end_year, 0) for year in result.horizon.years]
    gap = sum(gaps)
    short = [i for i, cents in enumerate(gaps) if cents]
    peak = max(range(len(years)), key=lambda i: cost[i])
    outlay = result.ledger.by("outlay", where=BUDGET)
    indirect = result.ledger.total({"cost_type": "indirect"})
    values: Values = {
        "cost": total,
        "funded": total - gap,
        "gap": gap,
        "indirect": indirect or None,
        "funded_share": _percent(total - gap, total),
        "cost_first_year": cost[0],
        "funded_first_year": cost[0] - gaps[0],
        "gap_first_amount": gaps[short[0]] if short else None,
        "cost_peak": cost[peak],
        "capital": outlay.get(("capital",), 0),
        "operating": outlay.get(("operating",), 0),
        "years": len(shown),
        "first_year": shown[0],
        "last_year": shown[-1],
        "peak_year": years[peak],
        "gap_first_year": years[short[0]] if short else None,
        "gap_last_year": years[short[-1]] if short else None,
        "sites": len(result.plan.sites) or None,
    }
    if known := student_years(result):
        students = sum((year.students for year in known), Decimal(0))
        unseen = sum(year.indirect for year in known)
        values["students"], values["students_last"] = (round_half_up(known[i].students) for i in (0, -1))
        values["per_student"] = round_half_up(sum(year.direct for year in known) / students)
        values["per_student_indirect"] = round_half_up(unseen / students) if unseen else None
    return values


def _percent(part: int, whole: int) -> int | None:
    return round_half_up(Decimal(part) * 10_000 / Decimal(whole)) if whole else None


def _funds(result: PlanResult) -> Values:
    paid = {fund: sum(years.values()) for fund, years in result.allocation.by_fund_year().items() if fund != UNFUNDED}
    names = {fund.id: fund.name for fund in result.plan.funds}
    largest = max(sorted(paid), key=lambda fund: paid[fund], default=None)
    ending = [o for o in result.allocation.owners if o.fund.id in paid and lasts(o, result) == "ending"]
    values: Values = {"funds": len(paid), "funds_ending": len(ending)}
    if largest is not None:
        total = result.ledger.total(BUDGET)
        values |= {
            "largest_fund": names.get(largest, largest),
            "largest_fund_cost": paid[largest],
            "largest_fund_share": _percent(paid[largest], total),
        }
    found = [item for item in cliffs(result.allocation, result.horizon.last.end_year) if item.lands]
    values["cliffs"] = len({item.fund for item in found})
    if found:
        first = min(found, key=lambda item: (item.first_year, item.fund))
        owner = result.allocation.owner_by_id[first.fund]
        days = [row.obligation_deadline for row in owner.resources if row.obligation_deadline is not None]
        mine = [item for item in found if item.fund == first.fund]
        by_year: dict[int, int] = {}
        for item in mine:
            for year, cents in item.lands:
                by_year[year] = by_year.get(year, 0) + cents
        values |= {
            "cliff_first_fund": owner.fund.name,
            "cliff_first_date": _iso(max(days)) if days else None,
            "cliff_first_cost": max(by_year.values()),
            "cliff_cost": sum(c for item in found for _, c in item.lands),
        }
    return values


def _iso(day: date) -> str:
    return day.isoformat()


def _categories(result: PlanResult, tables: dict[str, Table]) -> Values:
    """The dearest category and the one with the largest part not funded, at the level the packet shows."""
    table = tables.get("by_group") or tables["by_category"]
    label, whole, lacking = table.index("category"), table.index("total"), table.index("unfunded")
    rows = [row.values for row in table.rows if row.kind == "body"]
    total = sum(int(row[whole] or 0) for row in rows)
    values: Values = {}
    if total:
        top = max(rows, key=lambda row: int(row[whole] or 0))
        cents = int(top[whole] or 0)
        values |= {"top_category": top[label], "top_category_cost": cents, "top_category_share": _percent(cents, total)}
        worst = max(rows, key=lambda row: int(row[lacking] or 0))
        if worst[lacking]:
            values |= {"gap_top_category": worst[label], "gap_top_category_cost": worst[lacking]}
    if result.plan.goals and total:
        rest = cost_by_goal(result)[NO_GOAL]
        values |= {"goals": len(result.plan.goals), "goal_share": _percent(total - rest, total)}
    return values


def _devices(result: PlanResult, tables: dict[str, Table]) -> Values:
    counts = device_counts(result)
    if not counts["in_fleet"] and not counts["bought"]:
        return {}
    per_year = [
        sum(int((r.replaced + r.bought)[:, y].sum()) for r in result.fleet.rows) for y in range(len(result.horizon))
    ]
    peak = max(range(len(per_year)), key=lambda y: per_year[y])
    surplus = sum(n for row in result.fleet.rows if row.new for n in row.new.surplus.values())
    values: Values = {
        "devices": counts["in_fleet"],
        "devices_read": counts["read"],
        "devices_bought": sum(per_year),
        "devices_peak": per_year[peak],
        "devices_peak_year": result.horizon.labels[peak],
        "devices_past_support": counts["past_support"],
        "devices_unknown_support": counts["unknown_support"],
        "devices_surplus": surplus,
        "devices_not_renewed": sum(devices_not_renewed(result).values()),
    }
    late = tables.get("late")
    if late is not None:
        rows = {row.key: row.values[1:] for row in late.rows}
        values["late_with_plan"] = max(int(v or 0) for v in rows["with_plan"])
        values["late_without"] = int(rows["without_money"][-1] or 0)
    return values


def _findings(result: PlanResult) -> Values:
    return {
        "findings": len(result.findings),
        "findings_error": sum(item.severity.value == "error" for item in result.findings),
        "findings_cents": sum(item.cents or 0 for item in result.findings),
    }
