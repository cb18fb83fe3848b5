"""Rows of a table as HTML: a district of a hundred schools has thousands of cells, and a template takes long over each."""

from collections.abc import Iterable

from django.utils.html import conditional_escape as escape
from django.utils.safestring import SafeString, mark_safe

from throughline.web.shell.cells import Cell, ShownRow

NONE = "none"  # what a dash is to those who hear the page


def rows_html(rows: Iterable[ShownRow], stack: bool) -> SafeString:
    """The rows one after the other; `stack` as a list on phones, where each cell says its heading."""
    return mark_safe("".join(_row(row, stack) for row in rows))  # each value is escaped where it is put in


def _row(row: ShownRow, stack: bool) -> str:
    total = ' class="total"' if row.kind == "total" else ""
    cells = "".join(_cell(cell, stack) for cell in row.cells)
    return f'<tr{_role("row", stack)}{total}><th scope="row"{_role("rowheader", stack)}>{_head(row)}</th>{cells}</tr>'


def _head(row: ShownRow) -> str:
    head = row.head
    text: str = escape(head.text)
    if head.address:
        text = f'<a class="fig wrap" href="{escape(head.address)}">{text}</a>'
    if row.role:
        swatch = f'<span class="sw {escape(row.role)}" aria-hidden="true"></span>'
        text = f'<span class="tl-swname">{swatch}<span>{text}</span></span>'
    return text + _under(head)


def _cell(cell: Cell, stack: bool) -> str:
    label = f' data-label="{escape(cell.label)}"' if stack else ""
    marks = f"{'n' if cell.number else ''}{' nil' if cell.nothing else ''}{f' h{cell.step}c' if cell.step else ''}"
    text: str = escape(cell.text)
    if cell.address:
        text = f'<a class="fig" href="{escape(cell.address)}">{text}</a>'
    elif cell.nothing:
        spoken = f'<span class="visually-hidden">{NONE}</span>'
        text = f'<span class="dim"><span aria-hidden="true">{text}</span>{spoken}</span>'
    return f'<td{_role("cell", stack)}{label} class="{marks}">{text}{_under(cell)}</td>'


def _under(cell: Cell) -> str:
    return f'<span class="u">{escape(cell.under)}</span>' if cell.under else ""


def _role(name: str, stack: bool) -> str:
    return f' role="{name}"' if stack else ""
