"""The columns of a snapshot file: the inventory contract and what counting and re-importing need besides.

`part` says what a row is: `sole` (a device one source describes), `device` (a device derived from several records,
or an order of which part has arrived), `record` (what one source says about such a device), `duplicate` (a repeated
natural key, kept so that no row of a file is lost). Devices are the rows `sole` and `device`; sources are the rows
`sole` and `record`.
"""

from throughline.engine.plan.inventory import FLEET, SNAPSHOT

SOLE, DEVICE, RECORD, DUPLICATE = "sole", "device", "record", "duplicate"

OWN: dict[str, str] = {
    "part": "VARCHAR",
    "device": "VARCHAR",  # of a record: key of the device it describes; '' otherwise
    "role_stated": "VARCHAR",  # role before the place's role was applied, so that rules can be applied again
    "cohort": "INTEGER",  # position of the row's cohort in the kept counts, -1 = not in the fleet
}
COLUMNS: dict[str, str] = {**SNAPSHOT, **OWN}
CONTENT = tuple(name for name in COLUMNS if name != "cohort")
FLEET_SQL = ", ".join(f"'{status}'" for status in sorted(FLEET))
DEVICES_SQL = f"'{SOLE}', '{DEVICE}'"


# Columns that snapshots of earlier versions do not have, and what such a snapshot says there: nothing is stated.
ADDED = {"os": "''", "os_version": "''"}


def listed(names: tuple[str, ...], prefix: str = "") -> str:
    """Column names as an SQL list."""
    return ", ".join(f'{prefix}"{name}"' for name in names)
