"""The plan workbook: every view as typed cells with live formulas over the cost lines, and the plan's records to edit.

Formulas sum the sheet "Cost lines" (SUMIFS over defined names), so a changed amount there moves every view.
"""

from throughline.engine.table import Column, Row, Table, Unit
from throughline.reports.base import DISCLAIMER, Report, ReportSource
from throughline.reports.document import Combine, Document, Formula, Meta, Sheet, SumIfs
from throughline.reports.workbook.nouns import noun_sheets

LINES = "Cost lines"
DIRECT = ("cost_type", "direct")
MOST_LINES = 250_000  # above it the lines stand in the cost-line file, and views hold plain values
TOO_MANY = "The cost lines are too many for a sheet; they stand in the cost-line file, and views hold plain values."


def build(source: ReportSource) -> Document:
    """The workbook of one run."""
    lines = source.table("cost_lines")
    live = lines is not None and len(lines.rows) <= MOST_LINES
    sheets = [_summary(source, live)]
    sheets += _views(source, live)
    if lines is not None and live:
        sheets.append(Sheet(LINES, lines, intro="Every cost line with the fund that pays it. Views sum these rows."))
    sheets += [*_plain(source), _assumptions(source), _findings(source), _about(source, live)]
    return Document("workbook", _meta(source, "Plan workbook"), (*sheets, *noun_sheets(source.plan)))


def template(source: ReportSource) -> Document:
    """An empty form of every noun, to fill in and import."""
    return Document("template", _meta(source, "Plan template"), noun_sheets(None))


def _meta(source: ReportSource, title: str) -> Meta:
    return Meta(
        title=title,
        short=title,
        district=source.district.name,
        description="Views with live formulas, cost lines, assumptions with sources, findings, and the plan's records.",
        run=source.run_id,
        disclaimer=DISCLAIMER,
        date=source.as_of.isoformat(),
        author=source.district.author,
    )


def _summary(source: ReportSource, live: bool) -> Sheet:
    """Cost, funded and not funded by year, over the cost lines themselves."""
    table = source.table("by_fund")
    years = source.fiscal_years
    columns = (
        Column("what", "What"),
        *(Column(year, year, Unit.CENTS, additive=True) for year in years),
        Column("total", "Total", Unit.CENTS, additive=True),
    )
    if table is None:
        return Sheet("Summary", Table("summary", "Summary", columns, ()), intro="No fund has been entered yet.")
    keys = [*(table.index(year) for year in years), table.index("total")]
    totals = [row for row in table.rows if row.kind == "total"]
    gap = next((row for row in table.rows if row.key == "UNFUNDED"), None)
    rows = []
    if totals:
        rows.append(Row(("Plan cost", *(totals[-1].values[k] for k in keys)), "body", "cost"))
    if totals and gap:
        paid = [int(totals[-1].values[k] or 0) - int(gap.values[k] or 0) for k in keys]
        rows.append(Row(("Funded", *paid), "body", "funded"))
    if gap:
        rows.append(Row(("Not funded", *(gap.values[k] for k in keys)), "body", "UNFUNDED"))
    over = SumIfs(LINES, "cents", by_head="fiscal_year", fixed=(DIRECT,))
    missing = SumIfs(LINES, "cents", by_row="fund", by_head="fiscal_year", fixed=(DIRECT,))
    formulas: tuple[Formula, ...] = (Formula(("total",), Combine(years)),)
    if live:
        paid_for = SumIfs(LINES, "cents", by_head="fiscal_year", fixed=(DIRECT, ("fund", "<>UNFUNDED")))
        formulas += (
            Formula(years, over, ("cost",)),
            Formula(years, paid_for, ("funded",)),
            Formula(years, missing, ("UNFUNDED",)),
        )
    intro = "Direct cost in dollars. Indirect cost (staff time, lost class time) is memo and in no sum here."
    return Sheet("Summary", Table("summary", "Summary", columns, tuple(rows)), formulas, "Code", intro)


def _views(source: ReportSource, live: bool) -> list[Sheet]:
    years, out = source.fiscal_years, []
    plain = Formula(("total",), Combine(years))
    for table_id, name, by, label in (
        ("by_fund", "Budget by fund", "fund", "Fund id"),
        ("by_category", "Budget by category", "category", "Category code"),
        ("by_site", "Budget by site", "site", "Site id"),
    ):
        table = source.table(table_id)
        if table is None:
            continue
        formulas: tuple[Formula, ...] = (plain,)
        if live:
            formulas += (Formula(years, SumIfs(LINES, "cents", by, "fiscal_year", (DIRECT,))),)
            if any(column.key == "unfunded" for column in table.columns):
                gap = SumIfs(LINES, "cents", by, fixed=(DIRECT, ("fund", "UNFUNDED")))
                formulas += (Formula(("unfunded",), gap),)
        out.append(Sheet(name, table, formulas, label, "Direct cost in dollars. Formulas sum the sheet Cost lines."))
    return out


def _plain(source: ReportSource) -> list[Sheet]:
    """Views that are not sums of cost lines alone."""
    out = []
    for table_id, name, intro, formulas in PLAIN:
        table = source.table(table_id)
        if table is not None:
            out.append(Sheet(name, table, formulas, intro=intro))
    return out


PLAIN: tuple[tuple[str, str, str, tuple[Formula, ...]], ...] = (
    ("refresh", "Refresh", "Units to buy by fiscal year; price of one unit and cost in dollars.", ()),
    ("refresh_cost", "Refresh cost", "One-time cost of the devices to buy, with what comes with them.", ()),
    ("life_cost", "Life by cost", "Price and repair of one device as a yearly cost, kept shorter or longer.", ()),
    ("refresh_by_site", "Refresh by site", "Devices to buy at each site.", ()),
    ("refresh_why", "Why devices are bought", "What drove each purchase: updates, age, condition, need.", ()),
    ("support", "Updates end", "Devices past the end of their maker's updates at the end of each year.", ()),
    (
        "balances",
        "Fund balances",
        "Opening and added money, less what is charged and what lapses.",
        (Formula(("closing",), Combine(("opening", "added"), ("charged", "lapsed"))),),
    ),
    ("fund_rules", "Fund rules", "What each fund may pay, and until when.", ()),
    ("prospects", "Money hoped for", "Sources that are followed up. None of it is counted.", ()),
    ("cliffs", "Funding cliffs", "Recurring cost on money that ends.", ()),
    ("by_goal", "Budget by goal", "Each cost line counts toward one goal only.", ()),
    ("tco", "Total cost", "Direct cost, and indirect cost as memo.", ()),
    ("tco_years", "Total cost by year", "Direct cost by category, then staff time as memo.", ()),
    ("per_unit", "Cost per student", "Direct and indirect cost for each student and each device.", ()),
    (
        "options",
        "Options compared",
        "Options by what each costs a year. None of these amounts is a cost of the plan.",
        (),
    ),
    ("present_value", "Worth today", "Cash of each year, discounted; the equal yearly amount.", ()),
    (
        "lease_test",
        "Leases and subscriptions",
        "What contracts and leased devices are under GASB 87 and 96, and why.",
        (),
    ),
    ("lease_schedules", "Lease schedules", "By fiscal year; budgets and funds keep the cash.", ()),
    ("depreciation", "Depreciation", "Government-wide statements only; budgets and funds keep the cash.", ()),
    ("equity_by_site", "Schools side by side", "Devices of students; a mark judges nobody.", ()),
    (
        "equity_by_group",
        "Student groups",
        "The school that the average student of a group attends, beside all others. Small counts are in no figure.",
        (),
    ),
    ("support_staffing", "People who support", "By weighted devices and by hours of work; ranges, no standard.", ()),
    ("peer_districts", "Similar districts", "Public finance files; they do not show technology.", ()),
    ("purchases", "Purchases", "What needs quotes, bids or the board's approval, by the thresholds in force.", ()),
    (
        "against_budget",
        "Against the budget",
        "The plan beside the finance system's budget, orders and spending, by each dimension both state. An empty cell is unknown.",
        (),
    ),
    ("by_account", "Budget by account", "Local account strings through the imported account map.", ()),
    (
        "published_plans",
        "Published plans",
        "Lines of imported plan tables. Alternatives are shown and never added.",
        (),
    ),
    (
        "earlier",
        "Earlier years",
        "What imported plans name in years before this plan. It is history and in no other sheet's sums.",
        (),
    ),
    ("earlier_lines", "Earlier cost lines", "Every cost line of those years, with the fund that pays it.", ()),
    (
        "drivers",
        "What could change",
        "Change of the plan cost at two values of one input; the others stay as they are.",
        (),
    ),
    ("sources", "Files read", "Every file the run read, by its digest.", ()),
)


def _texts(
    table_id: str, title: str, labels: tuple[str, ...], rows: list[tuple[str | int | None, ...]], money: int
) -> Table:
    columns = tuple(
        Column(label.lower().replace(" ", "_"), label, Unit.CENTS if j == money else Unit.TEXT)
        for j, label in enumerate(labels)
    )
    return Table(table_id, title, columns, tuple(Row(row) for row in rows))


def _assumptions(source: ReportSource) -> Sheet:
    labels = ("Path", "Input", "What we used", "Source", "Date", "Status")
    rows: list[tuple[str | int | None, ...]] = [
        (item.path, item.label, item.value, item.source, item.date, item.standing) for item in source.assumptions
    ]
    table = _texts("assumptions", "Assumptions", labels, rows, -1)
    return Sheet("What we assumed", table, intro="Every input with its source, date and status.")


def _findings(source: ReportSource) -> Sheet:
    labels = ("Code", "Severity", "About", "What we found", "What to do", "Money", "Where")
    rows: list[tuple[str | int | None, ...]] = [
        (item.code, item.severity, item.subject, item.text, item.remedy, item.cents, item.source)
        for item in source.findings
    ]
    table = _texts("findings", "Findings", labels, rows, 5)
    return Sheet("Findings", table, intro="Worst first. An empty amount is not known; 0.00 means no money is at stake.")


def _about(source: ReportSource, live: bool) -> Sheet:
    rows: list[tuple[str | int | None, ...]] = [
        ("District", source.district.name),
        ("Run", source.run_id),
        ("Digest", source.digest),
        ("Looks from", source.as_of.isoformat()),
        ("Engine", source.engine_version),
        *((f"Rule pack {pack}", version) for pack, version in source.packs),
        ("Please read", f"{DISCLAIMER}."),
        (
            "Sheets with small names",
            "sites, funds, contracts ... hold the plan's records. Change them and import this file.",
        ),
    ]
    if not live:
        rows.append(("Cost lines", TOO_MANY))
    return Sheet("About", _texts("about", "About this workbook", ("What", "Value"), rows, -1))


REPORT = Report(
    id="workbook",
    title="Plan workbook",
    audience="business office, technology director, auditor",
    description="Views with live formulas over every cost line, assumptions with sources, and records to edit and import.",
    formats=("xlsx",),
    build=build,
)
