"""A letter about the plan to families, staff and neighbors, ready to edit: plain words, the packet's figures, no name invented."""

from throughline.engine.table import Unit
from throughline.reports.base import Figure, Report, ReportSource
from throughline.reports.compose import Context, context, meta, one
from throughline.reports.document import Block, Bullets, Document, Heading, Paragraph, Span, Text
from throughline.reports.formats import long_date
from throughline.reports.summary_page import asks

PACKAGE = "throughline.reports.letter"


def build(source: ReportSource) -> Document:
    """The letter of one run; who signs is the district's to fill in."""
    at = context(PACKAGE, source)
    words, district = at.words, source.district
    blocks: list[Block] = [
        Heading(1, words.string("letter.subject")),
        Paragraph(one(long_date(source.as_of.isoformat()))),
        Paragraph(words.text("letter.greeting")),
        Paragraph(words.text("letter.opening")),
        Paragraph(_joined(at.common.find("summary.lead"), words.find("letter.student"))),
    ]
    found = (words.find(f"letter.{name}") for name in ("buys", "waits", "goals"))
    blocks += [Paragraph(text) for text in found if text]
    blocks += _request(at)
    blocks.append(Paragraph(words.text("letter.more")))
    blocks.append(Paragraph(_joined(words.text("letter.ask"), one(district.contact) if district.contact else None)))
    blocks.append(Paragraph(words.text("letter.closing")))
    blocks.append(Paragraph(one(f"{district.superintendent_title}, {district.name}")))
    heads = (words.string("meta.title"), words.string("meta.short"), words.string("meta.description"))
    return Document("letter", meta(at, *heads, flowing=True), tuple(blocks))


def _request(at: Context) -> list[Block]:
    if not (asked := asks(at)):
        return []
    day = at.source.district.meeting_date
    dated = at.words.with_values(when=Figure(day, Unit.DATE)).find("letter.meeting") if day else None
    return [
        Paragraph(_joined(at.words.text("letter.board"))),
        Bullets(tuple(one(line) for line in asked), numbered=True),
        Paragraph(_joined(dated, at.words.text("letter.no_vote"))),
    ]


def _joined(*texts: Text | None) -> Text:
    """Texts that are known, one after the other; notes stay on paper that lists them."""
    found = [Span(span.text, span.strong) for text in texts if text for span in (*text, Span(" "))]
    return tuple(found[:-1])


REPORT = Report(
    id="letter",
    title="Letter to families",
    audience="families, staff, neighbors",
    description="A letter about the plan in plain words, to edit and sign: what it buys, what it costs, what is not settled.",
    formats=("docx", "pdf", "txt"),
    build=build,
)
