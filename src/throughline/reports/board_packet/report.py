"""The board packet: one page, one question; the title names it, the lead answers it with a figure, then picture and table.

A page appears when this run has what it needs. A small district gets the short form, which flows without a cover.
"""

from throughline.reports.base import Figure, Report, ReportSource
from throughline.reports.board_packet.back import back_pages
from throughline.reports.board_packet.devices import if_not, schedule, updates
from throughline.reports.board_packet.groups import student_groups
from throughline.reports.board_packet.money import by_category, by_fund, by_goal, cliffs, earlier, indirect
from throughline.reports.board_packet.opening import alternatives, cover, what_could_change
from throughline.reports.compose import Context, context, explanations, meta, notes_in
from throughline.reports.document import Block, Document
from throughline.reports.formats import DOLLAR
from throughline.reports.summary_page import summary_page

PACKAGE = "throughline.reports.board_packet"
SHORT_BELOW = 2_000_000 * DOLLAR  # cost of all years; below it a cover and a page per question are more paper than plan
PAGES = (
    summary_page,
    by_fund,
    by_category,
    earlier,
    indirect,
    schedule,
    updates,
    cliffs,
    by_goal,
    student_groups,
    alternatives,
    what_could_change,
    if_not,
)

FILLING = ("refresh", "cliffs", "by_goal")  # without any of them pages would hold a few lines each
SHORT_ONLY = (earlier,)  # it follows the cost where pages flow; a long packet has it among its notes
LONG_ONLY = (indirect, student_groups, alternatives, what_could_change)  # the workbook of a small district has them


def build(source: ReportSource) -> Document:
    """The packet of one run."""
    at = context(PACKAGE, source)
    blocks: list[Block] = [cover(at)]
    for page in PAGES:
        if page not in (LONG_ONLY if is_short(source) else SHORT_ONLY):
            blocks += page(at)
    blocks += back_pages(at, blocks, is_short(source))
    blocks += _how_made(at, blocks)
    words = at.words
    heads = (words.string("meta.title"), words.string("meta.short"), words.string("meta.description"))
    return Document("board_packet", meta(at, *heads, flowing=is_short(source)), tuple(blocks))


def is_short(source: ReportSource) -> bool:
    """Whether the run is small enough for the short form, or has too little to fill a page per question."""
    cost = source.figures.get("cost", Figure(0))
    return int(cost.value) < SHORT_BELOW or not any(source.table(name) for name in FILLING)


def _how_made(at: Context, blocks: list[Block]) -> list[Block]:
    noted = notes_in(blocks)
    if not noted:
        return []
    return [*at.opening("traces"), *explanations(at.source, noted)]


REPORT = Report(
    id="board_packet",
    title="Board packet",
    audience="school board, families, press",
    description="The plan in plain words: cost, who pays, what is not funded, when money ends, and what it rests on.",
    formats=("pdf", "docx", "pptx", "txt"),
    build=build,
)
