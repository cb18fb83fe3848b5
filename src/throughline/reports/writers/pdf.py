"""Document to PDF/UA-1 and PDF/A-2a through Typst; the same document gives the same bytes.

Texts travel as one JSON and are never markup; the only date in the file is the document's own. A Typst compile reads
nothing outside the template folder and loads no package.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib.resources import as_file, files
from typing import Any

from throughline.engine.findings import Finding, Severity, finding
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
    Meta,
    Missing,
    PageBreak,
    Paragraph,
    TableBlock,
    Terms,
    Text,
)
from throughline.reports.writers.charts import svgs
from throughline.reports.writers.glyphs import cleaned
from throughline.reports.writers.layout import column_widths, height
from throughline.reports.writers.letters import letter

TALL = 430  # points; taller tables may break across pages, their head is repeated
Json = dict[str, Any]


def write_pdf(document: Document) -> tuple[bytes, tuple[Finding, ...]]:
    """The document as PDF bytes, and a finding for each character no font could draw."""
    made = write_pages(document)
    return made.pdf, made.findings


@dataclass(frozen=True, slots=True)
class Pages:
    """A PDF, pictures of its pages in order when they were asked for, and what the writer noticed."""

    pdf: bytes
    pictures: tuple[bytes, ...]
    findings: tuple[Finding, ...]


def write_pages(document: Document, ppi: int = 0) -> Pages:
    """The PDF; with `ppi` each page as a PNG of so many pixels an inch as well, drawn from the same layout."""
    import typst

    missing: dict[str, str] = {}
    data = cleaned(payload(document), missing)
    pictures = iter(svgs([cleaned_chart(block, missing) for block in document.blocks if isinstance(block, Chart)]))
    for block in data["blocks"]:
        if block["kind"] == "Chart":
            block["svg"] = next(pictures)
    stamp = int(datetime.fromisoformat(document.meta.date).replace(tzinfo=UTC).timestamp())
    package = files("throughline.reports.writers")
    with as_file(package / "typst") as folder, as_file(package / "fonts") as fonts:
        compiler = typst.Compiler(
            str(folder / "document.typ"),
            root=str(folder),
            font_paths=typst.Fonts(include_system_fonts=False, font_paths=[str(fonts)]),
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        )
        pdf = compiler.compile(format="pdf", pdf_standards=["ua-1", "a-2a"], timestamp=stamp)
        drawn = compiler.compile(format="png", ppi=ppi, timestamp=stamp) if ppi else []
    if not isinstance(pdf, bytes):
        raise TypeError("a PDF is one file")
    found = tuple(
        finding("TL-DOC-001", Severity.WARNING, document.id, character=f"U+{ord(char):04X}", text=text[:80])
        for char, text in sorted(missing.items())
    )
    return Pages(pdf, (drawn,) if isinstance(drawn, bytes) else tuple(drawn or ()), found)


def cleaned_chart(chart: Chart, missing: dict[str, str]) -> Chart:
    """The chart with labels our fonts can draw."""
    rows = tuple(replace(row, values=tuple(cleaned(list(row.values), missing))) for row in chart.table.rows)
    labels = tuple(tuple(line) for line in cleaned(chart.labels, missing))
    return replace(chart, table=replace(chart.table, rows=rows), labels=labels)


def payload(document: Document) -> Json:
    """What the template reads; explanations are numbered in the order in which they are listed."""
    noted = [block.note for block in document.blocks if isinstance(block, ExplanationBlock)]
    numbers = {note: letter(i) for i, note in enumerate(noted)}
    blocks = [
        {"kind": type(block).__name__, **BLOCKS[type(block)](block, numbers)}
        for block in document.blocks
        if type(block) in BLOCKS
    ]
    return {"meta": _meta(document.meta), "blocks": blocks}


def _meta(meta: Meta) -> Json:
    mark = meta.mark and {"format": meta.mark.format, "data": list(meta.mark.data), "alt": meta.mark.alt}
    return {
        "title": meta.title,
        "short": meta.short,
        "district": meta.district,
        "description": meta.description,
        "run": meta.run,
        "disclaimer": meta.disclaimer,
        "language": meta.language,
        "region": meta.region,
        "keywords": list(meta.keywords),
        "author": meta.author or meta.district,
        "sample": meta.sample,
        "mark": mark,
        "flowing": meta.flowing,
    }


def _text(text: Text, numbers: dict[str, str]) -> list[Json]:
    """Spans; a note that the document does not list is no link."""
    return [
        {
            "text": span.text,
            "strong": span.strong,
            "note": span.note if span.note in numbers else "",
            "number": numbers.get(span.note, ""),
        }
        for span in text
    ]


def _table(block: TableBlock) -> Json:
    marks, swatches = dict(block.emphasis), dict(block.swatches)
    columns = block.table.columns
    right = [column.unit not in (Unit.TEXT, Unit.DATE) for column in columns]
    widths = column_widths(block, right)
    rows = [
        {
            "kind": row.kind,
            "mark": marks.get(row.key, ""),
            "swatch": swatches.get(row.key, ""),
            "cells": list(cells),
        }
        for row, cells in zip(block.table.rows, block.cells, strict=True)
    ]
    return {
        "caption": block.caption,
        "head": list(block.head),
        "rows": rows,
        "aligns": ["right" if flag else "left" for flag in right],
        "widths": widths,
        "gaps": [i for i, column in enumerate(columns) if column.key == "unfunded"],
        "notes": list(block.table.notes),
        "long": height(block, widths) > TALL,
    }


BLOCKS: dict[type[Block], Callable[[Any, dict[str, str]], Json]] = {
    Heading: lambda b, n: {"level": b.level, "text": b.text},
    Lead: lambda b, n: {"text": _text(b.text, n)},
    Paragraph: lambda b, n: {"text": _text(b.text, n), "small": b.small},
    Bullets: lambda b, n: {"items": [_text(item, n) for item in b.items], "numbered": b.numbered},
    Figures: lambda b, n: {"items": [[_text(figure, n), words] for figure, words in b.items]},
    Terms: lambda b, n: {"items": [[word, _text(text, n)] for word, text in b.items]},
    TableBlock: lambda b, n: _table(b),
    Chart: lambda b, n: {"caption": b.caption, "unit": b.unit, "alt": b.alt},
    Cover: lambda b, n: {
        "kicker": b.kicker,
        "title": b.title,
        "subtitle": b.subtitle,
        "lead": _text(b.lead, n),
        "funded_share": b.funded_share,
        "facts": list(b.facts),
        "contents_title": b.contents_title,
    },
    Missing: lambda b, n: {"what": b.what, "remedy": b.remedy},
    ExplanationBlock: lambda b, n: {
        "note": b.note,
        "number": n[b.note],
        "title": b.title,
        "lines": [{"depth": d, "text": t, "value": v, "how": h, "source": s} for d, t, v, h, s in b.lines],
    },
    PageBreak: lambda b, n: {},
}
