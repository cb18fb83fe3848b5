"""Every cost line with the fund that pays it, as one flat table for other programs."""

from throughline.reports.base import DISCLAIMER, Report, ReportSource
from throughline.reports.document import Document, Meta, Sheet

TITLE = "Cost lines"


def build(source: ReportSource) -> Document:
    """The cost lines of one run; raises KeyError when the run has none."""
    table = source.tables["cost_lines"]
    meta = Meta(
        title=TITLE,
        short=TITLE,
        district=source.district.name,
        description="Every cost line by fund, in cents.",
        run=source.run_id,
        disclaimer=DISCLAIMER,
        date=source.as_of.isoformat(),
    )
    return Document("cost_lines", meta, (Sheet("Cost lines", table),))


REPORT = Report(
    id="cost_lines",
    title=TITLE,
    audience="business office, other programs",
    description="One row per cost line and fund, amounts in cents; every view of the plan is a sum of these rows.",
    formats=("csv", "parquet"),
    build=build,
)
