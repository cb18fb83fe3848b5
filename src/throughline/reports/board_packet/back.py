"""Last pages of the packet: open points, assumptions, words, notes."""

from throughline.engine.table import Column, Row, Table, Unit
from throughline.reports.compose import Context, in_words
from throughline.reports.document import Block, Paragraph, Terms

LISTED = 12  # findings printed; the workbook holds all
ASSUMPTION_COLUMNS = tuple(
    Column(key, label)
    for key, label in (
        ("label", "Input"),
        ("value", "What we used"),
        ("source", "Source"),
        ("date", "Date"),
        ("standing", "Status"),
    )
)


def back_pages(at: Context, short: bool) -> list[Block]:
    """Everything after the argument."""
    out = [*findings(at, LISTED // 2 if short else LISTED), *assumptions(at)]
    return [*out, *([] if short else glossary(at)), *notes(at, short)]


def findings(at: Context, listed: int) -> list[Block]:
    """The worst findings with the money they touch."""
    if not at.source.findings:
        return []
    rows = tuple(
        Row((item.text, item.remedy, item.cents), "body", f"{item.code}/{item.subject}")
        for item in at.source.findings[:listed]
    )
    columns = (Column("text", "What we found"), Column("remedy", "What to do"), Column("cents", "Money", Unit.CENTS))
    table = Table("findings", "Findings", columns, rows)
    rounded = in_words(at.whole_dollars(table, "findings.table"), 2, at.words.string("findings.unknown_money"))
    more = at.small("findings", "more") if len(at.source.findings) > listed else []
    return [*at.opening("findings"), rounded, *at.small("findings"), *more]


def assumptions(at: Context) -> list[Block]:
    """Inputs with source, date and status."""
    if not at.source.assumptions:
        return [at.heading("assumptions"), Paragraph(at.words.text("assumptions.none"))]
    columns = tuple(
        Column(column.key, column.label, Unit.DATE if column.key == "date" else Unit.TEXT)
        for column in ASSUMPTION_COLUMNS
    )
    order = ("the district's own", "verified", "secondary source")
    listed = sorted(
        at.source.assumptions,
        key=lambda item: order.index(item.standing) if item.standing in order else len(order),
    )
    rows = tuple(
        Row((item.label, item.value, item.source, item.date, shortly(at, item.standing)), "body", item.path)
        for item in listed
    )
    table = Table("assumptions", "Assumptions", columns, rows)
    shown = at.table(table, "assumptions.table")
    return [*at.opening("assumptions"), shown, *at.small("assumptions", "status")]


def shortly(at: Context, standing: str) -> str:
    """The status in one word, which the note under the table explains."""
    return str(at.words.raw("assumptions.standing").get(standing, standing))


def glossary(at: Context) -> list[Block]:
    """Words with their meanings, and how the file can be read."""
    terms = tuple(
        (word, at.words.choose({"say": meaning}, f"glossary.{word}") or ())
        for word, meaning in at.words.raw("glossary.terms")
    )
    return [
        *at.opening("glossary"),
        Terms(terms),
        at.heading("glossary", "access_title", 2),
        Paragraph(at.words.text("glossary.access")),
    ]


def notes(at: Context, short: bool) -> list[Block]:
    """How to read the figures, which run they come from, and what they are not."""
    out = at.opening("notes")
    for part in ("read", "run", "limits"):
        out += [at.heading("notes", f"{part}_title", 2), Paragraph(at.words.text(f"notes.{part}"))]
    if short:
        out += [at.heading("glossary", "access_title", 2), Paragraph(at.words.text("glossary.access"))]
    rules = at.source.table("fund_rules")
    if rules is not None:
        out.append(at.table(rules, "notes.rules", hide=("pays_for", "until")))
    return [*out, *at.small("notes", "packs"), *at.small("notes", "digest")]
