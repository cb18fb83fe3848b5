"""The board agenda item: every part a board expects (request, cost, funds, choices, resolution); a part nobody gave is named.

Parts and order follow common board templates (GFOA capital planning practice adds alternatives and cost after grants).
"""

from collections.abc import Callable
from dataclasses import replace

from throughline.engine.table import Column, Row, Table, Unit
from throughline.reports.base import Figure, Report, ReportSource
from throughline.reports.choices import doing_nothing
from throughline.reports.compose import Context, context, in_words, meta, one, with_dates
from throughline.reports.document import Block, Bullets, Cover, Document, Heading, Lead, Missing, Paragraph, plain
from throughline.reports.formats import long_date
from throughline.reports.rollup import largest
from throughline.reports.vocabulary import TEXTS

PACKAGE = "throughline.reports.board_agenda"
ACCOUNTS_LISTED = 12
PURCHASES_LISTED = 10
Part = Callable[[Context], list[Block]]


def build(source: ReportSource) -> Document:
    """The agenda item of one run."""
    at = context(PACKAGE, source)
    words = at.words
    blocks: list[Block] = [_head(at), Lead(at.common.text("summary.lead"))]
    missing = []
    for name, part in PARTS:
        if found := part(at):
            blocks += [Heading(1, words.string(f"{name}.title")), *found]
        else:
            missing.append(_missing(at, name))
    if missing:
        blocks += [Heading(1, words.string("missing.title")), Paragraph(words.text("missing.lead")), *missing]
    blocks.append(Paragraph(words.text("notes.read"), small=True))
    heads = (words.string("meta.title"), words.string("meta.short"), words.string("meta.description"))
    return Document("board_agenda", meta(at, *heads, flowing=True), tuple(blocks))


def _head(at: Context) -> Cover:
    district, words = at.source.district, at.words
    number = words.with_values(items=Figure(district.agenda_number, Unit.TEXT)).string("head.item")
    facts = (
        district.meeting,
        long_date(district.meeting_date),
        number if district.agenda_number else "",
        district.author,
        words.string("head.run"),
    )
    return Cover(
        words.string("head.kicker"),
        words.string("head.title"),
        words.string("head.years"),
        one(at.common.string("summary.lead")),
        None,
        tuple(fact for fact in facts if fact),
        words.string("head.contents"),
    )


def _missing(at: Context, name: str) -> Missing:
    what = TEXTS.get(name, "what this part should say")
    values = {"items": Figure(name, Unit.TEXT), "what": Figure(what, Unit.TEXT)}
    return Missing(at.words.string(f"{name}.title"), at.words.with_values(**values).string("missing.remedy"))


def _written(at: Context, name: str) -> list[Block]:
    """What a person wrote: one line is a paragraph, several are a list."""
    lines = [line.strip() for line in at.source.texts.get(name, "").splitlines() if line.strip()]
    if not lines:
        return []
    return [Paragraph(one(lines[0]))] if len(lines) == 1 else [Bullets(tuple(one(line) for line in lines))]


def _text(name: str, *derived: str) -> Part:
    """A part that people write, with sentences the run can add."""

    def part(at: Context) -> list[Block]:
        found = (at.words.find(f"{name}.{key}") for key in derived)
        return [*_written(at, name), *(Paragraph(text) for text in found if text)]

    return part


def _cost(at: Context) -> list[Block]:
    figures, words = at.source.figures, at.words
    rows = [
        (words.find(f"cost.{label}"), figures.get(name))
        for label, name in (
            ("first", "cost_first_year"),
            ("all", "cost"),
            ("not_funded", "gap"),
            ("student", "per_student"),
        )
    ]
    body = tuple(Row((plain(label), figure.value)) for label, figure in rows if label and figure)
    table = Table("cost", "Cost", (Column("what", "What"), Column("cents", "Amount", Unit.CENTS)), body)
    return [*([at.whole_dollars(table, "cost.table", widths=(70, 30))] if body else []), *at.earlier()]


def _funds(at: Context) -> list[Block]:
    table, accounts = at.source.table("by_fund"), at.source.table("by_account")
    out: list[Block] = []
    if table:
        out.append(
            at.table(
                table, "funds.table", hide=("lasts",), emphasis={"UNFUNDED": "gap"}, swatches={"UNFUNDED": "unfunded"}
            )
        )
    else:
        out.append(Missing(at.words.string("missing.what"), at.words.string("funds.no_funds")))
    if accounts:
        short = largest(accounts, ACCOUNTS_LISTED, "total", at.words.string("funds.other_accounts"))
        out.append(at.table(short, "funds.accounts"))
        if short is not accounts:
            out.append(Paragraph(at.words.text("funds.many_accounts"), small=True))
    else:
        out.append(Missing(at.words.string("missing.what"), at.words.string("funds.no_accounts")))
    return out


def _alternatives(at: Context) -> list[Block]:
    table = at.source.table("alternatives")
    out = _written(at, "alternatives")
    if table:
        picked = {row.key: "pick" for row in table.rows if row.key == "recommended"}
        shown = at.table(table, "alternatives.table", emphasis=picked, alone=True)
        out.append(in_words(shown, table.index("late"), at.words.string("alternatives.not_counted")))
    values = doing_nothing(table) if table else {}
    nothing = at.words.with_values(**values).find("alternatives.nothing")
    return [*out, *([Paragraph(nothing)] if nothing else [])]


def _after(at: Context) -> list[Block]:
    table, whole = at.source.table("cliffs"), at.words.find("after.whole")
    out: list[Block] = [Paragraph(whole)] if whole else []
    if table:
        quiet = tuple(year for year in at.source.fiscal_years if not any(table.column(year)))
        return [*out, at.table(table, "after.table", hide=quiet), *at.small("after")]
    known = at.source.known("cliffs")
    return [*out, Paragraph(at.words.text("after.none" if known else "after.unknown"))]


def _procurement(at: Context) -> list[Block]:
    """What people wrote, and the method the thresholds ask for, for the purchases of the first year that has any."""
    out, table = _written(at, "procurement"), at.source.table("purchases")
    if table is None:
        return out
    year, approval = str(table.rows[0].values[table.index("year")]), table.index("approval")
    rows = tuple(row for row in table.rows if row.values[table.index("year")] == year)
    ask = sum(row.values[approval] == "needed" for row in rows)
    values = {"year": Figure(year, Unit.TEXT), "count": Figure(len(rows), Unit.COUNT), "left": Figure(ask, Unit.COUNT)}
    words = at.words.with_values(**values)
    listed = replace(at, words=words).whole_dollars(
        replace(table, rows=rows[:PURCHASES_LISTED]),
        "procurement.table",
        hide=("year", "rule"),
        widths=(42, 16, 27, 15),
    )
    out += [Paragraph(words.text("procurement.counted")), listed]
    return [*out, Paragraph(words.text("procurement.more"), small=True)] if len(rows) > PURCHASES_LISTED else out


def _risk(at: Context) -> list[Block]:
    worst = [item for item in at.source.findings if item.severity == "error"][:3]
    points = at.words.find("risk.points")
    listed: list[Block] = (
        [Bullets(tuple(one(with_dates(f"{item.text} {item.remedy}")) for item in worst))] if worst else []
    )
    return [*_written(at, "risk"), *([Paragraph(points)] if points else []), *listed]


def _resolution(at: Context) -> list[Block]:
    words = at.words.with_values(items=Figure(at.source.district.superintendent_title, Unit.TEXT))
    found = (words.find(f"resolution.{key}") for key in ("whereas_1", "whereas_2", "whereas_3", "resolved"))
    return [*(Paragraph(text) for text in found if text), Paragraph(words.text("resolution.note"), small=True)]


def _attachments(at: Context) -> list[Block]:
    given = [line.strip() for line in at.source.texts.get("attachments", "").splitlines() if line.strip()]
    return [Bullets((*at.words.list("attachments.standard"), *(one(line) for line in given)))]


PARTS: tuple[tuple[str, Part], ...] = (
    ("action", _text("action")),
    ("why_now", _text("why_now", "updates", "cliff")),
    ("goal_link", _text("goal_link", "share")),
    ("cost", _cost),
    ("funds", _funds),
    ("procurement", _procurement),
    ("alternatives", _alternatives),
    ("after", _after),
    ("equity", _text("equity")),
    ("risk", _risk),
    ("timeline", _text("timeline")),
    ("measure", _text("measure")),
    ("legal_authority", _text("legal_authority")),
    ("recommendation", _text("recommendation")),
    ("resolution", _resolution),
    ("attachments", _attachments),
)
REPORT = Report(
    id="board_agenda",
    title="Board agenda item",
    audience="school board, superintendent, clerk of the board",
    description="The item for the agenda: request, cost, funds, choices, draft resolution; what is missing is named.",
    formats=("pdf", "docx", "txt"),
    build=build,
)
