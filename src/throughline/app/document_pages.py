"""One document of a run as a page of the web shows it: its file, pictures of its pages, and what stands behind its figures."""

from dataclasses import dataclass
from datetime import date

from throughline.app.documents import format_of
from throughline.app.plans import OpenPlan
from throughline.app.source.report_source import report_source
from throughline.engine.findings import Finding
from throughline.engine.run import PlanResult
from throughline.reports.base import ReportSource, report, reports
from throughline.reports.writers.write import WRITERS, write

RULES = "rules/"  # rows of the rulebook: their date is the day of checking; a price's is the day of the price
OWN = "the district's own"
PPI = 120  # a letter page is 1,020 pixels wide: sharp on a laptop, small enough for a slow line


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A report in a format it can be written in."""

    report: str
    form: str
    title: str
    audience: str
    description: str
    media_type: str

    @property
    def key(self) -> str:
        """`board_packet.pdf`."""
        return f"{self.report}.{self.form}"


@dataclass(frozen=True, slots=True)
class MadeDocument:
    """A finished file; `pages` are PNG pictures, empty where the format has no pages. Rule dates are days of checking."""

    data: bytes
    media_type: str
    pages: tuple[bytes, ...]
    rules_from: date | None
    rules_to: date | None
    packs: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]


def document_kinds() -> tuple[DocumentKind, ...]:
    """Every report in every format, in the order of the registry."""
    found = []
    for name in reports().ids():
        made = report(name)
        found += [
            DocumentKind(name, form, made.title, made.audience, made.description, WRITERS[form][0])
            for form in made.formats
        ]
    return tuple(found)


def document_source(opened: OpenPlan, result: PlanResult) -> ReportSource:
    """What all documents of a run are written from; made once for several of them."""
    return report_source(opened, result)


def make_document(source: ReportSource, report_id: str, form: str) -> MadeDocument:
    """One document in one format; raises ValueError for a report or format that does not exist."""
    chosen = format_of(report_id, form)
    document = report(report_id).build(source)
    days = [
        date.fromisoformat(row.date)
        for row in source.assumptions
        if row.path.startswith(RULES) and row.standing != OWN and row.date
    ]
    first, last = min(days, default=None), max(days, default=None)
    if chosen == "pdf":
        from throughline.reports.writers.pdf import write_pages

        pages = write_pages(document, PPI)
        return MadeDocument(pages.pdf, WRITERS["pdf"][0], pages.pictures, first, last, source.packs, pages.findings)
    done = write(document, chosen)
    return MadeDocument(done.data, done.media_type, (), first, last, source.packs, done.findings)
