"""Pages about money: by fund, by category, indirect cost, funding cliffs, goals."""

from collections.abc import Sequence
from dataclasses import replace

from throughline.engine.refs import NO_GOAL, UNFUNDED
from throughline.engine.table import Table, Unit
from throughline.reports.base import Figure
from throughline.reports.compose import Context, horizon_position, in_words
from throughline.reports.document import Block, Heading, Lead, Paragraph
from throughline.reports.rollup import grouped

LONG = 11  # rows beyond which a chart and its table no longer fit one page


def by_fund(at: Context) -> list[Block]:
    """Who pays, by year, and what each fund may pay for."""
    table, rules = at.source.table("by_fund"), at.source.table("fund_rules")
    body = [row for row in table.rows if row.kind == "body"] if table else []
    if table is None or (rules is None and all(row.key == UNFUNDED for row in body)):
        return []
    shown = at.table(
        table, "funds.table", hide=("lasts",), emphasis={"UNFUNDED": "gap"}, swatches={"UNFUNDED": "unfunded"}
    )
    out = [*at.opening("funds"), shown]
    if rules:
        shown = at.table(rules, "funds.rules", hide=("source",))
        out.append(in_words(shown, rules.index("until"), at.words.string("funds.no_end")))
    # one fund that pays all is no news
    others = int(at.source.figures["funds"].value) - 1 if at.source.known("funds") else 0
    words = at.words.with_values(left=Figure(max(others, 0), Unit.COUNT))
    return [*out, *replace(at, words=words).bullets("funds", "notice")]


def by_category(at: Context) -> list[Block]:
    """What the money buys."""
    table = at.source.table("by_group") or at.source.table("by_category")
    if table is None or len(table.column("category")) < 2:
        return []
    shown = at.table(table, "categories.table")
    lead = at.words.with_values(**_largest(table)).find("categories.lead")
    return [
        at.heading("categories"),
        *([Lead(lead)] if lead else []),
        at.chart("categories", "bars", shown, _fewer_bars(len(shown.cells))),
        shown,
        *at.bullets("categories", "notice"),
    ]


def _largest(table: Table) -> dict[str, Figure]:
    """The rows that cost most and lack most, so that the sentence speaks of the rows the page shows."""
    body = [row for row in table.rows if row.kind == "body"]
    total, gap = table.index("total"), table.index("unfunded")
    dearest = max(body, key=lambda row: int(row.values[total] or 0))
    barest = max(body, key=lambda row: int(row.values[gap] or 0))
    return {
        "category": Figure(str(dearest.values[0]), Unit.TEXT),
        "amount": Figure(int(dearest.values[total] or 0)),
        "what": Figure(str(barest.values[0]), Unit.TEXT),
        "other": Figure(int(barest.values[gap] or 0)),
        "left": Figure(int(dearest is barest), Unit.COUNT),
    }


def _fewer_bars(rows: int) -> tuple[tuple[str, str], ...]:
    """Only the longest bars beside a long table, which lists all; fewer the longer it is, so that both fit one page."""
    return (("most", str(max(5, 20 - rows))),) if rows > LONG else ()


def indirect(at: Context) -> list[Block]:
    """Direct beside indirect cost, once, as memo."""
    table = at.source.table("tco")
    lead = at.words.find("tco.lead") if at.source.known("indirect") else None
    if table is None or lead is None or at.source.figures["indirect"].value == 0:
        return []
    short = _by_group(at, table) if len(table.rows) > LONG else table
    return [at.heading("tco"), Lead(lead), at.table(short, "tco.table"), *at.small("tco")]


def _by_group(at: Context, table: Table) -> Table:
    """Direct cost by group, as the page on categories shows it; what is indirect stays line by line."""
    groups = at.source.table("by_group")
    if groups is None:
        return table
    direct = table.index("direct")
    codes = [row.key for row in table.rows if row.kind == "body" and row.values[direct]]
    return grouped(
        table,
        [
            (row.key, str(row.values[0]), [code for code in codes if code.startswith(row.key)])
            for row in groups.rows
            if row.kind == "body"
        ],
    )


def cliffs(at: Context) -> list[Block]:
    """Recurring cost on money that ends."""
    rules, table = at.source.table("fund_rules"), at.source.table("cliffs")
    if table is None:
        return []
    out = at.opening("cliffs")
    if rules:
        until = rules.index("until")
        ends = {row.key: horizon_position(at.source, str(row.values[until])) for row in rules.rows if row.values[until]}
        options = [("year", year) for year in at.source.fiscal_years]
        options += [(f"at/{key}", str(place)) for key, place in ends.items() if place is not None]
        out.append(at.chart("cliffs", "timeline", at.table(rules, "funds.rules"), options))
    out.append(at.table(table, "cliffs.table", hide=quiet_years(table, at.source.fiscal_years)))
    return [*out, at.heading("cliffs", "closing_title", 2), Paragraph(at.words.text("cliffs.closing"))]


def quiet_years(table: Table, years: Sequence[str]) -> tuple[str, ...]:
    """Years in which a table has no amount at all; leaving them out changes no sum."""
    return tuple(year for year in years if not any(table.column(year)))


def earlier(at: Context) -> list[Block]:
    """What imported plans name before the plan: a part of a page, because it is history and no part of the plan."""
    table, said = at.source.table("earlier"), at.earlier()
    if table is None or not said:
        return []
    heading = Heading(2, at.common.string("earlier.title"))
    return [heading, *said, at.table(table, "earlier.table", widths=(46, 24, 12, 18))]


def by_goal(at: Context) -> list[Block]:
    """Which goals the money serves."""
    table = at.source.table("by_goal")
    if table is None or not at.source.known("goal_share"):
        return []
    shown = at.table(table, "goals.table")
    chart = at.chart("goals", "bars", shown, (("last", NO_GOAL),))
    return [*at.opening("goals"), chart, shown, *at.small("goals")]
