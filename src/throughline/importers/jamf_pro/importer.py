"""Computers and mobile devices of Jamf Pro, as a search there is exported: the columns are the attributes it displays.

Which columns a file has is each district's choice, so any subset does; a serial number and two attributes that only
Jamf Pro names make it ours. Devices enrolled as people's own are no fleet. `PO Date` is the purchase date; enrolment
dates are not used in its place, because a device is enrolled anew after every wipe.
"""

from throughline.importers.base import Head, Importer
from throughline.importers.columns import Column, known_spellings, spellings
from throughline.importers.inventory import Inventory, Rule, systems, virtual

# Kinds of ownership as the interface names them. User enrolment is for devices that people own themselves.
OWNERSHIP = (
    *((word, "institution") for word in ("institutional", "institution", "accountdrivendeviceenrollment")),
    *(
        (word, "personal")
        for word in ("personal", "personaldeviceprofile", "userenrollment", "accountdrivenuserenrollment")
    ),
)
HELD = (("purchased", "owned"), ("leased", "leased"))
COLUMNS = (
    Column("serial", "identifier", spellings("Serial Number"), required=True),
    Column("asset_tag", "identifier", spellings("Asset Tag; Bar Code 1; Barcode 1")),
    Column("model_raw", "text", spellings("Model; Model Identifier")),
    Column("computer", "text", spellings("Operating System Version; Operating System")),
    Column("version", "text", spellings("OS Version")),
    Column("building", "text", spellings("Building")),
    Column("department", "text", spellings("Department")),
    Column("site", "text", spellings("Site")),
    Column("ownership", "choice", spellings("Device Ownership Type"), choices=OWNERSHIP),
    Column("held_as", "choice", spellings("Purchased or Leased"), choices=HELD),
    Column("leased_until", "date", spellings("Lease Expiration")),
    Column("purchase_date", "date", spellings("PO Date")),
    Column("price_cents", "money", spellings("Purchase Price")),
    Column("order_number", "identifier", spellings("PO Number")),
    Column("last_seen", "date", spellings("Last Check-in; Last Inventory Update")),
)
TELLING = frozenset(
    "lastinventoryupdate jsscomputerid jssmobiledeviceid jamfprocomputerid jamfpromobiledeviceid jamfbinaryversion "
    "mdmcapability mdmprofileexpirationdate filevaultstatus filevault2status gatekeeper systemintegrityprotection "
    "modelidentifier operatingsystembuild deviceownershiptype jailbreakdetected sharedipad lostmodeenabled applecareid "
    "lifeexpectancy purchasedorleased purchasingaccount lastenrollment lastreportedipaddress appanalyticsenabled "
    "lasticloudbackup".split()
)
MAJOR = "regexp_extract(CASE WHEN version <> '' THEN version ELSE computer END, '(?:10[.])?[0-9]+')"
NAME = f"""CASE WHEN {MAJOR} = '' THEN '' WHEN computer <> '' THEN 'macOS' WHEN lower(model_raw) LIKE 'ipad%' THEN 'iPadOS'
 WHEN lower(model_raw) LIKE 'apple%tv%' THEN 'tvOS' ELSE 'iOS' END"""
SYSTEM = f"CASE WHEN {MAJOR} = '' THEN '' ELSE {NAME} || ' ' || {MAJOR} END"


def identify(name: str, head: Head) -> int:  # noqa: ARG001 - any file name will do
    """A serial number beside two attributes that only Jamf Pro displays."""
    known, cells = head.best(known_spellings(COLUMNS) | TELLING)
    telling = len(cells & TELLING)
    if "serialnumber" not in cells or telling < 2:
        return 0
    return min(98, 80 + 2 * telling + known)


IMPORTER = Importer(
    id="jamf_pro",
    title="Devices (Jamf Pro)",
    description="Computers or mobile devices of Jamf Pro, exported from a search, as CSV or XLSX.",
    kind="inventory",
    identify=identify,
    columns=COLUMNS,
    example_columns=(
        "Serial Number",
        "Model",
        "Asset Tag",
        "Building",
        "PO Date",
        "Last Inventory Update",
        "OS Version",
    ),
    inventory=Inventory(
        source="mdm",
        latest_by="last_seen",
        staged={
            "manufacturer": "'Apple'",
            "os": NAME,
            "os_version": "CASE WHEN version <> '' THEN version ELSE computer END",
            "category_raw": "CASE WHEN computer <> '' THEN 'Mac' ELSE '' END",
            "place": "CASE WHEN building <> '' THEN building WHEN department <> '' THEN department ELSE site END",
            "held_as": "CASE WHEN held_as <> '' THEN held_as WHEN leased_until IS NOT NULL THEN 'leased' ELSE 'owned' END",
        },
        rules=(
            Rule("TL-IMP-039", "model_raw", "ownership = 'personal'", warn=True),
            Rule("TL-IMP-038", "model_raw", virtual("model_raw"), warn=True),
            Rule("TL-READ-070", "serial", "serial = '' AND asset_tag = ''"),
            Rule("TL-IMP-033", "", "model_raw = '' AND computer = ''"),
        ),
        summaries=(systems(SYSTEM),),
    ),
)
