"""What the index file holds: tables, arrays and the words filters use.

meta(name, value)             version, digest of the snapshot, numbers of rows
word(field, code, text)       texts of a field by code
device(id, ...)               a device per row; `id` is its position in the order of key and source
record(device, n, ...)        what each source says about a device that several describe, and repeated lines
array(name, kind, data)       integer arrays, little-endian: `cell.<dimension>`, `cell.rows`, `cell.units` by cell;
                              `row.<field>` by device; `order.<field>` the ids in the order of a field, blank
                              ones last; `text`: serial and tag of each device in lower case, a line each;
                              `text.starts` of each line
"""

from throughline.engine.plan.inventory import SNAPSHOT

VERSION = 3
SUFFIX = f".v{VERSION}.sqlite"

# Columns by how a row stores them.
PLAIN = ("key", "serial", "asset_tag", "order_number")
DATES = ("leased_until", "purchase_date", "support_end", "enrolled_on", "last_seen")  # days since 1970-01-01
NUMBERS = ("quantity", "federal_share_bp", "price_cents", "source_row")
CODED = ("part", *(name for name in SNAPSHOT if name not in {*PLAIN, *DATES, *NUMBERS}))  # position among the words
STORED = (*PLAIN, *DATES, *NUMBERS, *CODED)

# What a cell is made of. `year`: fiscal year of purchase by its end, 0 = unknown; `support`: month index of the support
# end the inventory states, -1 = none stated; `fleet`: counted by the plan; `gaps`: a bit for each of GAPS; `lists`: position in LISTS.
TEXTS = ("site", "asset_class", "model", "status", "role", "condition")
SYSTEM = "system"  # release of the operating system, else its name as the inventory prints it, '' = not stated
DIMENSIONS = (*TEXTS, SYSTEM, "year", "support", "fleet", "gaps", "lists")

# What can be wrong with a device, as bits: the gaps that data quality counts, and what comparing two lists found.
GAPS = (
    "no_serial",
    "no_site",
    "no_purchase_date",
    "no_price",
    "no_model",
    "repeated",  # its key stands more than once in one file
    "tag_shared",  # another device carries the same asset tag
    "sources_disagree",  # sources name different sites or models
    "only_managed",  # in device management, not in the register
    "only_registered",  # in the register, not in device management, of a class that management manages
    "differs_site",
    "differs_model",
    "differs_status",
    "differs_support_end",
    "corrected",  # a person corrected something
)
LISTS = ("", "managed", "registered", "both")  # which kinds of list describe a device, where both kinds were read
SUPPORT_STATES = ("past", "within_a_year", "later", "no_end", "unknown")
ROW_ARRAYS = ("cell", "quantity", "purchase_date", "price_cents", "last_seen", "contact", "model_raw", "place")
TEXT_FIELDS = ("serial", "asset_tag")  # the fields of a line of `text`
KEPT_ORDERS = ("serial", "asset_tag", "purchase_date", "price_cents", "last_seen")
NO_DAY = -(2**31)  # a date or price not known, before every known one
