"""Chrome OS devices as the Google Admin console, `gam print cros` and the Directory API name them.

Field names: Directory API `chromeosdevices` resource; GAM prints them as columns; the console prints words.
Deprovisioned and disabled devices are not fleet. Google does not know when a device was bought, so the purchase date
stays unknown; the manufacturing date is not used in its place.
"""

from throughline.engine.plan.inventory import Status
from throughline.importers.base import Head, Importer
from throughline.importers.columns import Column, known_spellings
from throughline.importers.inventory import Inventory

COLUMNS = (
    Column(
        "serial",
        "identifier",
        ("serialNumber", "Serial Number", "Serial number", "Device serial number"),
        filled=True,
        required=True,
    ),
    Column("asset_tag", "identifier", ("annotatedAssetId", "Asset ID", "Annotated Asset ID", "Asset tag")),
    Column("model_raw", "text", ("model", "Model", "Device model", "Model name")),
    Column("status", "choice", ("status", "Status", "Enrollment status", "Provisioning status", "Device status")),
    Column(
        "place", "text", ("orgUnitPath", "Organizational Unit Path", "Org Unit Path", "Organizational unit", "Org Unit")
    ),
    Column(
        "support_end",
        "timestamp",
        (
            "supportEndDate",
            "autoUpdateThrough",
            "autoUpdateExpiration",
            "Auto-update expiration date",
            "Auto-update expiration",
            "AUE date",
        ),
    ),
    Column("os_version", "text", ("osVersion", "OS Version", "ChromeOS version")),
    # Only the first enrolment says how long a device has been here; the last one may follow a repair.
    Column("enrolled_on", "timestamp", ("firstEnrollmentTime", "First enrollment time", "First enrollment")),
    Column(
        "last_seen", "timestamp", ("lastSync", "Last policy sync", "Last sync", "Last sync time", "Most recent sync")
    ),
    Column("order_number", "identifier", ("orderNumber", "Order number")),
)
# Words that only this source prints; two of them make the file ours. Other consoles print device ids and versions too.
TELLING = frozenset(
    "annotatedassetid annotateduser annotatedlocation orgunitpath autoupdateexpiration autoupdatethrough "
    "lastenrollmenttime firstenrollmenttime platformversion autoupdateexpirationdate supportenddate organizationalunitpath "
    "lastpolicysync bootmode chromeostype deprovisionreason recentusers mostrecentactivity "
    "mostrecentuser organizationalunit orgunit lastpolicysynctime enrollmenttime chromeosversion".split()
)
STATUSES = {
    "active": Status.IN_USE,
    "provisioned": Status.IN_USE,
    "enrolled": Status.IN_USE,
    "delinquent": Status.IN_USE,  # the management licence is unpaid, the device works
    "deprovisioned": Status.RETIRED,
    "disabled": Status.DISABLED,
    "preprovisioned": Status.ON_ORDER,
    "shipped": Status.ON_ORDER,
    "returnrequested": Status.REPAIR,
    "returnarrived": Status.RETIRED,
    "inactive": Status.STORED,
}


def identify(name: str, head: Head) -> int:  # noqa: ARG001 - the name says nothing these files need
    """Certain when serial number and two telling columns stand in one row."""
    known, cells = head.best(known_spellings(COLUMNS) | TELLING)
    telling = len(cells & TELLING)
    if "serialnumber" not in cells or telling < 2:
        return 0
    return min(99, 70 + 4 * telling + known)


IMPORTER = Importer(
    id="google_chromeos",
    title="Chrome OS devices (Google Admin, GAM)",
    description="Device list of the Google Admin console, of `gam print cros`, or of the Directory API, as CSV or XLSX.",
    kind="inventory",
    identify=identify,
    columns=COLUMNS,
    example_columns=("serialNumber", "model", "status", "orgUnitPath", "autoUpdateExpiration", "lastSync"),
    inventory=Inventory(
        statuses=STATUSES,
        source="mdm",
        latest_by="last_seen",
        full_list=True,
        staged={
            "os": "CASE WHEN os_version <> '' THEN 'ChromeOS' ELSE '' END",
            "manufacturer": "''",
            "category_raw": "'Chromebook'",
        },
    ),
)
