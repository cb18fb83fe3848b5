"""Devices of NetBox: a dump of its objects as JSON, or its device list as CSV.

CSV comes under the column titles of the list or under the field names of its import. A device without serial number
and tag is known by site and name, which NetBox keeps unique. Virtual machines are no devices; racks have no life to
plan for. The site is the place.
"""

from throughline.engine.plan.inventory import Status
from throughline.importers.base import Head, Importer
from throughline.importers.columns import Column, known_spellings, spellings
from throughline.importers.inventory import Inventory, Rule, systems
from throughline.importers.netbox.objects import tabulate

KINDS = (("device", "device"), ("virtualmachine", "machine"), ("rack", "rack"))
COLUMNS = (
    Column("object", "choice", spellings("Object"), choices=KINDS),
    Column("line", "text", spellings("Name")),
    Column("status", "choice", spellings("Status")),
    Column("category_raw", "text", spellings("Role; device_role; Device role")),
    Column("manufacturer", "text", spellings("Manufacturer")),
    Column("model_raw", "text", spellings("Type; device_type; Device type"), required=True),
    Column("serial", "identifier", spellings("Serial number; serial")),
    Column("asset_tag", "identifier", spellings("Asset tag; asset_tag")),
    Column("place", "text", spellings("Site")),
    Column("system", "text", spellings("Platform")),
)
TELLING = frozenset(
    "rack face position platform tenant vcposition vcpriority virtualchassis devicerole role devicebay ipaddress "
    "ipv4address ipv6address primaryip cluster airflow location object".split()
)
STATUSES = {
    "active": Status.IN_USE,
    "offline": Status.STORED,
    "inventory": Status.STORED,
    "staged": Status.STORED,
    "planned": Status.ON_ORDER,
    "failed": Status.REPAIR,
    "decommissioning": Status.RETIRED,
}


def identify(name: str, head: Head) -> int:  # noqa: ARG001 - any file name will do
    """Device type, maker and site beside three headings of a rack plan."""
    known, cells = head.best(known_spellings(COLUMNS) | TELLING)
    telling = len(cells & TELLING)
    if not {"name", "status", "site", "manufacturer"} <= cells or not cells & {"type", "devicetype"}:
        return 0
    return min(96, 74 + 2 * telling + known) if telling >= 3 and cells & {"rack", "virtualchassis"} else 0


IMPORTER = Importer(
    id="netbox",
    title="Devices (NetBox)",
    description="Devices of NetBox: a dump of its objects as JSON, or its device list as CSV.",
    kind="inventory",
    identify=identify,
    columns=COLUMNS,
    example_columns=("Name", "Status", "Site", "Rack", "Role", "Manufacturer", "Type", "Serial number", "Asset tag"),
    tabulate=tabulate,
    inventory=Inventory(
        statuses=STATUSES,
        staged={"os": "system"},
        counted_key="'name:' || upper(place) || '/' || upper(line)",
        rules=(
            Rule("TL-IMP-038", "line", "object = 'machine'", warn=True),
            Rule("TL-IMP-047", "line", "object = 'rack'", warn=True),
            Rule("TL-IMP-033", "", "model_raw = '' AND category_raw = ''"),
        ),
        summaries=(systems("system"),),
    ),
)
