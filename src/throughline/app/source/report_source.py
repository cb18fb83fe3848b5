"""Assemble the ReportSource of a run."""

from collections.abc import Callable, Collection
from dataclasses import replace

from throughline import __version__
from throughline.app import ends_of_support
from throughline.app.plans import OpenPlan
from throughline.app.source import (
    accounting,
    benchmarks,
    device_tables,
    finance,
    inventory_tables,
    money_tables,
    student_groups,
    whatifs,
)
from throughline.app.source.assumptions import assumptions
from throughline.app.source.earlier import earlier, earlier_figures, earlier_lines
from throughline.app.source.figures import figures, figures_of
from throughline.app.source.footnotes import footnotes
from throughline.app.source.lines import cost_lines
from throughline.app.source.property import property_record
from throughline.app.source.prospects import prospects
from throughline.app.source.purchases import purchase_table
from throughline.app.source.students import per_student
from throughline.app.summary import show_finding
from throughline.engine.run import PlanResult
from throughline.engine.table import Column, Row, Table, Unit
from throughline.engine.views.capital_plan import published_plans_table
from throughline.reports.base import DistrictFacts, Figure, Logo, ReportSource, ShownFinding

SAMPLE_ID = "larkhollow-city-schools"  # the fictional district of examples/; every document says so
RUN_ID = 12  # hex digits of the run digest that people see
Maker = Callable[[PlanResult], Table | None]
TABLES: dict[str, Maker] = {
    "by_fund": money_tables.by_fund,
    "by_source": money_tables.by_source,
    "by_category": money_tables.by_category,
    "by_group": money_tables.by_group,
    "by_goal": money_tables.by_goal,
    "by_site": money_tables.by_site,
    "by_account": money_tables.by_account,
    "budget_request": finance.budget_request,
    "against_budget": finance.against_sheet,
    "fund_rules": money_tables.fund_rules,
    "balances": money_tables.balances,
    "cliffs": money_tables.cliff_table,
    "unfunded_items": money_tables.unfunded_items,
    "published_plans": lambda result: published_plans_table(result.plan),
    "refresh": device_tables.refresh,
    "refresh_why": device_tables.refresh_why,
    "refresh_on_time": device_tables.refresh_on_time,
    "refresh_cost": device_tables.refresh_cost,
    "refresh_by_site": device_tables.by_site,
    "support": device_tables.support,
    "tco_years": device_tables.tco_years,
    "per_unit": device_tables.per_unit,
    "life_cost": device_tables.life_cost,
    "late": device_tables.late,
    "inventory_gaps": inventory_tables.inventory_gaps,
    "inventory_audit": inventory_tables.inventory_audit,
    "inventory_differences": inventory_tables.inventory_differences,
    "inventory_by_class": inventory_tables.inventory_by_class,
    "support_by_year": ends_of_support.support_by_year,
    "ends_of_support": ends_of_support.ends_of_support,
    "purchases": purchase_table,
    "prospects": prospects,
    "present_value": accounting.table_of(accounting.present_value),
    "lease_test": accounting.table_of(accounting.lease_test),
    "lease_schedules": accounting.lease_schedules,
    "depreciation": accounting.depreciation,
    "options": accounting.options,
    "support_staffing": accounting.table_of(benchmarks.support_staffing),
    "equity_by_site": accounting.table_of(benchmarks.equity_by_site),
    "equity_by_group": accounting.table_of(student_groups.equity_by_group),
    "peer_districts": accounting.table_of(benchmarks.peer_districts),
    "drivers": whatifs.drivers,
    "alternatives": whatifs.alternatives,
}


def report_source(opened: OpenPlan, whole: PlanResult, full: bool = True) -> ReportSource:
    """Everything reports may say about a run: its planning years, and apart from them what imported plans name before.

    `full` False leaves out what only documents need (what-ifs, lines, traces).
    """
    result = whole.planning
    quick = {
        "by_fund",
        "by_source",
        "by_category",
        "cliffs",
        "unfunded_items",
        "refresh",
        "support",
        "late",
        "fund_rules",
        "prospects",
    }
    tables: dict[str, Table] = {}
    for name, maker in TABLES.items():
        made = maker(result) if full or name in quick else None
        if made is not None:
            tables[name] = made
    for made in (_tco(result), per_student(result), earlier(whole), _sources(result)):
        if made is not None:
            tables[made.id] = made
    if full:
        tables["cost_lines"] = cost_lines(result)
        if (record := property_record(opened, result)) is not None:
            tables["property_record"] = record
        if (lines := earlier_lines(whole)) is not None:
            tables["earlier_lines"] = lines
    quiet = set(result.horizon.labels).difference(result.planned_years)
    tables = {name: _without(table, quiet) for name, table in tables.items()} if quiet else tables
    shown = assumptions(result) if full else ()
    named = figures(result, tables) | figures_of(earlier_figures(whole))
    if full:
        standing = [row.standing for row in shown]
        named |= {
            "inputs": Figure(len(shown), Unit.COUNT),
            "inputs_default": Figure(standing.count("default, please replace"), Unit.COUNT),
            "inputs_verified": Figure(standing.count("verified"), Unit.COUNT),
        }
    district = opened.plan.district
    return ReportSource(
        district=DistrictFacts(
            district.name,
            district.state,
            meeting_date=district.meeting_date,
            agenda_number=district.agenda_number,
            superintendent_title=district.superintendent_title,
            logo=_logo(opened) if full else None,
            sample=district.id == SAMPLE_ID,
        ),
        as_of=result.inputs.as_of,
        run_id=result.digest[:RUN_ID],
        digest=result.digest,
        engine_version=__version__,
        fiscal_years=result.planned_years,
        figures=named,
        tables=tables,
        findings=tuple(_finding(item) for item in map(show_finding, result.findings)),
        assumptions=shown,
        explanations=footnotes(result, named, tables) if full else (),
        packs=tuple((name, digest[:RUN_ID]) for name, digest in result.inputs.rulebook.versions.items()),
        fiscal_year_start_month=district.fiscal_year_start_month,
        plan=opened.plan if full else None,
        texts={item.id: item.text for item in opened.plan.texts},
    )


def _logo(opened: OpenPlan) -> Logo | None:
    """The district's mark, when one was set."""
    name = opened.plan.district.logo_block
    if not name:
        return None
    return Logo(name.rpartition(".")[2], opened.block(name).read_bytes(), f"Logo of {opened.plan.district.name}")


def _finding(item: dict[str, object]) -> ShownFinding:
    cents = item["cents"]
    assert cents is None or isinstance(cents, int)
    return ShownFinding(
        str(item["code"]),
        str(item["severity"]),
        str(item["subject"]),
        str(item["message"]),
        str(item["remedy"]),
        cents,
        str(item["source"]),
    )


def _tco(result: PlanResult) -> Table | None:
    cents = result.ledger.by("category", "cost_type")
    if not cents:
        return None
    columns = (
        Column("category", "Category"),
        Column("direct", "Direct", Unit.CENTS, True),
        Column("indirect", "Staff time (not budgeted)", Unit.CENTS, True),
    )
    labels = result.rules.book.categories
    rows = tuple(
        Row((labels[code].label, cents.get((code, "direct"), 0), cents.get((code, "indirect"), 0)), key=code)
        for code in sorted({code for code, _ in cents})
    )
    return Table("tco", "Total cost of ownership", columns, rows).with_total("All years")


def _without(table: Table, years: Collection[str]) -> Table:
    """The table without columns of years in which nothing is spent or bought; no sum changes."""
    keep = [j for j, column in enumerate(table.columns) if column.key not in years]
    rows = tuple(replace(row, values=tuple(row.values[j] for j in keep)) for row in table.rows)
    return replace(table, columns=tuple(table.columns[j] for j in keep), rows=rows)


def _sources(result: PlanResult) -> Table | None:
    snapshot = result.inputs.plan.snapshot
    if snapshot is None:
        return None
    columns = (
        Column("file", "File"),
        Column("digest", "Digest"),
        Column("rows", "Rows", Unit.COUNT),
        Column("imported_on", "Read on", Unit.DATE),
    )
    rows = tuple(
        Row((name.rpartition(" ")[0], name.rpartition(" ")[2], None, snapshot.taken_on), key=name)
        for name in snapshot.files
    )
    return Table("sources", "Files this plan was made from", columns, rows)
