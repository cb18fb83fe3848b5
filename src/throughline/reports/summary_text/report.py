"""The terminal page: the opening sentence, years by fund with what is not funded, and the findings that matter with money."""

from throughline.engine.table import Column, Row, Table, Unit
from throughline.reports.base import Report, ReportSource
from throughline.reports.compose import Context, context, in_words, meta
from throughline.reports.document import Block, Document, Heading, Lead, Paragraph

PACKAGE = "throughline.reports.summary_text"
LISTED = 6


def build(source: ReportSource) -> Document:
    """The page of one run."""
    at = context(PACKAGE, source)
    words = at.words
    blocks: list[Block] = [Lead(at.common.text("summary.lead"))]
    devices = words.find("page.devices")
    if devices:
        blocks.append(Paragraph(devices))
    table = source.table("by_fund")
    if table:
        blocks.append(at.table(table, "page.table", hide=("lasts",), emphasis={"UNFUNDED": "gap"}))
    blocks += at.earlier()
    if source.findings:
        blocks += [Heading(2, words.string("page.findings_title")), _findings(source, at)]
        if len(source.findings) > LISTED:
            blocks.append(Paragraph(words.text("page.more")))
    heads = (words.string("meta.title"), words.string("meta.short"), words.string("meta.description"))
    return Document("summary_text", meta(at, *heads, flowing=True), tuple(blocks))


def _findings(source: ReportSource, at: Context) -> Block:
    columns = (Column("text", "What we found"), Column("remedy", "What to do"), Column("cents", "Money", Unit.CENTS))
    rows = tuple(
        Row((item.text, item.remedy, item.cents), "body", f"{item.code}/{item.subject}")
        for item in source.findings[:LISTED]
    )
    shown = at.whole_dollars(Table("findings", "Findings", columns, rows), "page.findings")
    return in_words(shown, 2, at.words.string("page.unknown_money"))


REPORT = Report(
    id="summary_text",
    title="Plan at a glance",
    audience="whoever ran the plan",
    description="One page of text for the terminal.",
    formats=("txt",),
    build=build,
)
