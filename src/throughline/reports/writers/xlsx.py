"""Sheets to an Excel workbook: typed cells, live formulas with the engine's number as cached result, no text that can run.

Only functions that every spreadsheet program has are used (SUMIFS, SUM, plain references, defined names); amounts are
dollars with two decimals. The same document gives the same bytes.
"""

import io
import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from throughline.engine.table import Column, Row, Unit, Value
from throughline.reports.document import Combine, Document, Formula, Meta, Sheet, SumIfs
from throughline.reports.writers.inert import risky
from throughline.reports.writers.theme import HAIR, INK, MUTED, NAVY, RUST, SAND, STEEL, WASH

NUMBER = re.compile(r"-?\d{1,15}(\.\d{1,12})?")
LONG_NUMBER = 15  # significant digits a spreadsheet keeps
WIDEST = 48
FEWEST = 9  # letters of the narrowest column
LINE = 15  # points
LONG_SHEET = 400  # rows from which texts stay on one line
WIDE_SHEET = 14  # columns from which a page is printed on tabloid paper
LETTER, TABLOID = 1, 3


def write_xlsx(document: Document) -> bytes:
    """The workbook; only blocks of kind Sheet are written."""
    import xlsxwriter

    stream = io.BytesIO()
    sheets = [block for block in document.blocks if isinstance(block, Sheet)]
    book = xlsxwriter.Workbook(stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    _properties(book, document.meta)
    formats = _formats(book)
    places = {sheet.name: _Place(sheet) for sheet in sheets}
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        _Writer(page, sheet, places, formats).write(document.meta)
    for place in places.values():
        for name, area in place.names():
            book.define_name(name, area)
    book.close()
    return stream.getvalue()


def _properties(book: Any, meta: Meta) -> None:
    book.set_properties(
        {
            "title": f"{meta.district}: {meta.title}",
            "subject": meta.description,
            "author": meta.author or meta.district,
            "comments": f"{meta.disclaimer}. Run {meta.run}.",
            "created": datetime.fromisoformat(meta.date),
        }
    )


def _formats(book: Any) -> dict[str, Any]:
    base: dict[str, Any] = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top"}
    money, count = "#,##0.00_);[Red]-#,##0.00_)", "#,##0_)"
    kinds: dict[str, dict[str, Any]] = {
        "text": {"num_format": "@", "text_wrap": True},
        "flat": {"num_format": "@"},
        "quoted": {"num_format": "@", "text_wrap": True, "quote_prefix": True},
        "money": {"num_format": money},
        "count": {"num_format": count},
        "plain": {"num_format": "General"},
        "percent": {"num_format": "0.00%"},
        "date": {"num_format": "yyyy-mm-dd", "align": "left"},
    }
    line = {"bottom": 4, "bottom_color": HAIR}  # hair rules, as in print
    made = {kind: book.add_format({**base, **more, **line}) for kind, more in kinds.items()}
    for kind, more in kinds.items():
        made[f"total {kind}"] = book.add_format({**base, **more, "bold": True, "top": 1, "bottom": 1})
        made[f"gap {kind}"] = book.add_format({**base, **more, "bold": True, "font_color": RUST})
    head: dict[str, Any] = {
        **base,
        "bold": True,
        "font_color": NAVY,
        "bg_color": WASH,
        "bottom": 2,
        "border_color": HAIR,
    }
    made["head"] = book.add_format({**head, "text_wrap": True})
    made["head right"] = book.add_format({**head, "text_wrap": True, "align": "right"})
    made["title"] = book.add_format({**base, "bold": True, "font_size": 14, "font_color": NAVY})
    made["note"] = book.add_format({**base, "font_color": MUTED, "italic": True})
    return made


class _Place:
    """Where the cells of a sheet stand: header row, first column, rows."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.head = 0 if sheet.edit else 3
        self.first = self.head + 1
        self.shift = 1 if sheet.key_label else 0

    def column(self, key: str) -> int:
        return self.sheet.table.index(key) + self.shift

    def area(self, key: str) -> str:
        """A whole column of body cells as an absolute reference."""
        from xlsxwriter.utility import xl_range_abs

        last = self.first + max(len(self.sheet.table.rows), 1) - 1
        quoted = self.sheet.name.replace("'", "''")
        return f"'{quoted}'!{xl_range_abs(self.first, self.column(key), last, self.column(key))}"

    def name_of(self, key: str) -> str:
        shown = key.removesuffix("cents") + "dollars" if key.endswith("cents") else key
        return re.sub(r"\W", "_", f"{self.sheet.name}_{shown}").lower()

    def names(self) -> list[tuple[str, str]]:
        """Defined names of the columns that formulas of other sheets may use."""
        if self.sheet.edit or self.sheet.key_label or self.sheet.formulas:
            return []
        return [(self.name_of(c.key), f"={self.area(c.key)}") for c in self.sheet.table.columns]


class _Writer:
    """One sheet being written."""

    def __init__(self, page: Any, sheet: Sheet, places: dict[str, _Place], formats: dict[str, Any]) -> None:
        self.page, self.sheet, self.places, self.formats = page, sheet, places, formats
        self.place = places[sheet.name]
        self.flat = len(sheet.table.rows) > LONG_SHEET
        self.rules = {(row, key): f.rule for f in sheet.formulas for key in f.columns for row in self._rows(f)}

    def _rows(self, formula: Formula) -> list[int]:
        body = [i for i, row in enumerate(self.sheet.table.rows) if row.kind == "body"]
        return [i for i in body if not formula.rows or self.sheet.table.rows[i].key in formula.rows]

    def write(self, meta: Meta) -> None:
        table, place = self.sheet.table, self.place
        if not self.sheet.edit:
            self.page.write_string(0, 0, f"{meta.district}: {table.title}", self.formats["title"])
            self.page.write_string(1, 0, self.sheet.intro, self.formats["note"])
            self.page.set_footer(f"&L{meta.disclaimer}. Run {meta.run}.&R&P".replace("&L&", "&L"))
        if self.sheet.key_label:
            self._text(place.head, 0, self.sheet.key_label, "head")
        for j, column in enumerate(table.columns):
            label = column.key if self.sheet.edit else column.label
            self._text(place.head, j + place.shift, label, "head" if _left(column) or self.sheet.edit else "head right")
        for i, row in enumerate(table.rows):
            self._row(i, row)
        self.page.freeze_panes(place.first, 1 + place.shift)
        if table.rows and not self.sheet.edit:
            self.page.autofilter(place.head, 0, place.first + len(table.rows) - 1, len(table.columns) - 1 + place.shift)
        widths = [self._width(j, column) for j, column in enumerate(table.columns)]
        if self.sheet.key_label:
            keys = [len(row.key) for row in table.rows if row.kind == "body"]
            self.page.set_column(0, 0, min(max([len(self.sheet.key_label), FEWEST, *keys]) + 2, WIDEST))
        for j, width in enumerate(widths):
            self.page.set_column(j + place.shift, j + place.shift, width)
        self._heights(widths)
        self.page.set_tab_color(SAND if self.sheet.edit else NAVY if self.sheet.formulas else STEEL)
        self.page.set_paper(TABLOID if len(widths) > WIDE_SHEET else LETTER)
        self.page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        self.page.set_landscape()
        self.page.fit_to_pages(1, 0)
        self.page.repeat_rows(place.head)

    def _width(self, j: int, column: Column) -> float:
        label = column.key if self.sheet.edit else column.label
        rows = self.sheet.table.rows
        numbers = [row.values[j] for row in rows if isinstance(row.values[j], int)]
        # a number that does not fit shows as ###, so every row counts; totals are bold
        shown = [len(_shown(value, column)) * 1.15 for value in numbers if isinstance(value, int)]
        texts = [
            len(str(row.values[j])) for row in rows[:200] if isinstance(row.values[j], str)
        ]  # the first rows tell enough
        words = max((len(word) for word in label.split()), default=0) if self.sheet.edit else len(label)
        return float(min(max([words, FEWEST, *shown, *(length * 1.05 for length in texts)]) + 2, WIDEST))

    def _heights(self, widths: Sequence[float]) -> None:
        """Rows as tall as their wrapped texts, for programs that do not fit them when they open the file."""
        for i, row in enumerate(() if self.flat else self.sheet.table.rows):
            lines = max(
                (
                    sum(-(-len(part) // max(int(width) - 1, 1)) or 1 for part in value.split("\n"))
                    for value, width in zip(row.values, widths, strict=True)
                    if isinstance(value, str)
                ),
                default=1,
            )
            if lines > 1:
                self.page.set_row(self.place.first + i, LINE * lines)

    def _row(self, i: int, row: Row) -> None:
        line = self.place.first + i
        look = "total " if row.kind == "total" else "gap " if row.key == "UNFUNDED" else ""
        if self.sheet.key_label:
            self._text(line, 0, row.key if row.kind == "body" else "", look + "text")
        for j, column in enumerate(self.sheet.table.columns):
            formula = self._formula(i, j, row, column)
            at = j + self.place.shift
            value = row.values[j]
            if formula and isinstance(value, int):
                kind = look + _kind(column)
                self.page.write_formula(line, at, formula, self.formats[kind], _number(value, column))
            else:
                self._cell(line, at, value, column, look)

    def _cell(self, line: int, at: int, value: Value, column: Column, look: str) -> None:
        if value is None:
            self.page.write_blank(line, at, None, self.formats[look + "text"])
        elif isinstance(value, int):
            self.page.write_number(line, at, _number(value, column), self.formats[look + _kind(column)])
        elif column.unit is Unit.DATE and (day := _day(value)):
            self.page.write_datetime(line, at, day, self.formats[look + "date"])
        elif self.sheet.edit and column.unit in (Unit.CENTS, Unit.COUNT) and _short_number(value):
            kind = "money" if column.unit is Unit.CENTS else "plain"
            self.page.write_number(line, at, float(value), self.formats[kind])
        else:
            self._text(line, at, value, look + "text")

    def _text(self, line: int, at: int, value: str, kind: str) -> None:
        if self.flat and kind.endswith("text"):
            kind = kind.removesuffix("text") + "flat"
        if risky(value) and kind.endswith(("text", "flat")):
            kind = kind[:-4] + "quoted"
        if value:
            self.page.write_string(line, at, value, self.formats[kind])
        else:
            self.page.write_blank(line, at, None, self.formats[kind])

    def _formula(self, i: int, j: int, row: Row, column: Column) -> str:
        if row.kind == "body":
            rule = self.rules.get((i, column.key))
            if isinstance(rule, SumIfs):
                return self._sum_ifs(rule, i, j)
            return self._combine(rule, i) if isinstance(rule, Combine) else ""
        return self._total(i, j, row) if row.kind == "total" and column.additive and not self.sheet.edit else ""

    def _sum_ifs(self, rule: SumIfs, i: int, j: int) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        there = self.places[rule.sheet]
        parts = [there.name_of(rule.value)]
        if rule.by_row:
            parts += [there.name_of(rule.by_row), xl_rowcol_to_cell(self.place.first + i, 0, col_abs=True)]
        if rule.by_head:
            at = xl_rowcol_to_cell(self.place.head, j + self.place.shift, row_abs=True)
            parts += [there.name_of(rule.by_head), at]
        for key, text in rule.fixed:
            parts += [there.name_of(key), '"' + text.replace('"', '""') + '"']
        return f"=SUMIFS({','.join(parts)})"

    def _combine(self, rule: Combine, i: int) -> str:
        def cells(keys: Sequence[str]) -> list[str]:
            return [self._at(i, self.place.column(key)) for key in keys]

        minus = "".join(f"-{cell}" for cell in cells(rule.minus))
        return "=" + "+".join(cells(rule.plus)) + minus

    def _total(self, i: int, j: int, row: Row) -> str:
        """The body rows above, as ranges; a total that is not their sum stays a plain value."""
        rows = self.sheet.table.rows
        above = [k for k in range(i) if rows[k].kind == "body"]
        if not above or sum(int(rows[k].values[j] or 0) for k in above) != row.values[j]:
            return ""
        runs: list[list[int]] = []
        for k in above:
            if runs and runs[-1][-1] == k - 1:
                runs[-1].append(k)
            else:
                runs.append([k])
        at = j + self.place.shift
        return "=SUM(" + ",".join(f"{self._at(run[0], at)}:{self._at(run[-1], at)}" for run in runs) + ")"

    def _at(self, i: int, column: int) -> str:
        from xlsxwriter.utility import xl_rowcol_to_cell

        return str(xl_rowcol_to_cell(self.place.first + i, column))


def _left(column: Column) -> bool:
    return column.unit in (Unit.TEXT, Unit.DATE)


def _shown(value: int, column: Column) -> str:
    """A number about as long as its cell shows it."""
    if column.unit is Unit.CENTS:
        return f"{value / 100:,.2f}"
    return f"{value / 100:.2f}%" if column.unit is Unit.PERCENT else f"{value:,}"


def _kind(column: Column) -> str:
    return {Unit.CENTS: "money", Unit.PERCENT: "percent"}.get(column.unit, "count")


def _number(value: int, column: Column) -> float | int:
    """Cents to dollars, hundredths of a percent to a fraction; the only floats, as spreadsheets have no other number."""
    return value / 100 if column.unit is Unit.CENTS else value / 10_000 if column.unit is Unit.PERCENT else value


def _short_number(text: str) -> bool:
    return bool(NUMBER.fullmatch(text)) and len(text.lstrip("-").replace(".", "")) <= LONG_NUMBER


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
