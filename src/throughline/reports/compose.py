"""Shared building of reports: the context of one document, tables with captions, charts with their words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from throughline.engine.calendar import FiscalYear
from throughline.engine.refs import NO_GOAL
from throughline.engine.table import Row, Table, Unit, Value
from throughline.reports.base import DISCLAIMER, Figure, ReportSource
from throughline.reports.document import (
    Block,
    Bullets,
    Chart,
    ExplanationBlock,
    Figures,
    Heading,
    Lead,
    Mark,
    Meta,
    Paragraph,
    Span,
    TableBlock,
    Terms,
    Text,
    plain,
)
from throughline.reports.formats import DOLLAR, MILLION, MINUS, THOUSAND, decimals, long_date
from throughline.reports.rounding import half_up
from throughline.reports.show import UNKNOWN, Frame, frame_of, shown_table
from throughline.reports.words import Words, load

COMMON = "throughline.reports"
ISO_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
# Tables whose lines other tables repeat, finest first: what they show is kept by all pages after them.
FIRST_SHOWN = ("cliffs", "by_category", "by_group", "by_site")


@dataclass(frozen=True)
class Context:
    """What the pages of one document share."""

    source: ReportSource
    words: Words
    common: Words
    frame: Frame

    def heading(self, page: str, key: str = "title", level: int = 1) -> Heading:
        """A heading from the words file."""
        return Heading(level, self.words.string(f"{page}.{key}"))

    def opening(self, page: str) -> list[Block]:
        """Title and lead of a page."""
        lead = self.words.find(f"{page}.lead")
        return [self.heading(page), *([Lead(lead)] if lead else [])]

    def bullets(self, page: str, key: str, numbered: bool = False) -> list[Block]:
        """A titled list, nothing when no item fits; the title stands at `<key>_title`."""
        items = self.words.list(f"{page}.{key}")
        return [self.heading(page, f"{key}_title", 2), Bullets(items, numbered)] if items else []

    def small(self, page: str, key: str = "note") -> list[Block]:
        """A note in small type, where it fits."""
        text = self.words.find(f"{page}.{key}")
        return [Paragraph(text, small=True)] if text else []

    def earlier(self) -> list[Block]:
        """What imported plans name before the plan's first year, in one sentence; nothing when they name nothing."""
        text = self.common.find("earlier.say")
        return [Paragraph(text)] if text else []

    def table(self, table: Table, caption: str, **more: Any) -> TableBlock:
        """A table under a caption from the words file."""
        return shown_table(table, self.words.string(caption), self.frame, **more)

    def whole_dollars(self, table: Table, caption: str, **more: Any) -> TableBlock:
        """A table of amounts that are not part of the plan's sums, each in whole dollars."""
        rows = tuple(
            Row(tuple(_dollars(v, c.unit) for v, c in zip(row.values, table.columns, strict=True)), row.kind, row.key)
            for row in table.rows
        )
        return self.table(replace(table, rows=rows), caption, **more)

    def chart(self, page: str, kind: str, shown: TableBlock, options: Sequence[tuple[str, str]] = ()) -> Chart:
        """A chart of a shown table, with `chart` and `unit` of the page and words made from its own labels."""
        labels = chart_labels(shown, self.frame)
        alt = describe(self.common, kind, shown, labels)
        unit = self.words.find(f"{page}.unit")
        said = "".join(span.text for span in unit) if unit else ""
        return Chart(self.words.string(f"{page}.chart"), said, kind, shown.table, labels, alt, tuple(options))


def context(package: str, source: ReportSource) -> Context:
    """The context of one document of a report package."""
    cost = source.figures.get("cost")
    frame = frame_of(source.fiscal_years, int(cost.value) if cost else None, source.table("by_fund"))
    for name in FIRST_SHOWN:
        if (table := source.table(name)) is not None:
            shown_table(table, "", frame)
    scale = "Millions of dollars" if frame.unit == THOUSAND else "Dollars"
    unit = {"money_unit": Figure(frame.unit_name, Unit.TEXT), "chart_unit": Figure(scale, Unit.TEXT)}
    return Context(source, load(package, source).with_values(**unit), load(COMMON, source).with_values(**unit), frame)


def meta(at: Context, title: str, short: str, description: str, flowing: bool) -> Meta:
    """What belongs to the whole document, from the district's facts."""
    district = at.source.district
    logo = district.logo
    return Meta(
        title=title,
        short=short,
        district=district.name,
        description=description,
        run=at.source.run_id,
        disclaimer=DISCLAIMER,
        date=at.source.as_of.isoformat(),
        author=district.author,
        keywords=("technology plan", "school board", "budget"),
        sample=at.common.string("label.sample") if district.sample else "",
        mark=Mark(logo.format, logo.data, logo.alt) if logo else None,
        flowing=flowing,
    )


def in_words(shown: TableBlock, column: int, words: str) -> TableBlock:
    """The table with `words` where a body cell of this column is empty."""
    kinds = [row.kind for row in shown.table.rows]
    cells = tuple(
        tuple(words if j == column and cell in ("", UNKNOWN) and kind == "body" else cell for j, cell in enumerate(row))
        for row, kind in zip(shown.cells, kinds, strict=True)
    )
    return replace(shown, cells=cells)


def _dollars(value: Value, unit: Unit) -> Value:
    return half_up(value, DOLLAR) * DOLLAR if unit is Unit.CENTS and isinstance(value, int) else value


def chart_labels(shown: TableBlock, frame: Frame) -> tuple[tuple[str, ...], ...]:
    """What marks print: millions with two decimals when the document's unit is thousands, the shown cell otherwise."""
    columns = shown.table.columns
    return tuple(
        tuple(_label(row.values[j], column.unit, cells[j], frame) for j, column in enumerate(columns))
        for row, cells in zip(shown.table.rows, shown.cells, strict=True)
    )


def _label(value: str | int | None, unit: Unit, cell: str, frame: Frame) -> str:
    if unit is not Unit.CENTS or not isinstance(value, int):
        return cell
    if frame.unit != THOUSAND:
        if "$" in cell or cell in ("", "0"):
            return cell
        return MINUS + "$" + cell[1:] if cell.startswith(MINUS) else "$" + cell
    sign = "\N{MINUS SIGN}" if value < 0 else ""
    return f"{sign}${decimals(abs(value), MILLION, 2)}"


def describe(common: Words, kind: str, shown: TableBlock, labels: Sequence[Sequence[str]]) -> str:
    """The words for a chart, from the very labels it prints."""
    items = "; ".join(DESCRIBE[kind](shown, labels))
    return common.with_values(items=Figure(items, Unit.TEXT)).string(f"alt.{kind}")


def _body(shown: TableBlock) -> list[int]:
    return [i for i, row in enumerate(shown.table.rows) if row.kind == "body"]


def _years(shown: TableBlock) -> list[int]:
    return [j for j, c in enumerate(shown.table.columns) if c.key.startswith("FY")]


def _million(shown: TableBlock, j: int, label: str) -> str:
    """Bare chart labels are read aloud with their unit."""
    money = shown.table.columns[j].unit is Unit.CENTS
    return f"{label} million" if money and "." in label and "," not in label else label


def _by_year(shown: TableBlock, labels: Sequence[Sequence[str]]) -> Iterator[str]:
    for j in _years(shown):
        parts = [
            f"{shown.cells[i][0]} {_million(shown, j, labels[i][j])}"
            for i in _body(shown)
            if shown.table.rows[i].values[j]
        ]
        total = [_million(shown, j, labels[i][j]) for i, row in enumerate(shown.table.rows) if row.kind == "total"]
        start = f"{shown.head[j]}: " + (f"{total[0]} in all, " if total else "")
        yield start + (", ".join(parts) or "none")


def _by_row(shown: TableBlock, labels: Sequence[Sequence[str]]) -> Iterator[str]:
    total, gap = shown.table.index("total"), shown.table.index("unfunded")
    rows = shown.table.rows
    for i in sorted(_body(shown), key=lambda i: (rows[i].key == NO_GOAL, -int(rows[i].values[total] or 0))):
        row = shown.table.rows[i]
        tail = f", of which {_million(shown, gap, labels[i][gap])} is not funded" if row.values[gap] else ""
        yield f"{shown.cells[i][0]} {_million(shown, total, labels[i][total])}{tail}"


def _ends(shown: TableBlock, labels: Sequence[Sequence[str]]) -> Iterator[str]:
    until = shown.table.index("until")
    for i in _body(shown):
        yield f"{shown.cells[i][0]} " + (f"ends {labels[i][until]}" if labels[i][until] else "goes on")


def _sides(shown: TableBlock, labels: Sequence[Sequence[str]]) -> Iterator[str]:
    low, high = shown.table.index("lower"), shown.table.index("higher")
    for i in _body(shown):
        yield f"{shown.cells[i][0]} {_million(shown, low, labels[i][low])} to {_million(shown, high, labels[i][high])}"


DESCRIBE = {
    "stacked_years": _by_year,
    "paired_years": _by_year,
    "years": _by_year,
    "bars": _by_row,
    "timeline": _ends,
    "diverging": _sides,
}


def horizon_position(source: ReportSource, iso: str) -> int | None:
    """How far into the horizon a day lies, in thousandths; None when the money outlasts it."""
    from datetime import date, timedelta

    years = [FiscalYear(int(label[2:]), source.fiscal_year_start_month) for label in source.fiscal_years]
    day = date.fromisoformat(iso) + timedelta(days=1)
    if day > years[-1].end:
        return None
    days = [(year.end - year.start).days + 1 for year in years]  # the last of them may follow after a pause
    gone = sum(min(max((day - year.start).days, 0), whole) for year, whole in zip(years, days, strict=True))
    return gone * 1000 // sum(days)


def notes_in(blocks: Sequence[Block]) -> list[str]:
    """Ids of explanations that the blocks point to, in the order in which a reader meets them."""
    found: dict[str, None] = {}
    for block in blocks:
        for text in texts_of(block):
            found |= dict.fromkeys(span.note for span in text if span.note)
    return list(found)


def texts_of(block: Block) -> Iterator[Text]:
    """Texts of a block that hold spans."""
    if isinstance(block, Lead | Paragraph):
        yield block.text
    elif isinstance(block, Figures):
        yield from (figure for figure, _ in block.items)
    elif isinstance(block, Bullets):
        yield from block.items
    elif isinstance(block, Terms):
        yield from (text for _, text in block.items)


def words_in(blocks: Sequence[Block]) -> Iterator[str]:
    """Every word that a reader of these blocks meets: prose, headings, tables, captions and labels of charts."""
    for block in blocks:
        yield from (plain(text) for text in texts_of(block))
        if isinstance(block, Heading):
            yield block.text
        elif isinstance(block, Figures):
            yield from (words for _, words in block.items)
        elif isinstance(block, TableBlock):
            yield block.caption
            yield from block.head
            yield from (cell for row in block.cells for cell in row)
        elif isinstance(block, Chart):
            yield f"{block.caption} {block.unit}"


def with_dates(text: str) -> str:
    """The text with ISO dates as people write them."""
    return ISO_DATE.sub(lambda found: long_date(found.group()), text)


def explanations(source: ReportSource, wanted: Sequence[str]) -> list[Block]:
    """The explanations a document points to."""
    by_figure = {item.figure: item for item in source.explanations}
    out: list[Block] = []
    for name in wanted:
        item = by_figure[name]
        lines = tuple(
            (line.depth, with_dates(line.name), line.value, line.rule, with_dates(line.source)) for line in item.lines
        )
        out.append(ExplanationBlock(name, item.title, lines))
    return out


def one(words: str, strong: bool = False) -> Text:
    """A text of one span."""
    return (Span(words, strong),)
