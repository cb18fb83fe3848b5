"""Headings of ticket lists, and the columns of them that hold free words or persons and are never read."""

import re

from throughline.importers.columns import Column, spellings
from throughline.importers.reading.table import fold

COLUMNS = (
    Column(
        "ticket",
        "identifier",
        spellings(
            "Ticket; Ticket Number; Ticket ID; Ticket #; Ticket No; Case Number; Case ID; Incident Number; Incident ID; "
            "Request ID; Request Number; Work Order; Work Order Number; Job Number"
        ),
    ),
    Column(
        "opened",
        "date",
        spellings(
            "Opened; Opened Date; Date Opened; Open Date; Created; Created Date; Date Created; Created At; Create Date; "
            "Submitted; Date Submitted; Reported; Reported Date; Ticket Date; Request Date; Date; Month"
        ),
        required=True,
    ),
    Column(
        "category",
        "text",
        spellings("Category; Issue Category; Issue; Issue Type; Problem Type; Ticket Type; Repair Type; Type; Fault"),
    ),
    Column("model", "text", spellings("Model; Device Model; Asset Model; Model Name; Device; Device Type; Asset Type")),
    Column(
        "site", "text", spellings("Site; School; Location; Building; Campus; Site Name; School Name; Location Name")
    ),
    Column("band", "text", spellings("Grade Band; Band; Device Role; Program; Level; Assigned Group Type")),
    Column("status", "text", spellings("Status; Ticket Status; State; Resolution Code")),
    Column(
        "hours",
        "text",
        spellings("Hours; Labor Hours; Labour Hours; Technician Hours; Work Hours; Time Spent; Time Spent (Hours)"),
    ),
    Column("minutes", "text", spellings("Minutes; Labor Minutes; Time Spent (Minutes); Work Minutes; Time (Minutes)")),
    Column(
        "cost",
        "money",
        spellings("Repair Cost; Cost; Parts Cost; Total Cost; Total Repair Cost; Charges; Invoice Amount"),
    ),
    Column("count", "integer", spellings("Tickets; Incidents; Number of Tickets; Ticket Count; Repairs; Count")),
)
FREE = re.compile(
    r"subject|summary|title|description|details|body|message|resolution|solution|history|worklog|tags|"
    r".*(?:requester|requestor|requestedby|submitter|submittedby|technician|assignee|agent|caller|reporter|reportedby|"
    r"openedby|closedby|resolvedby|affecteduser|student|parent|guardian|teacher|contact|email|password|username|notes?|"
    r"comments?|phone|firstname|lastname|fullname)(?:name|id|email)?"
)
REPAIR = re.compile(
    r"repair|broke|break|crack|screen|display|lcd|batter|keyboard|\bkeys?\b|hinge|charg|port\b|adapter|damage|hardware|liquid|"
    r"spill|water|trackpad|touchpad|camera|speaker|power|boot|motherboard|bezel|housing|fan\b|warranty|accidental",
    re.IGNORECASE,
)
VOID = re.compile(r"cancel|duplicate|spam|void|deleted|rejected|merged", re.IGNORECASE)
BANDS = (
    ("cart", r"\bcarts?\b|classroom set|shared"),
    ("staff", r"staff|teacher|employee|faculty|admin|office"),
    ("elementary", r"elem|primary|\bk-?5\b|\bes\b"),
    ("middle", r"middle|junior|intermediate|\b6-?8\b|\bms\b"),
    ("high", r"high|senior|secondary|\b9-?12\b|\bhs\b"),
)


def is_free(heading: str) -> bool:
    """Whether a heading announces free words or a person."""
    return FREE.fullmatch(fold(heading)) is not None


def band_of(words: str) -> str:
    """The band of the repair rates that words name, '' when none."""
    return next((band for band, pattern in BANDS if re.search(pattern, words.casefold())), "")
