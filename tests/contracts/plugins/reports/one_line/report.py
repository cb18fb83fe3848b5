"""The plan in one sentence, for a newsletter."""

from throughline.reports.base import Report, ReportSource
from throughline.reports.compose import context, meta
from throughline.reports.document import Document, Lead


def build(source: ReportSource) -> Document:
    """One paragraph, its figures from named slots."""
    at = context(__package__ or "", source)
    heads = (at.words.string("meta.title"), at.words.string("meta.short"), at.words.string("meta.description"))
    return Document("one_line", meta(at, *heads, flowing=True), (Lead(at.words.text("page.lead")),))


REPORT = Report(
    id="one_line",
    title="The plan in one sentence",
    audience="newsletter",
    description="One sentence with the five years' cost.",
    formats=("txt",),
    build=build,
)
