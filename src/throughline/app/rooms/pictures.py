"""Charts of documents drawn for a screen: colours become the page's tokens, so that light, dark and print need no redraw."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from throughline.app.rooms.shown import Picture
from throughline.engine.refs import UNFUNDED
from throughline.engine.run import PlanResult
from throughline.engine.table import Row, Table
from throughline.reports.compose import Context, chart_labels, describe
from throughline.reports.document import Chart
from throughline.reports.formats import THOUSAND
from throughline.reports.show import shown_table
from throughline.reports.writers.charts import spec_of
from throughline.reports.writers.theme import (
    FUNDS,
    HAIR,
    HATCH,
    INK,
    MUTED,
    NAVY,
    OTHERS,
    ROLES,
    RUST,
    SAND,
    STEEL,
    WHITE,
)

LARGER = 1.4  # letters of a page beside those of print
SIZES = ("fontSize", "labelFontSize", "labelLimit", "labelPadding", "labelLineHeight", "dx")
TOKENS = {
    INK: "var(--tl-ink)",
    MUTED: "var(--tl-ink-3)",
    HAIR: "var(--tl-line)",
    WHITE: "var(--tl-surface)",
    RUST: "var(--tl-unfunded)",
    NAVY: "var(--tl-accent)",
    STEEL: "var(--tl-fund-erate)",
    SAND: "var(--tl-fund-bond)",
    HATCH: "url(#tl-hatch)",
    **{ROLES[role][0]: f"var(--tl-{role})" for role in (*FUNDS, OTHERS)},
}
OF_KIND = {
    "general": "fund-gf",
    "levy": "fund-levy",
    "bond": "fund-bond",
    "erate_c2": "fund-erate",
    "erate_c1": "fund-erate",
    "title_i_a": "fund-title",
    "title_ii_a": "fund-title",
    "title_iv_a": "fund-title",
    "esser3": "fund-title",
    "relief_one_time": "fund-title",
    "capital_improvement": "fund-state",
}


def fund_roles(result: PlanResult) -> dict[str, str]:
    """A colour for each fund, the usual one of its kind first, and no two funds share one.

    Where a plan has more funds than there are colours, those that pay most have one and the rest are told as others.
    """
    paid = {fund: sum(years.values()) for fund, years in result.allocation.by_fund_year().items()}
    ranked = sorted(result.allocation.owners, key=lambda item: (-paid.get(item.fund.id, 0), item.order))
    coloured = {item.fund.id for item in ranked[: len(FUNDS)]}
    found: dict[str, str] = {}
    for owner in sorted(result.allocation.owners, key=lambda item: (item.rule.id not in OF_KIND, item.order)):
        if owner.fund.id not in coloured:
            found[owner.fund.id] = OTHERS
            continue
        usual = OF_KIND.get(owner.rule.id, FUNDS[-1])
        free = [role for role in FUNDS if role not in found.values()]
        found[owner.fund.id] = usual if usual in free else free[-1]
    return found | {UNFUNDED: "unfunded"}


def funds_picture(chart: Chart, by_fund: Table, roles: Mapping[str, str]) -> Picture:
    """The chart of cost by year, stacked by fund in place of how long the money lasts; labels on what is not funded only."""
    keep = [i for i, column in enumerate(by_fund.columns) if column.key != "lasts"]
    order = {role: place for place, role in enumerate((*FUNDS, OTHERS, "unfunded"))}
    body = sorted((row for row in by_fund.rows if row.kind == "body"), key=lambda row: (order[roles[row.key]], row.key))
    rows = _others_as_one([replace(row, values=tuple(row.values[i] for i in keep), key=roles[row.key]) for row in body])
    total = [replace(r, values=tuple(r.values[i] for i in keep)) for r in by_fund.rows if r.kind == "total"]
    table = replace(by_fund, columns=tuple(by_fund.columns[i] for i in keep), rows=(*rows, *total))
    said = {row.key or row.kind: labels for row, labels in zip(chart.table.rows, chart.labels, strict=True)}
    labels = tuple(said.get(row.key or row.kind, ("",) * len(keep)) for row in table.rows)
    return picture(replace(chart, table=table, labels=labels))


def _others_as_one(rows: Sequence[Row]) -> list[Row]:
    """Rows of one colour as one band: bars too thin to tell apart say less than their sum."""
    others = [row for row in rows if row.key == OTHERS]
    if len(others) < 2:
        return list(rows)
    amounts = zip(*(row.values[1:] for row in others), strict=True)
    band = replace(others[0], values=("Other funds", *(sum(int(cents or 0) for cents in year) for year in amounts)))
    return [*(row for row in rows if row.key in FUNDS), band, *(row for row in rows if row.key not in (*FUNDS, OTHERS))]


def picture_of(at: Context, table: Table, caption: str, kind: str, options: Sequence[tuple[str, str]] = ()) -> Picture:
    """A chart of a table, with its labels and words as documents make them."""
    shown = shown_table(table, caption, at.frame)
    labels = chart_labels(shown, at.frame)
    unit = "Millions of dollars" if at.frame.unit == THOUSAND else "Dollars"
    return picture(Chart(caption, unit, kind, table, labels, describe(at.common, kind, shown, labels), tuple(options)))


def picture(chart: Chart) -> Picture:
    """A chart for a screen."""
    return drawn(spec_of(chart), chart.caption, chart.alt, chart.unit)


def drawn(specification: Mapping[str, Any], caption: str, alt: str, unit: str = "") -> Picture:
    """A specification of print drawn for a screen."""
    spec = _screen(specification)
    spec["width"] = "container"
    spec["height"] = round(spec["height"] * LARGER)
    return Picture(spec, caption, unit, alt)


def _screen(node: Any, name: str = "") -> Any:
    if isinstance(node, Mapping):
        return {key: _screen(value, key) for key, value in node.items()}
    if isinstance(node, str):
        return TOKENS.get(node, node)
    if isinstance(node, Sequence):
        return [_screen(value) for value in node]
    return round(node * LARGER, 1) if name in SIZES else node
