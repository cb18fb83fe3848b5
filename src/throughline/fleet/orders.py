"""Order lines in the fleet: units ordered and not yet enrolled count as stock, those that arrived count once, as
devices.

The rule is `engine/reconcile/orders.py`; here SQL lists the few lines and the arrivals of their models.
"""

from typing import TYPE_CHECKING

from throughline.engine.reconcile.orders import Arrivals, OrderLine, open_units
from throughline.fleet.database import statement
from throughline.fleet.layout import CONTENT, DEVICE, RECORD, SOLE, listed
from throughline.fleet.precedence import ORDERS

if TYPE_CHECKING:
    import duckdb

# Models meet by catalog id; a model the catalog does not know meets by its own text.
_MODEL = "case when model <> '' then 'id:' || model else 'text:' || lower(trim(model_raw)) end"
_NUMBER = "regexp_replace(upper(order_number), '[^A-Z0-9]', '', 'g')"

_LINES = """
create table order_lines as
select key, source, {model} as wanted, {number} as number, purchase_date as ordered_on, quantity as units
from devices where part = '{sole}' and serial = '' and source in (select source from kinds where kind = '{orders}')
"""

_ARRIVALS = """
select {model} as wanted, {number} as number, coalesce(enrolled_on, purchase_date) as day, count(*) as units
from devices where serial <> '' and {model} in (select wanted from order_lines)
group by 1, 2, 3
"""

_APPLY = """
insert into order_records select {as_record} from devices
where part = '{sole}' and (key, source) in (select (key, source) from arrived);
update devices set part = '{device}', quantity = arrived.still_open from arrived
where devices.key = arrived.key and devices.source = arrived.source and part = '{sole}'
"""


def settle_orders(connection: "duckdb.DuckDBPyConnection") -> tuple[int, int]:
    """Reduce order lines in `devices` to what is still open; units ordered and units that arrived."""
    slots = {
        "model": _MODEL, "number": _NUMBER, "sole": SOLE, "orders": ORDERS, "record": RECORD, "device": DEVICE,
        "as_record": listed(CONTENT).replace('"part"', f"'{RECORD}'").replace('"device"', "key"),
    }  # fmt: skip
    run = connection.execute
    run(statement(_LINES, **slots))
    found = run(
        "select key, source, wanted, number, ordered_on, units from order_lines order by key, source"
    ).fetchall()
    if not found:
        return 0, 0
    lines = [
        OrderLine(f"{source} {key}", wanted, number, day, units) for key, source, wanted, number, day, units in found
    ]
    arrivals = [Arrivals(*row) for row in run(statement(_ARRIVALS, **slots)).fetchall()]
    still = open_units(lines, arrivals)
    settled = [
        (key, source, still[f"{source} {key}"]) for key, source, *_, units in found if still[f"{source} {key}"] < units
    ]
    run("create table arrived (key varchar, source varchar, still_open integer)")
    if settled:
        run("begin")
        connection.executemany("insert into arrived values (?, ?, ?)", settled)
        run("commit")
        run(statement(_APPLY, **slots))
    ordered = sum(line.units for line in lines)
    return ordered, ordered - sum(still.values())
