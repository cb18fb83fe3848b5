"""The inventory as an auditor reads it: what it lacks, where two lists differ, what money stands behind it.

The questions are those of state audits of school districts' technology assets: is each device identified, placed and
listed once (New York State Comptroller, IT Asset Management, 2022-MS-2).
"""

from throughline.engine.table import Table, Unit
from throughline.reports.base import Figure, Report, ReportSource
from throughline.reports.compose import Context, context, meta, one
from throughline.reports.document import Block, Bullets, Cover, Document, Lead, Paragraph

PACKAGE = "throughline.reports.inventory_check"


def build(source: ReportSource) -> Document:
    """The report of one run."""
    at = context(PACKAGE, source)
    words = at.words
    head = Cover(
        words.string("head.kicker"),
        words.string("head.title"),
        words.string("head.years"),
        one(words.string("meta.description")),
        None,
        (words.string("head.run"),),
        "",
    )
    blocks: list[Block] = [head, *_gaps(at), *_audit(at), *_differences(at)]
    if table := source.table("inventory_by_class"):
        blocks += [at.heading("classes"), at.table(table, "classes.table")]
    blocks += [*_ends(at), at.heading("next"), Bullets(words.list("next.steps"))]
    heads = (words.string("meta.title"), words.string("meta.short"), words.string("meta.description"))
    return Document("inventory_check", meta(at, *heads, flowing=True), tuple(blocks))


def _gaps(at: Context) -> list[Block]:
    table = at.source.table("inventory_gaps")
    if table is None:
        return [Paragraph(at.words.text("gaps.none"))]
    unnamed = _units(table, "no_serial") + _units(table, "duplicate_serial")
    values = {"count": Figure(unnamed, Unit.COUNT), "left": Figure(_units(table, "no_site"), Unit.COUNT)}
    lead = at.words.with_values(**values).text("gaps.lead")
    return [at.heading("gaps"), Lead(lead), at.whole_dollars(table, "gaps.table"), *at.small("gaps")]


def _audit(at: Context) -> list[Block]:
    table = at.source.table("inventory_audit")
    if table is None:
        return []
    return [*at.opening("audit"), at.table(table, "audit.table"), *at.small("audit")]


def _ends(at: Context) -> list[Block]:
    by_year, every = at.source.table("support_by_year"), at.source.table("ends_of_support")
    if by_year is None:
        return []
    found: list[Block] = [*at.opening("ends"), at.table(by_year, "ends.years")]
    if every is not None:
        found.append(at.whole_dollars(every, "ends.table"))
    return [*found, *at.small("ends")]


def _differences(at: Context) -> list[Block]:
    table = at.source.table("inventory_differences")
    if table is None:
        return [at.heading("differences"), Paragraph(at.words.text("differences.one_list"))]
    shown = at.whole_dollars(table, "differences.table")
    return [*at.opening("differences"), shown, *at.small("differences")]


def _units(table: Table, key: str) -> int:
    """Devices of one row."""
    return next((int(row.values[table.index("count")] or 0) for row in table.rows if row.key == key), 0)


REPORT = Report(
    id="inventory_check",
    title="Inventory report",
    audience="auditor, business official, technology director",
    description="What the inventory lacks, where device management and the register differ, and the money at stake.",
    formats=("pdf", "docx", "txt"),
    build=build,
)
