"""What headings of inventories are called, and the words of their cells, gathered from common spreadsheets."""

from throughline.engine.plan.inventory import Status
from throughline.importers.columns import Column, spellings
from throughline.importers.disposals import INVENTORY_COLUMNS

ROLES = (
    *((word, "student") for word in ("student", "students", "pupil", "learner", "11", "onetoone")),
    *(
        (word, "staff")
        for word in ("staff", "teacher", "teachers", "faculty", "admin", "administration", "employee", "office")
    ),
    *(
        (word, "shared")
        for word in ("shared", "cart", "carts", "lab", "library", "loaner", "loaners", "classroom", "testing")
    ),
)
HELD = (
    *(
        (word, "owned")
        for word in ("owned", "own", "corporate", "district", "purchased", "purchase", "bought", "donated")
    ),
    *((word, "leased") for word in ("leased", "lease", "rental", "rented")),
)
CONDITIONS = (
    *((word, "good") for word in ("good", "new", "excellent", "fair", "likenew", "working", "ok", "a", "b")),
    *((word, "poor") for word in ("poor", "bad", "broken", "damaged", "failing", "notworking", "c", "d")),
)
COLUMNS = (
    Column(
        "serial",
        "identifier",
        spellings("Serial Number; Serial; Serial No; Serial #; S/N; SN; Service Tag; Device Serial"),
    ),
    Column(
        "asset_tag",
        "identifier",
        spellings(
            "Asset Tag; Asset ID; Tag; Tag Number; Asset Number; Asset #; Barcode; Inventory Number; "
            "Inventory Tag; Property Tag; Asset No; Fixed Asset Number"
        ),
    ),
    Column(
        "quantity", "integer", spellings("Quantity; Qty; Count; Number of Devices; Units; Device Count; # of Devices")
    ),
    Column(
        "model_raw",
        "text",
        spellings(
            "Model; Model Name; Device Model; Make/Model; Make and Model; Product; Product Name; Item "
            "Description; Description; Item; Device Name; Device; Equipment; Asset Description; Asset Name"
        ),
    ),
    Column(
        "category_raw",
        "text",
        spellings(
            "Category; Asset Type; Device Type; Asset Category; Equipment Type; Type; Class; Asset Class; "
            "Product Type; Subcategory"
        ),
    ),
    Column("manufacturer", "text", spellings("Manufacturer; Make; Brand; Mfr; OEM")),
    Column("status", "choice", spellings("Status; Asset Status; Device Status; State; Disposition; Lifecycle Status")),
    Column(
        "place",
        "text",
        spellings(
            "Site; School; Building; Location; Campus; School Name; Site Name; Building Name; Home Location; "
            "Facility; Org Unit"
        ),
    ),
    Column(
        "role",
        "choice",
        spellings("Role; Use; Usage; Used By; Audience; Assigned Role; User Type; Purpose"),
        choices=ROLES,
    ),
    Column("grade_band", "text", spellings("Grade Band; Grade; Grade Level; Grades; Grade Range")),
    Column("program", "text", spellings("Program; Department; Dept; Subject")),
    Column(
        "held_as",
        "choice",
        spellings("Ownership; Owned/Leased; Held As; Acquisition Type; Acquisition Method; Lease/Own"),
        choices=HELD,
    ),
    Column(
        "leased_until", "date", spellings("Lease End; Lease End Date; Leased Until; Lease Expiration; Lease Expires")
    ),
    Column("award", "text", spellings("Grant; Award; Grant Name; Grant Number; Federal Award")),
    Column(
        "federal_share_bp",
        "percent",
        spellings("Federal Share; Federal Participation; Federal %; % Federal; Percent Federal"),
    ),
    Column(
        "purchase_date",
        "date",
        spellings(
            "Purchase Date; Purchased Date; Date Purchased; Purchased; Acquisition Date; Date Acquired; Acquired; In Service "
            "Date; In-Service Date; Date of Purchase; Bought; Received Date; Date Received; Purchased On"
        ),
    ),
    Column(
        "price_cents",
        "money",
        spellings(
            "Unit Price; Unit Cost; Price Each; Cost Each; Purchase Price; Purchase Cost; Price; Cost; "
            "Acquisition Cost; Original Cost; Value; Cost Per Unit"
        ),
    ),
    Column(
        "total_cents",
        "money",
        spellings("Total Cost; Total Price; Extended Cost; Extended Price; Total Value; Total; Amount"),
    ),
    Column("condition", "choice", spellings("Condition; Device Condition; Physical Condition"), choices=CONDITIONS),
    Column(
        "support_end",
        "date",
        spellings(
            "Support End; End of Support; Support End Date; EOL; EOL Date; End of Life; AUE; AUE Date; Auto "
            "Update Expiration"
        ),
    ),
    Column("os", "text", spellings("Operating System; OS; OS Name; Operating System Name")),
    Column(
        "os_version",
        "text",
        spellings("OS Version; Operating System Version; OS Build; OS Release; OS Build Number; Windows Version"),
    ),
    Column("order_number", "identifier", spellings("PO Number; PO; Purchase Order; Order Number; PO #; P.O.")),
    Column("enrolled_on", "date", spellings("Enrolled; Enrollment Date; Enrolled On; First Seen; Date Added; Created")),
    Column(
        "last_seen",
        "date",
        spellings(
            "Last Seen; Last Check-in; Last Sync; Last Inventory; Last Inventoried; Last Inventory Date; "
            "Last Contact; Last Audit Date"
        ),
    ),
    *INVENTORY_COLUMNS,
)
STATUSES: dict[str, str] = {
    **dict.fromkeys(
        "active inuse deployed assigned checkedout inservice issued operational online current enrolled".split(),
        Status.IN_USE,
    ),
    **dict.fromkeys(
        "stored instorage storage available spare instock stock unassigned checkedin ready readytodeploy surplus inactive reserve".split(),
        Status.STORED,
    ),
    **dict.fromkeys(
        "repair inrepair outforrepair broken damaged rma maintenance inmaintenance needsrepair".split(), Status.REPAIR
    ),
    **dict.fromkeys("onorder ordered backordered pendingreceipt intransit".split(), Status.ON_ORDER),
    **dict.fromkeys("missing lost stolen loststolen notfound unaccounted".split(), Status.MISSING),
    **dict.fromkeys("disabled locked".split(), Status.DISABLED),
    **dict.fromkeys(
        "retired disposed decommissioned deprovisioned recycled sold scrapped obsolete discarded archived removed "
        "auctioned destroyed eol".split(),
        Status.RETIRED,
    ),
}
