"""Back-office and data-centre assets of Ralph, in the layout its import reads and its export writes.

Columns are the names of the fields. Where a field points to another record, Ralph prints that record's number and, in
exports, its words in a second column ending in `_str`; a bare number is kept as "Ralph model 12", so that a person can
say once what it means.
"""

from throughline.engine.plan.inventory import Status
from throughline.importers.base import Head, Importer
from throughline.importers.columns import Column, known_spellings, spellings
from throughline.importers.inventory import Inventory, Rule

COLUMNS = (
    Column("serial", "identifier", spellings("sn"), required=True),
    Column("asset_tag", "identifier", spellings("barcode")),
    Column("model", "text", spellings("model_str; model")),
    Column("category_raw", "text", spellings("category_str; category; model__category")),
    Column("manufacturer", "text", spellings("manufacturer_str; manufacturer; model__manufacturer")),
    Column("status", "choice", spellings("status")),
    Column("location", "text", spellings("location")),
    Column("warehouse", "text", spellings("warehouse_str; warehouse")),
    Column("rack", "text", spellings("rack_str; rack")),
    Column("region", "text", spellings("region_str; region")),
    Column("purchase_date", "date", spellings("invoice_date")),
    Column("price_cents", "money", spellings("price")),
    Column("order_number", "identifier", spellings("order_no; purchase_order; invoice_no")),
)
TELLING = frozenset(
    "serviceenv serviceenvstr forcedepreciation depreciationrate depreciationenddate warehouse warehousestr taskurl niw "
    "requiredsupport budgetinfo invoiceno orderno propertyof officeinfrastructure configurationpath assetptr "
    "baseobjectptr slotno buyoutdate".split()
)
STATUSES = {
    "new": Status.STORED,
    "free": Status.STORED,
    "reserved": Status.STORED,
    "waitingforrelease": Status.STORED,
    "inprogress": Status.STORED,
    "used": Status.IN_USE,
    "inuse": Status.IN_USE,
    "loan": Status.IN_USE,
    "installed": Status.IN_USE,
    "damaged": Status.REPAIR,
    "inrepair": Status.REPAIR,
    "liquidated": Status.RETIRED,
    "tofind": Status.MISSING,
}


def worded(field: str, kind: str) -> str:
    """A field as words: a bare number is the number of another record of Ralph."""
    return f"CASE WHEN regexp_full_match({field}, '[0-9]+') THEN 'Ralph {kind} ' || {field} ELSE {field} END"


PLACE = f"""CASE WHEN location <> '' THEN location WHEN warehouse <> '' THEN {worded("warehouse", "warehouse")}
 WHEN rack <> '' THEN {worded("rack", "rack")} ELSE {worded("region", "region")} END"""


def identify(name: str, head: Head) -> int:  # noqa: ARG001 - any file name will do
    """Ralph's words for serial number and model beside one that only it has."""
    known, cells = head.best(known_spellings(COLUMNS) | TELLING)
    telling = len(cells & TELLING)
    if "sn" not in cells or not cells & {"model", "modelstr"} or not telling:
        return 0
    return min(96, 76 + 3 * telling + known)


IMPORTER = Importer(
    id="ralph",
    title="Assets (Ralph)",
    description="Back-office or data-centre assets of Ralph, as it exports and imports them, as CSV or XLSX.",
    kind="inventory",
    identify=identify,
    columns=COLUMNS,
    example_columns=("sn", "barcode", "model", "warehouse", "service_env", "invoice_date", "price", "status"),
    inventory=Inventory(
        statuses=STATUSES,
        staged={
            "model_raw": worded("model", "model"),
            "manufacturer": worded("manufacturer", "manufacturer"),
            "category_raw": worded("category_raw", "category"),
            "place": PLACE,
        },
        rules=(
            Rule("TL-READ-070", "serial", "serial = '' AND asset_tag = ''"),
            Rule("TL-IMP-033", "", "model = '' AND category_raw = ''"),
        ),
    ),
)
