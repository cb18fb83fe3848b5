"""Headings of a finance system's budget export, and which of its accounts are about technology.

Account string: fund - program - function - object - project - level - location (NCES 2015-347, Financial Accounting for Local
and State School Systems). Functions and objects that are technology by themselves are those the handbook names so.
"""

import re

from throughline.engine.refs import DISTRICT
from throughline.importers.columns import Column, spellings
from throughline.importers.values.slugs import slug

SEGMENTS = ("fund", "program", "function", "object", "project", "level", "site")
MONEY = ("original", "revised", "encumbered", "actual", "available")
COLUMNS = (
    Column(
        "account",
        "text",
        spellings("Account; Account String; Account Number; Account Code; GL Account; Budget Account; Account No"),
    ),
    Column("fund", "identifier", spellings("Fund; Fund Code; Fund Number")),
    Column("program", "identifier", spellings("Program; Program Code; Prog; Sub-fund")),
    Column("function", "identifier", spellings("Function; Function Code; Func")),
    Column("object", "identifier", spellings("Object; Object Code; Obj")),
    Column(
        "project",
        "identifier",
        spellings("Project; Project Code; Project/Reporting; Grant; Grant Code; Reporting Code"),
    ),
    Column("level", "identifier", spellings("Level; Instructional Level; Level Code")),
    Column("site", "text", spellings("Location; Site; School; Building; Operational Unit; Cost Center; Location Code")),
    Column(
        "description",
        "text",
        spellings(
            "Description; Account Description; Account Name; Title; Account Title; Object Description; Line Item"
        ),
    ),
    Column("year", "text", spellings("Fiscal Year; FY; Budget Year; Year; School Year")),
    Column(
        "original",
        "money",
        spellings(
            "Original Budget; Adopted Budget; Original Appropriation; Approved Budget; Budget; Appropriation; Original"
        ),
    ),
    Column(
        "revised",
        "money",
        spellings(
            "Revised Budget; Final Budget; Current Budget; Revised Appropriation; Adjusted Budget; Working Budget; Amended Budget; "
            "Adjusted Appropriation; Current Appropriation; Revised"
        ),
    ),
    Column(
        "encumbered",
        "money",
        spellings(
            "Encumbered; Encumbrances; Encumbrance; Outstanding Encumbrances; Open Encumbrances; Encumbered Amount"
        ),
    ),
    Column(
        "actual",
        "money",
        spellings(
            "Actual; Actuals; Expended; Expenditures; YTD Expended; YTD Actual; YTD Expenditures; Expended to Date; Year to Date; "
            "Amount Expended; Actual Expenditures; Paid to Date; Spent"
        ),
    ),
    Column(
        "available",
        "money",
        spellings(
            "Available; Available Balance; Balance; Unencumbered Balance; Remaining; Remaining Balance; Available Budget"
        ),
    ),
    Column("as_of", "date", spellings("As Of; As Of Date; Report Date; Run Date; Through Date; Period End Date")),
)
FUNCTIONS = frozenset({"2230", "2580"})  # instruction-related and administrative technology services
OBJECTS = frozenset(
    {"351", "352", "432", "443", "650", "734", "735"}
)  # technology services, repair, rental, supplies, property


WORDS = re.compile(
    r"technolog|computer|chromebook|laptop|tablet|\bipads?\b|devices?\b|software|licen[cs]e|network|internet|broadband|wi-?fi|server|"
    r"cyber|data.?processing|information.?(?:system|service)|telecom|projector|interactive|printer|\be-?rate\b|\bit\b",
    re.IGNORECASE,
)
WHOLE_DISTRICT = re.compile(
    r"(?:district|system|county)(?:.?wide)?|central(?: office)?|all|undistributed", re.IGNORECASE
)
CODE = re.compile(r"[0-9. -]*")


def is_technology(function: str, code: str, description: str) -> bool:
    """Whether function, object or description say that an account is about technology."""
    return function in FUNCTIONS or code in OBJECTS or WORDS.search(description) is not None


def site_of(location: str) -> str:
    """The site a location names; '' for a code, which nobody but the finance system knows."""
    location = location.strip()
    if CODE.fullmatch(location):
        return ""
    return str(DISTRICT) if WHOLE_DISTRICT.fullmatch(location) else slug(location)
