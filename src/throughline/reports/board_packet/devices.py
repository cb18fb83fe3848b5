"""Pages about devices: what is replaced when, and what happens if it is not."""

from throughline.reports.compose import Context
from throughline.reports.document import Block, Paragraph

SERIES = {key: key for key in ("policy", "plan", "with_plan", "without_money")}


def schedule(at: Context) -> list[Block]:
    """What is bought, by item and year."""
    table, waves = at.source.table("refresh"), at.source.table("refresh_on_time")
    if table is None:
        return []
    out = at.opening("schedule")
    if waves:
        shown = at.table(waves, "schedule.chart_table", swatches=SERIES)
        out += [at.chart("schedule", "paired_years", shown), shown]
    short = {year: year.replace("FY20", "FY") for year in at.source.fiscal_years}
    out += [at.table(table, "schedule.table", heads=short), *at.small("schedule")]
    return [*out, *at.bullets("schedule", "text")]


def updates(at: Context) -> list[Block]:
    """When makers stop sending updates: known, past, and unknown, which is not the same as none."""
    table, lead = at.source.table("support"), at.words.find("updates.lead")
    if table is None or lead is None:
        return []
    return [*at.opening("updates"), at.table(table, "updates.table"), *at.bullets("updates", "text")]


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
        out.append(at.table(items, "ifnot.table"))
    fair = at.words.find("ifnot.fair")
    if fair:
        out += [at.heading("ifnot", "fair_title", 2), Paragraph(fair)]
    return out
