"""Headings of lists of devices that left."""

from throughline.importers.columns import Column, spellings
from throughline.importers.disposals import FAIR_VALUE, PROCEEDS

COLUMNS = (
    Column(
        "retired",
        "date",
        spellings(
            "Retired; Date Retired; Retired Date; Retirement Date; Retired On; Disposal Date; Date Disposed; Disposed; Disposed On; "
            "Surplus Date; Date of Disposal; Disposition Date; Removed; Removal Date; Date Removed; Date Lost; Loss Date; Write-off Date; "
            "Date Sold; Sale Date"
        ),
        required=True,
        filled=True,
    ),
    Column(
        "reason",
        "text",
        spellings(
            "Reason; Disposal Reason; Retirement Reason; Disposition; Disposal Method; Method of Disposal; Reason for Disposal"
        ),
    ),
    Column(
        "method",
        "text",
        spellings("Disposal Method; Method of Disposal; Disposition Method; Method; Disposition; Disposal Type"),
    ),
    Column("model", "text", spellings("Model; Device Model; Model Name; Item; Asset Model; Device; Description")),
    Column(
        "category", "text", spellings("Category; Asset Class; Device Type; Asset Type; Equipment Type; Type; Class")
    ),
    Column("serial", "identifier", spellings("Serial; Serial Number; Serial No; S/N; Asset Tag; Tag; Asset")),
    Column("quantity", "integer", spellings("Quantity; Qty; Units; Count; Number of Units")),
    Column(
        "bought",
        "date",
        spellings(
            "Purchased; Purchase Date; Date Purchased; In Service; In Service Date; Placed in Service; Acquired; Acquisition Date"
        ),
    ),
    Column("recovered", "text", spellings("Recovered; Found; Paid; Paid For; Restitution")),
    PROCEEDS,
    FAIR_VALUE,
    Column(
        "cost_cents",
        "money",
        spellings("Purchase Price; Purchase Cost; Original Cost; Acquisition Cost; Unit Cost; Cost"),
    ),
    Column(
        "award",
        "text",
        spellings("Award; Award Name; Award Number; FAIN; Grant; Federal Award; Funding Source; Purchased With"),
    ),
)
