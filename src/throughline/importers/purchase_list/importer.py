"""Purchase orders line by line: what was ordered, how many, at which unit price, and whether it has come.

Lines without serial numbers become counted assets (`order:PO/line`), and open orders count as stock on order, so that
nothing is bought twice. Quantity x unit price must give the stated total; a difference is a finding. Services and
charges are no devices.
"""

from throughline.engine.plan.inventory import Status
from throughline.importers.base import Head, Importer
from throughline.importers.columns import Column, known_spellings, spellings
from throughline.importers.inventory import Inventory, Rule

COLUMNS = (
    Column(
        "order_number",
        "identifier",
        spellings(
            "PO Number; PO #; PO No; PO; Purchase Order; Purchase Order Number; Order Number; Order #; Order No; Order"
        ),
        required=True,
    ),
    Column("line", "identifier", spellings("Line; Line #; Line No; Line Number; PO Line; Ln")),
    Column(
        "model_raw",
        "text",
        spellings("Item Description; Description; Item; Product; Product Description; Model; Material; Item Name"),
        required=True,
        filled=True,
    ),
    Column("category_raw", "text", spellings("Category; Commodity; Item Category; Type; Product Type")),
    Column("manufacturer", "text", spellings("Manufacturer; Brand; Make")),
    Column(
        "quantity",
        "integer",
        spellings("Qty; Quantity; Qty Ordered; Quantity Ordered; Order Qty; Units; Count"),
        required=True,
        filled=True,
    ),
    Column(
        "price_cents", "money", spellings("Unit Price; Unit Cost; Price Each; Each; Price; Cost Each; Price Per Unit")
    ),
    Column(
        "total_cents",
        "money",
        spellings(
            "Total; Line Total; Extended Price; Extended; Ext Price; Extended Cost; Ext Cost; Extended "
            "Amount; Total Cost; Total Price; Amount; Line Amount"
        ),
    ),
    Column(
        "purchase_date", "date", spellings("Order Date; PO Date; Date Ordered; Purchase Date; Issued; Issue Date; Date")
    ),
    Column("received_on", "date", spellings("Received Date; Date Received; Received On; Delivery Date; Delivered")),
    Column("vendor", "text", spellings("Vendor; Supplier; Vendor Name; Seller")),
    Column("status", "choice", spellings("Status; PO Status; Line Status; Order Status; Receipt Status; Received")),
    Column(
        "place", "text", spellings("Ship To; Ship To Site; Site; School; Location; Building; Deliver To; Destination")
    ),
    Column("serial", "identifier", spellings("Serial Number; Serial; Serial No; S/N")),
    Column("asset_tag", "identifier", spellings("Asset Tag; Tag; Tag Number")),
    Column("award", "text", spellings("Grant; Award; Grant Name; Grant Number; Federal Award")),
)
OPEN, CANCELLED = Status.ON_ORDER, "cancelled"
STATUSES: dict[str, str] = {
    **dict.fromkeys(
        "received complete completed closed delivered paid fulfilled yes y invoiced".split(), Status.IN_USE
    ),
    **dict.fromkeys(
        "open ordered issued approved pending backordered backorder shipped intransit onorder no n notreceived submitted released".split(),
        OPEN,
    ),
    **dict.fromkeys("cancelled canceled void voided".split(), CANCELLED),
}
STATUS = """CASE WHEN status <> '' THEN status WHEN has_received_on AND received_on IS NULL THEN 'on_order' ELSE 'in_use' END"""
# A line is a device if it names one, whatever else it mentions; a charge or service if it names only that.
SERVICE = "|".join(
    "shipping freight handling tax discount credit fees? licen[cs]es? subscriptions? upgrade warrant(y|ies) protection insurance "
    "installation training consulting services? support enrollment recycling".split()
)
DEVICE = "|".join(
    "chromebooks? laptops? notebooks? ipads? tablets? desktops? computers? macbooks? imacs? monitors? displays? panels? "
    "projectors? printers? switch(es)? servers? firewalls? phones? cameras? docks? carts? ups optiplex latitude thinkpads? "
    "elitebooks? surface".split()
)
NO_DEVICE = (
    f"regexp_matches(model_raw, '(?i)\\b({SERVICE})\\b') AND NOT regexp_matches(model_raw, '(?i)\\b({DEVICE})\\b')"
)


def identify(name: str, head: Head) -> int:  # noqa: ARG001 - any file name will do
    """An order number, an item and a quantity, with a price."""
    known, cells = head.best(known_spellings(COLUMNS))
    have = {column.name for column in COLUMNS if cells & column.folded}
    if not {"order_number", "model_raw", "quantity"} <= have or not have & {"price_cents", "total_cents"}:
        return 0
    return min(79, 55 + 3 * known)


IMPORTER = Importer(
    id="purchase_list",
    title="Purchase orders",
    description="Lines of purchase orders with quantity and price, as CSV or XLSX, from any finance or purchasing system.",
    kind="inventory",
    identify=identify,
    columns=COLUMNS,
    example_columns=("PO Number", "Order Date", "Vendor", "Item Description", "Qty", "Unit Price", "Total", "Status"),
    strangers=True,
    inventory=Inventory(
        statuses=STATUSES,
        source="orders",
        staged={
            "status": STATUS,
            "price_cents": "coalesce(price_cents, CASE WHEN quantity > 0 THEN (total_cents + quantity // 2) // quantity END)",
        },
        key="CASE WHEN serial <> '' THEN 'serial:' || upper(serial) ELSE '' END",
        counted_key="'order:' || upper(order_number) || CASE WHEN line <> '' THEN '/' || line ELSE '' END",
        rules=(
            Rule("TL-READ-070", "order_number", "order_number = '' AND serial = ''"),
            Rule("TL-IMP-036", "order_number", "status = 'cancelled'", warn=True),
            Rule("TL-IMP-035", "model_raw", NO_DEVICE, warn=True),
            Rule("TL-IMP-034", "quantity", "serial <> '' AND quantity > 1"),
            Rule(
                "TL-IMP-031",
                "total_cents",
                "price_cents IS NOT NULL AND total_cents IS NOT NULL AND price_cents * quantity <> total_cents",
                refuse=False,
                args=(
                    ("quantity", "quantity"),
                    ("unit_cents", "price_cents"),
                    ("stated_cents", "total_cents"),
                    ("difference_cents", "price_cents * quantity - total_cents"),
                ),
                cents="abs(price_cents * quantity - total_cents)",
            ),
        ),
    ),
)
