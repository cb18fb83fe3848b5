"""Any inventory with headings: columns are matched by spelling, near misses are suggested, answers are remembered per
source.

A row needs a model or a category. Quantities are allowed; such rows are counted assets known by place, model,
category and purchase date. When a list has quantities, whether its price column is for one unit or for the row is
asked.
"""

from throughline.importers.base import Head, Importer
from throughline.importers.columns import known_spellings
from throughline.importers.generic_inventory.columns import COLUMNS, STATUSES
from throughline.importers.generic_inventory.suggest import SURE, nearest, suggest
from throughline.importers.inventory import Inventory, Rule
from throughline.importers.reading.table import fold

# Seats and licensees are what a list of licenses has: their rows are no devices, whatever else they carry.
LICENSE_COLUMNS = frozenset(map(fold, ("Seats", "Licensed To Name", "Licensed To Email", "License Key", "Product Key")))


def identify(name: str, head: Head) -> int:  # noqa: ARG001 - any file name will do
    """A model or category, with anything that says how many, which, where or since when.

    A serial number or asset tag, even misspelt, makes a list an inventory too; what its other columns are is asked
    then.
    """
    known, cells = head.best(known_spellings(COLUMNS))
    if cells & LICENSE_COLUMNS:
        return 0
    have = {column.name for column in COLUMNS if cells & column.folded}
    if not have & {"model_raw", "category_raw"} or not have & {
        "serial",
        "asset_tag",
        "quantity",
        "purchase_date",
        "place",
    }:
        return 34 if _names_devices(head) else 0
    return min(50, 14 + 6 * known)


def _names_devices(head: Head) -> bool:
    identities = tuple(column for column in COLUMNS if column.name in {"serial", "asset_tag"})
    return any(
        any(nearest(cell, identities)[1] >= SURE for cell in row if len(fold(cell)) > 5) for row in head.rows[:10]
    )


IMPORTER = Importer(
    id="generic_inventory",
    title="Inventory (any spreadsheet)",
    description="Any list of devices with headings, as CSV or XLSX: one device a row, or a quantity a row.",
    kind="inventory",
    identify=identify,
    columns=COLUMNS,
    example_columns=(
        "Serial Number",
        "Asset Tag",
        "Model",
        "Category",
        "School",
        "Purchase Date",
        "Unit Price",
        "Status",
    ),
    strangers=True,
    suggest=suggest,
    inventory=Inventory(
        statuses=STATUSES,
        staged={
            "quantity": "coalesce(quantity, 1)",
            "held_as": "CASE WHEN held_as <> '' THEN held_as WHEN leased_until IS NOT NULL THEN 'leased' ELSE 'owned' END",
            "price_cents": "coalesce(price_cents, CASE WHEN coalesce(quantity, 1) > 0"
            " THEN (total_cents + coalesce(quantity, 1) // 2) // coalesce(quantity, 1) END)",
        },
        rules=(
            Rule("TL-IMP-033", "", "model_raw = '' AND category_raw = ''"),
            Rule("TL-READ-070", "quantity", "has_quantity AND quantity IS NULL AND serial = '' AND asset_tag = ''"),
            Rule("TL-IMP-034", "quantity", "serial <> '' AND quantity > 1"),
            Rule(
                "TL-IMP-031",
                "total_cents",
                "price_cents IS NOT NULL AND total_cents IS NOT NULL AND price_cents * coalesce(quantity, 1) <> total_cents",
                refuse=False,
                args=(
                    ("quantity", "coalesce(quantity, 1)"),
                    ("unit_cents", "price_cents"),
                    ("stated_cents", "total_cents"),
                    ("difference_cents", "price_cents * coalesce(quantity, 1) - total_cents"),
                ),
                cents="abs(price_cents * coalesce(quantity, 1) - total_cents)",
            ),
        ),
    ),
)
