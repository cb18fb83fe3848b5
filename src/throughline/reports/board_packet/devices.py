"""Pages about devices: what is replaced when, and what happens if it is not."""

from dataclasses import replace

from throughline.engine.table import Table, Unit
from throughline.reports.base import Figure
from throughline.reports.compose import Context, in_words
from throughline.reports.document import Block, Lead, Paragraph, TableBlock
from throughline.reports.rollup import largest
from throughline.reports.show import UNKNOWN

SERIES = {key: key for key in ("policy", "plan", "with_plan", "without_money")}


FULL = 19  # rows of the schedule that still leave room for what to notice
LISTED = 8  # rows of what is not paid for; the rest is one row


def schedule(at: Context) -> list[Block]:
    """What is bought, by item and year, and why."""
    table, waves, why = (at.source.table(name) for name in ("refresh", "refresh_on_time", "refresh_why"))
    if table is None:
        return []
    out = at.opening("schedule")
    if waves:
        shown = at.table(waves, "schedule.chart_table", swatches=SERIES)
        out += [at.chart("schedule", "paired_years", shown), shown]
    elif why:
        shown = at.table(why, "schedule.why")
        out += [at.chart("schedule", "years", _total_alone(shown)), shown]
    short = {year: year.replace("FY20", "FY") for year in at.source.fiscal_years}
    shown = in_words(at.table(table, "schedule.table", heads=short), table.index("unit_price"), UNKNOWN)
    words = at.words.with_values(count=Figure(_unpriced(at, table), Unit.COUNT))
    notice = replace(at, words=words).bullets("schedule", "text")
    # a table that fills the page stands last, so that no page holds the notice alone
    return (
        [*out, *notice, shown, *at.small("schedule")]
        if len(table.rows) > FULL
        else [*out, shown, *at.small("schedule"), *notice]
    )


def _total_alone(shown: TableBlock) -> TableBlock:
    """The total row as the only series, for a chart of it."""
    last = len(shown.cells) - 1
    row = replace(shown.table.rows[last], kind="body", key="plan")
    return replace(shown, table=replace(shown.table, rows=(row,)), cells=(shown.cells[last],))


def _unpriced(at: Context, table: Table) -> int:
    """Devices to buy whose price nobody knows."""
    price, years = table.index("unit_price"), [table.index(year) for year in at.source.fiscal_years]
    body = [row for row in table.rows if row.kind == "body" and row.values[price] is None]
    return sum(int(row.values[j] or 0) for row in body for j in years)


def updates(at: Context) -> list[Block]:
    """When makers stop sending updates: known, past, and unknown, which is not the same as none."""
    table = at.source.table("support")
    if table is None:
        return []
    first = table.index(at.source.fiscal_years[0])
    left = sum(int(row.values[first] or 0) for row in table.rows if row.kind == "body")
    lead = at.words.with_values(left=Figure(left, Unit.COUNT)).find("updates.lead")
    if lead is None:
        return []
    return [at.heading("updates"), Lead(lead), at.table(table, "updates.table"), *at.bullets("updates", "text")]


def if_not(at: Context) -> list[Block]:
    """What is lost when the part not funded stays so."""
    late, items = at.source.table("late"), at.source.table("unfunded_items")
    if at.words.find("ifnot.lead") is None or (late is None and items is None):
        return []
    out = at.opening("ifnot")
    if late:
        shown = at.table(late, "ifnot.chart_table", swatches=SERIES)
        out += [at.chart("ifnot", "paired_years", shown), shown]
    if items:
        short = largest(items, LISTED, "unfunded", at.words.string("ifnot.rest"))
        counted = any(row.values[items.index("units")] is not None for row in items.rows)
        shown = at.table(short, "ifnot.table", hide=() if counted else ("units",))
        out.append(in_words(shown, items.index("units"), at.words.string("ifnot.no_units")) if counted else shown)
    fair = at.words.find("ifnot.fair")
    if fair:
        out += [at.heading("ifnot", "fair_title", 2), Paragraph(fair)]
    return out
