"""Inventories as the GLPI Agent sends them: one JSON text a device, many in an array or in an archive.

Names: the inventory format of the GLPI project. `devices.py` turns a text into rows under those names. A virtual
machine is no device. Who was logged on stays in the file; installed programs and operating systems are counted.
"""

from throughline.importers.base import Head, Importer
from throughline.importers.columns import Column
from throughline.importers.glpi_agent.devices import HEADINGS, tabulate
from throughline.importers.inventory import Inventory, Rule, counted, systems

COLUMNS = (
    Column("serial", "identifier", ("serial",), required=True),
    Column("asset_tag", "identifier", ("bios.assettag",)),
    Column("manufacturer", "text", ("manufacturer",)),
    Column("model_raw", "text", ("model",)),
    Column("category_raw", "text", ("type",)),
    Column("location", "text", ("location",)),
    Column("tag", "text", ("tag",)),
    Column("last_seen", "date", ("accesslog.logdate",)),
    Column("machine", "text", ("hardware.vmsystem",)),
    Column("system", "text", ("operatingsystem",)),
    Column("os_version", "text", ("operatingsystem.version",)),
    Column("firmware", "text", ("firmware",)),
    Column("programs", "integer", ("softwares",)),
    Column("hosted", "integer", ("virtualmachines",)),
    Column("screens", "integer", ("monitors",)),
    Column("unit", "integer", ("unit",)),
)
IS_VIRTUAL = "machine <> '' AND lower(machine) <> 'physical'"


def identify(name: str, head: Head) -> int:  # noqa: ARG001 - any file name will do
    """The headings `tabulate` writes; no table of another source has them."""
    return 95 if head.rows and head.rows[0] == HEADINGS else 0


IMPORTER = Importer(
    id="glpi_agent",
    title="Devices (GLPI Agent)",
    description="Inventories the GLPI Agent writes as JSON: one file, an array of them, or a zip of files.",
    kind="inventory",
    identify=identify,
    columns=COLUMNS,
    example_columns=("bios.ssn", "bios.smodel", "hardware.chassis_type", "network_device.serial", "accesslog.logdate"),
    tabulate=tabulate,
    inventory=Inventory(
        source="mdm",
        staged={"place": "CASE WHEN location <> '' THEN location ELSE tag END", "os": "system"},
        rules=(
            Rule("TL-IMP-038", "model_raw", IS_VIRTUAL, warn=True),
            Rule("TL-IMP-033", "", "model_raw = '' AND category_raw = ''"),
        ),
        summaries=(
            counted("TL-IMP-042", "programs"),
            counted("TL-IMP-044", "hosted"),
            counted("TL-IMP-045", "screens"),
            systems("system"),
            systems("firmware", "TL-IMP-046"),
        ),
    ),
)
