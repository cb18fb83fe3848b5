"""Document to plain text: for terminals, for e-mail, and as the snapshot that reviewers read."""

import textwrap
from collections.abc import Callable
from typing import Any

from throughline.engine.table import Unit
from throughline.reports.document import (
    Block,
    Bullets,
    Chart,
    Cover,
    Document,
    ExplanationBlock,
    Figures,
    Heading,
    Lead,
    Missing,
    PageBreak,
    Paragraph,
    Sheet,
    TableBlock,
    Terms,
    plain,
)

WIDTH = 100
WIDEST_TEXT = 44


def write_text(document: Document) -> str:
    """The whole document as text, with its footer once at the end."""
    parts = [TEXTS[type(block)](block) for block in document.blocks]
    meta = document.meta
    foot = f"{meta.disclaimer}. Run {meta.run}." + (f" {meta.sample}" if meta.sample else "")
    head = f"{meta.district}\n{meta.title}"
    return "\n\n".join([head, *(part for part in parts if part), foot]) + "\n"


def table_lines(block: TableBlock) -> list[str]:
    """A table in fixed columns; long texts wrap inside their column."""
    right = [column.unit not in (Unit.TEXT, Unit.DATE) for column in block.table.columns]
    columns = range(len(block.head))
    widths = [max([len(block.head[j]), *(len(row[j]) for row in block.cells)]) for j in columns]
    widths = [w if flag else min(w, WIDEST_TEXT) for w, flag in zip(widths, right, strict=True)]

    def line(cells: tuple[str, ...]) -> list[str]:
        wrapped = [textwrap.wrap(cell, widths[j]) or [""] for j, cell in enumerate(cells)]
        out = []
        for k in range(max(len(parts) for parts in wrapped)):
            row = [parts[k] if k < len(parts) else "" for parts in wrapped]
            out.append(
                "  ".join(c.rjust(widths[j]) if right[j] else c.ljust(widths[j]) for j, c in enumerate(row)).rstrip()
            )
        return out

    rule = "-" * (sum(widths) + 2 * (len(widths) - 1))
    out = [*line(block.head), rule]
    for row, cells in zip(block.table.rows, block.cells, strict=True):
        out += [*([rule] if row.kind == "total" else []), *line(cells)]
    return out


def _wrapped(text: str, first: str = "", rest: str = "") -> str:
    return textwrap.fill(text, WIDTH, initial_indent=first, subsequent_indent=rest, break_on_hyphens=False)


def _table(block: TableBlock) -> str:
    return "\n".join([block.caption, *table_lines(block), *(_wrapped(note) for note in block.table.notes)])


def _bullets(block: Bullets) -> str:
    marks = [f"{i}. " if block.numbered else "- " for i in range(1, len(block.items) + 1)]
    return "\n".join(
        _wrapped(plain(item), mark, " " * len(mark)) for mark, item in zip(marks, block.items, strict=True)
    )


def _explanation(block: ExplanationBlock) -> str:
    lines = [
        "  " * (depth + 1)
        + text
        + (f": {value}" if value else "")
        + (f" = {how}" if how else "")
        + (f"  [{source}]" if source else "")
        for depth, text, value, how, source in block.lines
    ]
    return "\n".join([block.title, *lines])


def _heading(block: Heading) -> str:
    return block.text + "\n" + ("=" if block.level == 1 else "-") * len(block.text)


TEXTS: dict[type[Block], Callable[[Any], str]] = {
    Heading: _heading,
    Lead: lambda b: _wrapped(plain(b.text)),
    Paragraph: lambda b: _wrapped(plain(b.text)),
    Bullets: _bullets,
    Figures: lambda b: "\n".join(f"{plain(figure):>16}  {words}" for figure, words in b.items),
    Terms: lambda b: "\n".join(_wrapped(f"{word}: {plain(text)}", "", "    ") for word, text in b.items),
    TableBlock: _table,
    Chart: lambda b: _wrapped(f"[{b.caption}. {b.unit}. {b.alt}]".replace("..", ".")),
    Cover: lambda b: "\n".join([f"{b.title}, {b.subtitle}", _wrapped(plain(b.lead)), *b.facts]),
    Missing: lambda b: _wrapped(f"{b.what.rstrip('.')}. {b.remedy}", "! ", "  "),
    ExplanationBlock: _explanation,
    PageBreak: lambda b: "",
    Sheet: lambda b: f"[sheet {b.name}: {len(b.table.rows)} rows]",
}
