"""Devices of Microsoft Intune: the export of the device list, and the report `Devices` of its export interface.

Headings of the export are the column titles of the admin center, those of the report its property names. A device of
personal ownership is its owner's and no fleet. Intune knows neither purchase nor place; the device category that a
district assigns there stands for the place. Windows tells 11 from 10 by the build, 22000 being the first of Windows
11 (Microsoft, Windows 11 release information).
"""

from throughline.engine.plan.inventory import Status
from throughline.importers.base import Head, Importer
from throughline.importers.columns import Column, known_spellings, spellings
from throughline.importers.inventory import Inventory, Rule, systems, virtual

OWNERSHIP = (
    *((word, "company") for word in ("company", "corporate", "1")),
    *((word, "personal") for word in ("personal", "2")),
    ("unknown", "unknown"),
    ("0", "unknown"),
)
COLUMNS = (
    Column("serial", "identifier", spellings("Serial number; SerialNumber"), required=True),
    Column("manufacturer", "text", spellings("Manufacturer")),
    Column("model_raw", "text", spellings("Model")),
    Column("system", "text", spellings("OS; Operating system; operatingSystem")),
    Column("version", "text", spellings("OS version; OSVersion")),
    Column("sku", "text", spellings("SkuFamily; SKU family")),
    Column("place", "text", spellings("Category; Device category; CategoryName; deviceCategoryDisplayName")),
    Column(
        "ownership",
        "choice",
        spellings("Ownership; Device ownership; OwnerType; managedDeviceOwnerType; ownerType_loc"),
        choices=OWNERSHIP,
    ),
    Column("status", "choice", spellings("Device state; DeviceState; ManagementState; managementState")),
    Column("enrolled_on", "date", spellings("Enrollment date; CreatedDate; enrolledDateTime; Enrolled date")),
    Column("last_seen", "date", spellings("Last check-in; LastContact; lastSyncDateTime")),
)
# Headings that Intune alone prints, among those of its export and of its report.
TELLING = frozenset(
    "primaryuserupn primaryuseremailaddress primaryuserdisplayname intuneregistered azureaddeviceid azureadregistered "
    "easactivated easactivationid skufamily jointype managementname compliancegraceperiodexpiration subscribercarrier "
    "wifisubnetid managedby jailbroken manageddeviceownertype managementagent managementagents "
    "deviceregistrationstate graphdeviceismanaged referenceid ingraceperioduntil androidpatchlevel "
    "userprincipalname compliancestate compliantstate enrolleddatetime lastsyncdatetime "
    "managementcertificateexpirationdate systemmanagementbiosversion".split()
)
STATUSES = {
    "managed": Status.IN_USE,
    "active": Status.IN_USE,
    "wipepending": Status.STORED,
    "retirepending": Status.STORED,
    "wipeissued": Status.STORED,
    "retireissued": Status.STORED,
    "deletepending": Status.RETIRED,
}
BUILD = "TRY_CAST(split_part(version, '.', 3) AS INTEGER)"
MAJOR = "split_part(version, '.', 1)"
SYSTEM = f"""CASE WHEN lower(system) LIKE 'windows%' AND {BUILD} >= 22000 THEN 'Windows 11'
 WHEN lower(system) LIKE 'windows%' AND {BUILD} IS NOT NULL THEN 'Windows ' || {MAJOR}
 WHEN system <> '' THEN trim(system || ' ' || {MAJOR}) ELSE '' END"""


def identify(name: str, head: Head) -> int:  # noqa: ARG001 - any file name will do
    """A serial number beside two headings that only Intune prints."""
    known, cells = head.best(known_spellings(COLUMNS) | TELLING)
    telling = len(cells & TELLING)
    if "serialnumber" not in cells or telling < 2:
        return 0
    return min(99, 84 + 3 * telling + known)


IMPORTER = Importer(
    id="intune",
    title="Devices (Microsoft Intune)",
    description="Device list of the Intune admin center, or its report of devices, as CSV or XLSX.",
    kind="inventory",
    identify=identify,
    columns=COLUMNS,
    example_columns=(
        "Serial number",
        "Manufacturer",
        "Model",
        "OS",
        "OS version",
        "Ownership",
        "Category",
        "Last check-in",
    ),
    inventory=Inventory(
        statuses=STATUSES,
        source="mdm",
        latest_by="last_seen",
        full_list=True,
        staged={
            "category_raw": "system",
            "os": "trim(system || ' ' || sku)",
            "os_version": "version",
            "place": "CASE WHEN lower(place) IN ('unknown', 'unassigned') THEN '' ELSE place END",
        },
        rules=(
            Rule("TL-IMP-039", "model_raw", "ownership = 'personal'", warn=True),
            Rule("TL-IMP-038", "model_raw", virtual("model_raw"), warn=True),
            Rule("TL-IMP-033", "", "model_raw = '' AND system = ''"),
        ),
        summaries=(systems(SYSTEM),),
    ),
)
