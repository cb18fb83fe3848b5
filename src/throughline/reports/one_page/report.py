"""The plan on one page, for people who read one page: the packet's own summary, what to know, what is asked."""

from throughline.reports.base import Report, ReportSource
from throughline.reports.compose import context, meta, one
from throughline.reports.document import Block, Bullets, Cover, Document, Heading
from throughline.reports.formats import long_date
from throughline.reports.summary_page import asks, lines_of, summary

PACKAGE = "throughline.reports.one_page"
CHART = 112  # points of the picture: what a page holds beside the texts
LINES = 5  # of requests and points together


def build(source: ReportSource) -> Document:
    """The summary of one run."""
    at = context(PACKAGE, source)
    words, district = at.words, source.district
    facts = (district.meeting, long_date(district.meeting_date), words.string("head.run"))
    head = Cover(
        words.string("head.kicker"),
        words.string("head.title"),
        words.string("head.years"),
        one(at.common.string("summary.lead")),
        None,
        tuple(fact for fact in facts if fact),
        "",
    )
    blocks: list[Block] = [head, *summary(at, CHART)]
    asked = asks(at)
    if asked:
        title = Heading(1, at.common.string("onepage.asks_title"))
        blocks += [title, Bullets(tuple(one(line) for line in asked), numbered=True)]
    room = LINES - lines_of(asked)
    if points := words.list("know.points")[: max(room, 0)]:
        blocks += [Heading(1, words.string("know.title")), Bullets(points)]
    heads = (words.string("meta.title"), words.string("meta.short"), words.string("meta.description"))
    return Document("one_page", meta(at, *heads, flowing=True), tuple(blocks))


REPORT = Report(
    id="one_page",
    title="One-page summary",
    audience="families, press, council, anyone with two minutes",
    description="The plan on one page: cost, who pays, what is not funded, what the board is asked to do.",
    formats=("pdf", "docx", "txt"),
    build=build,
)
