"""One door to all writers: a Document and the id of a format give bytes. Heavy libraries load when their format is asked for."""

from collections.abc import Callable
from dataclasses import dataclass

from throughline.engine.findings import Finding
from throughline.reports.document import Document

Made = tuple[bytes, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Written:
    """A finished file: its bytes, the ending of its name, its media type, and what the writer noticed."""

    data: bytes
    suffix: str
    media_type: str
    findings: tuple[Finding, ...] = ()


def _pdf(document: Document) -> Made:
    from throughline.reports.writers.pdf import write_pdf

    return write_pdf(document)


def _text(document: Document) -> Made:
    from throughline.reports.writers.text import write_text

    return write_text(document).encode(), ()


def _xlsx(document: Document) -> Made:
    from throughline.reports.writers.xlsx import write_xlsx

    return write_xlsx(document), ()


def _csv(document: Document) -> Made:
    from throughline.reports.writers.flat import write_csv

    return write_csv(document), ()


def _parquet(document: Document) -> Made:
    from throughline.reports.writers.flat import write_parquet

    return write_parquet(document), ()


def _docx(document: Document) -> Made:
    from throughline.reports.writers.word import write_word

    return write_word(document), ()


def _pptx(document: Document) -> Made:
    from throughline.reports.writers.slides import write_slides

    return write_slides(document), ()


WRITERS: dict[str, tuple[str, Callable[[Document], Made]]] = {
    "pdf": ("application/pdf", _pdf),
    "txt": ("text/plain; charset=utf-8", _text),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx),
    "pptx": ("application/vnd.openxmlformats-officedocument.presentationml.presentation", _pptx),
    "csv": ("text/csv; charset=utf-8", _csv),
    "parquet": ("application/vnd.apache.parquet", _parquet),
}


def write(document: Document, form: str) -> Written:
    """The document in a format; raises KeyError for a format nobody writes."""
    media_type, writer = WRITERS[form]
    data, findings = writer(document)
    return Written(data, form, media_type, findings)
