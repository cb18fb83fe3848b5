"""Large documents for the benchmark: the test district's packet with a page for each of many schools, and many cost lines."""

from dataclasses import replace

from tests.reports.sample_source import YEARS, by_source, source
from throughline.engine.table import Row, Table
from throughline.reports.base import ReportSource, report
from throughline.reports.compose import context
from throughline.reports.document import Block, Document, Heading, Lead, Span

SCHOOLS = 26


def long_packet() -> Document:
    """The packet, then a page with chart and table for each school; no two schools are alike, so nothing is cached."""
    made = source()
    packet = report("board_packet").build(made)
    at = context("throughline.reports.board_packet", made)
    blocks: list[Block] = list(packet.blocks)
    for school in range(SCHOOLS):
        table = _scaled(by_source(), school + 3, 40)
        shown = at.table(table, "onepage.table", emphasis={"unfunded": "gap"})
        blocks += [
            Heading(1, f"School {school + 1}"),
            Lead((Span("What this school costs, and who pays."),)),
            at.chart("onepage", "stacked_years", shown),
            shown,
        ]
    return replace(packet, blocks=tuple(blocks))


def _scaled(table: Table, part: int, of: int) -> Table:
    """The table with every amount scaled down, totals computed anew."""
    body = [row for row in table.rows if row.kind == "body"]
    rows = []
    for row in body:
        years = [int(value or 0) * part // of for value in row.values[1:-1]]
        rows.append(Row((row.values[0], *years, sum(years)), "body", row.key))
    return replace(table, rows=tuple(rows)).with_total("Plan cost")


def workbook_source(lines: int) -> ReportSource:
    """The test district; its first cost line cut into `lines` parts of the same sum."""
    made = source()
    if not lines:
        return made
    table = made.tables["cost_lines"]
    first, rest = table.rows[0], table.rows[1:]
    each, left = divmod(int(first.values[-1] or 0), lines)
    cut = tuple(
        Row((f"sample/0/{YEARS[0]}/{i}", *first.values[1:-1], each + (i < left)), "body", f"cut/{i}")
        for i in range(lines)
    )
    return replace(made, tables={**made.tables, "cost_lines": replace(table, rows=(*cut, *rest))})
