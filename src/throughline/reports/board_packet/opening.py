"""First pages of the packet: cover, choices, and what could change."""

from throughline.engine.table import Row, Table, Unit
from throughline.reports.base import Figure
from throughline.reports.choices import doing_nothing
from throughline.reports.compose import Context, in_words, one
from throughline.reports.document import Block, Bullets, Cover, Lead, Text, plain
from throughline.reports.formats import long_date


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
