"""The property record that federal awards ask for, one row per unit, as a workbook or a flat file."""

from throughline.engine.table import Column, Table
from throughline.reports.base import DISCLAIMER, Report, ReportSource
from throughline.reports.document import Document, Meta, Sheet

TITLE = "Property record"
INTRO = "Equipment and supplies bought under federal awards and E-Rate (2 CFR 200.313). The last column names what is not on record."


def build(source: ReportSource) -> Document:
    """The record of one run; without property of awards the sheet says so and holds no row."""
    none = Table(
        "property_record", TITLE, (Column("description", "Description"),), (), ("No award bought anything yet.",)
    )
    table = source.tables.get("property_record", none)
    meta = Meta(
        title=TITLE,
        short=TITLE,
        district=source.district.name,
        description="Property bought under awards, by award and unit.",
        run=source.run_id,
        disclaimer=DISCLAIMER,
        date=source.as_of.isoformat(),
    )
    return Document("property_record", meta, (Sheet("Property record", table, intro=INTRO),))


REPORT = Report(
    id="property_record",
    title=TITLE,
    audience="business office, auditors",
    description="Every unit bought under a federal award or E-Rate with award, share, title, place, condition and disposal.",
    formats=("xlsx", "csv"),
    build=build,
)
