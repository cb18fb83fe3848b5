"""First pages of the packet: cover, the plan on one page, choices, and what could change."""

from throughline.engine.table import Unit
from throughline.reports.base import Figure
from throughline.reports.compose import Context, one
from throughline.reports.document import Block, Bullets, Cover, Figures, Lead, plain
from throughline.reports.formats import long_date
from throughline.reports.words import slots

SOURCES = {key: key for key in ("general", "renewing", "ending", "unfunded")}


def cover(at: Context) -> Cover:
    """Title, summary sentence, contents and the facts of the meeting."""
    source, words = at.source, at.words
    share = source.figures.get("funded_share")
    lead = words.text("onepage.lead")
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
    out: list[Block] = [at.heading("onepage"), Lead(at.words.text("onepage.lead"))]
    out += _numbers(at)
    table = at.source.table("by_source")
    if table:
        shown = at.table(table, "onepage.table", emphasis={"unfunded": "gap"}, swatches=SOURCES)
        out += [at.chart("onepage", "stacked_years", shown), shown]
    asked = [line.strip() for line in at.source.texts.get("action", "").splitlines() if line.strip()]
    if asked:
        out += [at.heading("onepage", "asks_title", 2), Bullets(tuple(one(line) for line in asked), numbered=True)]
        return [*out, *at.small("onepage", "asks_note")]
    return [*out, *at.small("onepage", "no_ask")]


def _numbers(at: Context) -> list[Block]:
    items = []
    for figure, label in at.words.raw("onepage.numbers"):
        names = [name for name, _ in slots(figure)]
        found = (
            at.words.choose({"say": words, "when": " ".join(names)}, "onepage.numbers") for words in (figure, label)
        )
        shown = [plain(text) for text in found if text]
        if len(shown) == 2:
            items.append((shown[0], shown[1]))
    return [Figures(tuple(items))] if items else []


def alternatives(at: Context) -> list[Block]:
    """Plans compared, when the run holds a comparison."""
    table = at.source.table("alternatives")
    if table is None:
        return []
    picked = {row.key: "pick" for row in table.rows if row.key == "recommended"}
    return [*at.opening("alternatives"), at.table(table, "alternatives.table", emphasis=picked, alone=True)]


def what_could_change(at: Context) -> list[Block]:
    """What moves the part not funded."""
    table = at.source.table("drivers")
    if table is None:
        return []
    shown = at.table(table, "risk.table", alone=True)
    return [*at.opening("risk"), at.chart("risk", "diverging", shown), shown]
