"""Assets of Snipe-IT, in the layout of its CSV import and of its asset list export.

The end-of-life date of Snipe-IT is read as the support end the source states. Status words are the labels
Snipe-IT ships with; a district's own labels are asked about. An asset without serial number is known by its asset tag.
"""

from throughline.engine.plan.inventory import Status
from throughline.importers.base import Head, Importer
from throughline.importers.columns import Column, known_spellings
from throughline.importers.inventory import Inventory, Rule

COLUMNS = (
    Column("asset_tag", "identifier", ("Asset Tag", "Item Tag"), required=True),
    Column("serial", "identifier", ("Serial", "Serial Number")),
    Column("model_raw", "text", ("Model", "Model Name", "Item Name", "Asset Name", "Name")),
    Column("manufacturer", "text", ("Manufacturer",)),
    Column("category_raw", "text", ("Category",)),
    Column("status", "choice", ("Status", "Status Label", "Status Name", "Current Status")),
    Column("place", "text", ("Location", "Current Location", "Default Location", "RTD Location")),
    Column("purchase_date", "date", ("Purchase Date", "Purchased", "Date Purchased")),
    Column("price_cents", "money", ("Purchase Cost", "Cost", "Purchase Price")),
    Column("order_number", "identifier", ("Order Number", "Order", "Purchase Order")),
    Column("support_end", "date", ("Asset EOL Date", "EOL Date", "EOL", "End of Life")),
    Column("last_seen", "date", ("Last Audit", "Last Audit Date", "Last Checkin Date")),
)
TELLING = frozenset(
    "checkouttype checkedouttousername checkedouttofullname checkedouttofirstname checkedouttolastname checkedouttoemail "
    "checkedouttolocation asseteoldate assetnotes modelnotes itemname defaultlocation checkedouttype checkedoutto "
    "warrantymonths fieldset bookvalue diff expectedcheckindate checkoutdate byod requestable statusmeta".split()
)
STATUSES = {
    "deployed": Status.IN_USE,
    "deployable": Status.STORED,
    "readytodeploy": Status.STORED,
    "rtd": Status.STORED,
    "pending": Status.STORED,
    "requested": Status.STORED,
    "outforrepair": Status.REPAIR,
    "outfordiagnostics": Status.REPAIR,
    "brokennotfixable": Status.RETIRED,
    "lost": Status.MISSING,
    "stolen": Status.MISSING,
    "loststolen": Status.MISSING,
    "missing": Status.MISSING,
    "archived": Status.RETIRED,
    "disposed": Status.RETIRED,
    "undeployable": Status.DISABLED,
}


def identify(name: str, head: Head) -> int:  # noqa: ARG001 - any file name will do
    """An asset tag beside two headings that only Snipe-IT prints."""
    known, cells = head.best(known_spellings(COLUMNS) | TELLING)
    telling = len(cells & TELLING)
    if "assettag" not in cells or telling < 2:
        return 0
    return min(98, 70 + 4 * telling + known)


IMPORTER = Importer(
    id="snipe_it",
    title="Assets (Snipe-IT)",
    description="Asset list of Snipe-IT as CSV or XLSX, exported or in the layout of its import.",
    kind="inventory",
    identify=identify,
    columns=COLUMNS,
    example_columns=(
        "Asset Tag",
        "Serial",
        "Model",
        "Category",
        "Location",
        "Purchase Date",
        "Purchase Cost",
        "Status",
    ),
    inventory=Inventory(
        statuses=STATUSES,
        full_list=True,
        rules=(
            Rule("TL-READ-070", "asset_tag", "asset_tag = '' AND serial = ''"),
            Rule("TL-IMP-033", "", "model_raw = '' AND category_raw = ''"),
        ),
    ),
)
