"""Reports of Lansweeper: the columns are fields of its database, under their own names.

A report is a query over `tblAssets`, `tblAssetCustom`, `tsysAssetTypes`, `tblState` and others; which fields it shows is
each district's choice. What a field is called when a report gives it no other name is what this importer knows.
"""

from throughline.engine.plan.inventory import Status
from throughline.importers.base import Head, Importer
from throughline.importers.columns import Column, known_spellings, spellings
from throughline.importers.inventory import Inventory, Rule, systems, virtual

COLUMNS = (
    Column("serial", "identifier", spellings("Serialnumber; Serial"), required=True),
    Column("asset_tag", "identifier", spellings("BarCode")),
    Column("model_raw", "text", spellings("Model")),
    Column("manufacturer", "text", spellings("Manufacturer")),
    Column("category_raw", "text", spellings("AssetTypename; AssetType; Type")),
    Column("status", "choice", spellings("Statename; State")),
    Column("location", "text", spellings("Location")),
    Column("building", "text", spellings("Building")),
    Column("branch", "text", spellings("Branchoffice")),
    Column("department", "text", spellings("Department")),
    Column("network", "text", spellings("IPLocation")),
    Column("purchase_date", "date", spellings("PurchaseDate")),
    Column("order_number", "identifier", spellings("OrderNumber")),
    Column("enrolled_on", "date", spellings("Firstseen")),
    Column("last_seen", "date", spellings("Lastseen")),
    Column("system", "text", spellings("OSname; OS")),
    Column("release", "text", spellings("OSRelease; SystemVersion")),
    Column("build", "text", spellings("OScode")),
)
TELLING = frozenset(
    "assetname assettypename assettype assettypeicon10 iplocation lasttried firstseen lastseen warrantydate userdomain "
    "statename oscode osname branchoffice assetunique scanserver".split()
)
# `Active` is what its reports filter by; the other words are a district's own and mean what they say.
STATUSES = {
    "active": Status.IN_USE,
    "stock": Status.STORED,
    "reserved": Status.STORED,
    "broken": Status.REPAIR,
    "inrepair": Status.REPAIR,
    "stolen": Status.MISSING,
    "lost": Status.MISSING,
    "sold": Status.RETIRED,
    "disposed": Status.RETIRED,
}
PLACE = """CASE WHEN location <> '' THEN location WHEN building <> '' THEN building WHEN branch <> '' THEN branch
 WHEN department <> '' THEN department WHEN lower(network) <> 'undefined' THEN network ELSE '' END"""

SYSTEM = "CASE WHEN system <> '' THEN system ELSE release END"


def identify(name: str, head: Head) -> int:  # noqa: ARG001 - any file name will do
    """Lansweeper's word for a name, a serial number, and two more of its fields."""
    known, cells = head.best(known_spellings(COLUMNS) | TELLING)
    telling = len(cells & TELLING)
    if "assetname" not in cells or not cells & {"serialnumber", "serial"} or telling < 3:
        return 0
    return min(97, 76 + 2 * telling + known)


IMPORTER = Importer(
    id="lansweeper",
    title="Assets (Lansweeper)",
    description="A report of assets from Lansweeper, as CSV or XLSX.",
    kind="inventory",
    identify=identify,
    columns=COLUMNS,
    example_columns=("AssetName", "AssetTypename", "Serialnumber", "Model", "Manufacturer", "Lastseen", "PurchaseDate"),
    inventory=Inventory(
        statuses=STATUSES,
        latest_by="last_seen",
        staged={
            "place": PLACE,
            "os": SYSTEM,
            "os_version": "CASE WHEN build <> '' THEN build WHEN system <> '' THEN release ELSE '' END",
        },
        rules=(
            Rule(
                "TL-IMP-038",
                "model_raw",
                f"{virtual('model_raw')} OR regexp_matches(category_raw, '(?i)(guest|virtual machine)$')",
                warn=True,
            ),
            Rule("TL-IMP-033", "", "model_raw = '' AND category_raw = ''"),
        ),
        summaries=(systems(SYSTEM),),
    ),
)
