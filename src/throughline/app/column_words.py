"""What a column of a brought file means, in words people use; a field without words of its own is spelled out from its name."""

import re

from throughline.importers.columns import UNREAD
from throughline.importers.generic_inventory.suggest import LABELS

WORDS = {
    "account": "account",
    "account_fund": "fund number in the accounts",
    "amount:": "amount",
    "asset_class": "class of devices",
    "award": "grant or award",
    "basis": "what the amount is for",
    "category": "cost category",
    "county": "county code",
    "district": "district code",
    "end": "last day",
    "enrolled_on": "first enrollment",
    "erate": "counts for E-Rate",
    "federal_share_bp": "federal share",
    "fte": "full-time equivalents",
    "held_as": "owned or leased",
    "hosted": "virtual machines it hosts",
    "id": "code",
    "key": "contract number",
    "leased_until": "end of the lease",
    "line": "line of the order",
    "machine": "virtual or real machine",
    "name": "name",
    "opening": "opening balance",
    "procurement_vehicle": "how it is bought",
    "programs": "installed programs",
    "received_on": "day received",
    "renews": "renews by itself",
    "salary": "salary with benefits",
    "school": "school code",
    "school_name": "name of the school",
    "screens": "screens",
    "sites": "schools it may pay for",
    "start": "first day",
    "system": "operating system",
    "version": "version of the system",
    "year": "school year",
    "years": "length in years",
}
OF_IMPORTER = {("staffing_list", "role"): "position", ("funds_list", "name"): "name of the fund"}
GRADE = re.compile(r"^grade (\w+)(?: (half|full))?$")
DAYS = {"half": ", half day", "full": ", full day"}


def column_words(importer: str, field: str) -> str:
    """What a field of an importer holds."""
    known = OF_IMPORTER.get((importer, field)) or LABELS.get(field) or WORDS.get(field)
    if known or not field:
        return known or LABELS[UNREAD]
    if grade := GRADE.match(field):
        return f"pupils in grade {grade[1]}{DAYS.get(grade[2] or '', '')}"
    kind, _, what = field.partition(":")
    if what:
        return f"{kind.replace('_', ' ')} {what}"
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", field).replace("_", " ").lower()
