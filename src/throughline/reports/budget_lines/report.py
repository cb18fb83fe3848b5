"""The plan as a budget request: one row per account, category and year, in the column order of the district's finance system."""

from throughline.engine.table import Column, Table, Unit
from throughline.reports.base import DISCLAIMER, Report, ReportSource
from throughline.reports.document import Document, Meta, Sheet

TITLE = "Budget request"
INTRO = (
    "Every dollar of the plan by account, in the columns of the imported budget export. Codes are texts, so that leading zeros stay. "
    "What has no account says so and is in the total."
)


def build(source: ReportSource) -> Document:
    """The request of one run; without any cost the sheet says so and holds no row."""
    columns = (Column("account", "Account"), Column("amount", "Amount", Unit.CENTS, True))
    none = Table("budget_request", TITLE, columns, (), ("Nothing has a cost yet.",))
    table = source.tables.get("budget_request", none)
    meta = Meta(
        title=TITLE,
        short=TITLE,
        district=source.district.name,
        description="The plan by account and year, in the columns of the finance system.",
        run=source.run_id,
        disclaimer=DISCLAIMER,
        date=source.as_of.isoformat(),
    )
    return Document("budget_lines", meta, (Sheet(TITLE, table, intro=INTRO, dollars=True),))


REPORT = Report(
    id="budget_lines",
    title=TITLE,
    audience="business office",
    description="The plan by account, category and year, in the column order of the district's own budget export.",
    formats=("xlsx", "csv"),
    build=build,
)
