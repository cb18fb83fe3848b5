"""Pages about devices: what is replaced when, and what happens if it is not."""

from throughline.reports.compose import Context
from throughline.reports.document import Block, Paragraph

SERIES = {key: key for key in ("policy", "plan", "with_plan", "without_money")}


def schedule(at: Context) -> list[Block]:
    """What is bought, by item and year."""
    table, waves, support = (at.source.table(name) for name in ("refresh", "refresh_on_time", "support"))
    if table is None:
        return []
    out = at.opening("schedule")
    if waves:
        shown = at.table(waves, "schedule.chart_table", swatches=SERIES)
        out += [at.chart("schedule", "paired_years", shown), shown]
    short = {year: year.replace("FY20", "FY") for year in at.source.fiscal_years}
    out += [at.table(table, "schedule.table", heads=short), *at.small("schedule")]
    if support:
        out.append(at.table(support, "schedule.support"))
    return [*out, *at.bullets("schedule", "text")]


def if_not(at: Context) -> list[Block]:
    """What is lost when the part not funded stays so."""
    lead = at.words.find("ifnot.lead")
    if lead is None:
        return []
    late, items = at.source.table("late"), at.source.table("unfunded_items")
    out = at.opening("ifnot")
    if late:
        shown = at.table(late, "ifnot.chart_table", swatches=SERIES)
        out += [at.chart("ifnot", "paired_years", shown), shown]
    if items:
        out.append(at.table(items, "ifnot.table"))
    return [*out, at.heading("ifnot", "fair_title", 2), Paragraph(at.words.text("ifnot.fair"))]
