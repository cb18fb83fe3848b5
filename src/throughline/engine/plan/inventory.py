"""What one inventory row holds, as importers stage it and snapshots keep it (architecture 4.2).

Importers write STAGED columns to a Parquet file; the fleet resolves places and models and keeps SNAPSHOT columns.
There is no column for a person: such columns are dropped while reading.
"""

from enum import StrEnum


class Status(StrEnum):
    """Where a device stands. The fleet is in_use, stored, repair and on_order; the others are not counted."""

    IN_USE = "in_use"
    STORED = "stored"
    REPAIR = "repair"
    ON_ORDER = "on_order"
    MISSING = "missing"
    DISABLED = "disabled"
    RETIRED = "retired"


# Texts in capitals that stand for "no serial number" or "no asset tag": people's, and firmware's that was given none
# (SMBIOS strings as boards ship; the GLPI Agent leaves such out of what it trusts as well).
NO_NUMBERS = frozenset(
    {
        "0", "00", "000", "0000", "00000", "000000", "0000000", "00000000", "000000000", "0000000000", "-", "--", "?", ".",
        "N/A", "NA", "#N/A", "NONE", "NULL", "UNKNOWN", "TBD", "MISSING", "INVALID", "EMPTY", "NO SERIAL",
        "NO SERIAL NUMBER", "NOT AVAILABLE", "NOT APPLICABLE", "NOT SPECIFIED", "NOT PRESENT", "DEFAULT STRING",
        "SYSTEM SERIAL NUMBER", "SYSTEMSERIALNUMB", "SERIAL NUMBER", "SERNUM", "CHASSIS SERIAL NUMBER",
        "BASE BOARD SERIAL NUMBER", "TO BE FILLED BY O.E.M.", "TO BE FILLED BY O.E.M", "TO BE FILLED BY OEM", "O.E.M.", "OEM",
        "ASSET TAG", "ASSET-1234567890", "NO ASSET TAG", "NO ASSET INFORMATION", "ASSETTAGNUM", "CHASSIS ASSET TAG",
        "BASE BOARD ASSET TAG", "123456789", "1234567890", "0123456789", "XXXXXXXX", "XXXXXXXXXX",
    }
)  # fmt: skip

FLEET = frozenset({Status.IN_USE, Status.STORED, Status.REPAIR, Status.ON_ORDER})

STAGED: dict[str, str] = {
    # natural key: 'serial:5CD1234', 'tag:000123', or 'order:PO-77/3' for counted assets without serials
    "key": "VARCHAR",
    "serial": "VARCHAR",
    "asset_tag": "VARCHAR",
    "quantity": "INTEGER",  # 1 for a device with a serial; counted assets carry more
    "status": "VARCHAR",  # a Status
    "place": "VARCHAR",  # org unit path or location text as the source prints it; '' = none given
    "category_raw": "VARCHAR",  # category text of the source, '' when it has none
    "model_raw": "VARCHAR",
    "manufacturer": "VARCHAR",
    "role": "VARCHAR",  # student, staff, shared or '' when the source does not say
    "grade_band": "VARCHAR",
    "program": "VARCHAR",
    "held_as": "VARCHAR",  # owned or leased
    "leased_until": "DATE",
    "award": "VARCHAR",  # award that bought it, '' when none named; never the paying fund
    "federal_share_bp": "INTEGER",  # federal share of the purchase in hundredths of a percent, NULL = not stated
    "purchase_date": "DATE",  # NULL = unknown
    "price_cents": "BIGINT",  # per unit, NULL = unknown
    "condition": "VARCHAR",  # good, poor or '' when not assessed
    "support_end": "DATE",  # vendor support end as this source states it, NULL = not stated
    "os": "VARCHAR",  # operating system as the source names it, '' = not stated
    "os_version": "VARCHAR",  # its version or build as the source prints it, '' = not stated
    "order_number": "VARCHAR",
    "enrolled_on": "DATE",  # first enrolment in management, NULL = not stated
    "last_seen": "DATE",
    "source_row": "INTEGER",  # 1-based line or sheet row in the source file
}

SNAPSHOT: dict[str, str] = {
    **STAGED,
    "site": "VARCHAR",  # site id, UNASSIGNED when no rule matched
    "asset_class": "VARCHAR",
    "model": "VARCHAR",  # catalog model id, '' when no match was accepted
    "source": "VARCHAR",  # importer id that owns the row's identity
    "source_file": "VARCHAR",  # digest of the file its values came from
}

SENSITIVITY: dict[str, str] = {
    name: "C3" if name in {"serial", "asset_tag", "key", "price_cents"} else "C2" for name in SNAPSHOT
}
