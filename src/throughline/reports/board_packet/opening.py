"""First pages of the packet: cover, the plan on one page, choices, and what could change."""

from collections.abc import Sequence

from throughline.engine.table import Row, Table, Unit
from throughline.reports.base import Figure
from throughline.reports.choices import doing_nothing
from throughline.reports.compose import Context, in_words, one
from throughline.reports.document import Block, Bullets, Cover, Figures, Lead, Text, plain
from throughline.reports.formats import long_date
from throughline.reports.words import slots

HIGHEST, LOWEST, LINE = 226, 130, 17  # points: chart of the first page, and what a line of text costs it
SPARE_LINES = 6  # of lead and request together, that the page holds beside the tallest chart
LEAD_LETTERS, TEXT_LETTERS = 68, 78  # in a line
SOURCES = {key: key for key in ("general", "renewing", "ending", "unfunded")}


def cover(at: Context) -> Cover:
    """Title, summary sentence, contents and the facts of the meeting."""
    source, words = at.source, at.words
    share = source.figures.get("funded_share")
    lead = at.common.text("summary.lead")
    return Cover(
        words.string("cover.kicker"),
        words.string("cover.heading"),
        words.string("cover.years"),
        tuple(one(plain(lead))),
        int(share.value) if share else None,
        meeting_facts(at),
        words.string("cover.contents"),
    )


def meeting_facts(at: Context) -> tuple[str, ...]:
    """What is known about the meeting; what nobody gave is left out."""
    district, words = at.source.district, at.words
    item = words.with_values(items=Figure(district.agenda_number, Unit.TEXT)).string("cover.item")
    facts = (
        district.meeting,
        long_date(district.meeting_date),
        item if district.agenda_number else "",
        district.author,
        words.string("cover.run"),
        district.contact,
    )
    return tuple(fact for fact in facts if fact)


def one_page(at: Context) -> list[Block]:
    """The whole plan on one page: sentence, key figures, years by source, and what the board is asked to do."""
    out: list[Block] = [at.heading("onepage"), Lead(at.common.text("summary.lead"))]
    out += _numbers(at)
    asked = [line.strip() for line in at.source.texts.get("action", "").splitlines() if line.strip()]
    table = at.source.table("by_source")
    if table:
        shown = at.table(table, "onepage.table", emphasis={"unfunded": "gap"}, swatches=SOURCES)
        out += [at.chart("onepage", "stacked_years", shown, (("height", str(_room(at, asked))),)), shown]
    if asked:
        out += [at.heading("onepage", "asks_title", 2), Bullets(tuple(one(line) for line in asked), numbered=True)]
        return [*out, *at.small("onepage", "asks_note")]
    return [*out, *at.small("onepage", "no_ask")]


def _room(at: Context, asked: Sequence[str]) -> int:
    """Height of the chart in points: less the longer the texts are, so that the page stays one page."""
    lead = -(-len(at.common.string("summary.lead")) // LEAD_LETTERS)
    lines = sum(-(-len(line) // TEXT_LETTERS) for line in asked)
    return max(LOWEST, HIGHEST - LINE * max(0, lead + lines - SPARE_LINES))


def _numbers(at: Context) -> list[Block]:
    items = []
    for figure, label in at.words.raw("onepage.numbers"):
        names = [name for name, _ in slots(figure)]
        shown, said = (
            at.words.choose({"say": words, "when": " ".join(names)}, "onepage.numbers") for words in (figure, label)
        )
        if shown and said:
            items.append((shown, plain(said)))
    return [Figures(tuple(items))] if items else []


def alternatives(at: Context) -> list[Block]:
    """Plans compared, doing nothing among them, and what each would mean."""
    table = at.source.table("alternatives")
    if table is None:
        return []
    picked = {row.key: "pick" for row in table.rows if row.key == "recommended"}
    shown = at.table(table, "alternatives.table", emphasis=picked, alone=True)
    shown = in_words(shown, table.index("late"), at.words.string("alternatives.not_counted"))
    means = [text for row in table.rows if (text := _meaning(at, table, row))]
    lead = at.words.with_values(**doing_nothing(table)).text("alternatives.lead")
    out: list[Block] = [at.heading("alternatives"), Lead(lead), shown]
    return [*out, at.heading("alternatives", "mean_title", 2), Bullets(tuple(means))] if means else out


def _meaning(at: Context, table: Table, row: Row) -> Text | None:
    """What a choice would mean, when words know its key: compared with the plan itself."""
    node = at.words.raw("alternatives.mean").get(row.key)
    if node is None:
        return None
    cost = table.index("cost")
    first = int(table.rows[0].values[cost] or 0)
    late = row.values[table.index("late")]
    values = {
        "what": Figure(str(row.values[0]), Unit.TEXT),
        "amount": Figure(first - int(row.values[cost] or 0)),
        "other": Figure(int(row.values[table.index("unfunded")] or 0)),
        **({"count": Figure(late, Unit.COUNT)} if isinstance(late, int) else {}),
    }
    return at.words.with_values(**values).choose(node, f"alternatives.mean.{row.key}")


def what_could_change(at: Context) -> list[Block]:
    """What moves the cost of the plan."""
    table = at.source.table("drivers")
    if table is None:
        return []
    shown = at.table(table, "risk.table", alone=True)
    low, high = table.index("lower"), table.index("higher")
    row = max(table.rows, key=lambda row: max(abs(int(row.values[j] or 0)) for j in (low, high)))
    most = max((int(row.values[j] or 0) for j in (low, high)), key=abs)
    values = {"what": Figure(str(row.values[0]), Unit.TEXT), "amount": Figure(abs(most))}
    lead = at.words.with_values(**values).text("risk.lead")
    return [at.heading("risk"), Lead(lead), at.chart("risk", "diverging", shown), shown, *at.small("risk")]
