"""The peer: an ordinary SQLite table of the same devices with an index per filtered column, asked as list pages usually are:
count(*), limit and offset.
"""

import sqlite3
from pathlib import Path

from benchmarks.devices.requests import FIELDS, PAGE, Request
from throughline.fleet.index.devices import DeviceIndex
from throughline.fleet.index.filters import Filters

_COLUMN = {"year": "year", "support": "support_state"}


def build(index: DeviceIndex, target: Path) -> sqlite3.Connection:
    """Every device with the values the list shows and filters by."""
    connection = sqlite3.connect(target)
    connection.execute("pragma journal_mode = wal")
    columns = (
        "key, serial, asset_tag, site, place, asset_class, model, model_raw, status, role, condition, year, "
        "support_state, support_month, purchase_date, price_cents, last_seen, in_fleet, no_purchase_date"
    )
    connection.execute(f"create table device (id integer primary key, {columns})")
    after = None
    while True:
        page = index.page(limit=20_000, after=after)
        connection.executemany(
            f"insert into device ({columns}) values ({', '.join('?' * 19)})",
            [
                (
                    d.key, d.serial, d.asset_tag, d.site, d.place, d.asset_class, d.model, d.model_raw, d.status, d.role,
                    d.condition, str(d.purchase_year or ""), d.support, max(d.support_month, -1),
                    d.purchase_date and d.purchase_date.isoformat(), d.price_cents,
                    d.last_seen and d.last_seen.isoformat(), d.in_fleet, "no_purchase_date" in d.gaps,
                )
                for d in page.devices
            ],
        )  # fmt: skip
        after = page.after
        if after is None:
            break
    for name in (*(_COLUMN.get(name, name) for name in FIELDS), "serial", "asset_tag", "purchase_date", "price_cents"):
        connection.execute(f"create index device_{name} on device ({name}, id)")
    connection.commit()
    connection.execute("analyze")
    return connection


def where(filters: Filters) -> tuple[str, list[object]]:
    """The filters as a condition."""
    parts, values = ["1"], []
    for name in FIELDS:
        wanted = getattr(filters, name)
        if wanted:
            parts.append(f"{_COLUMN.get(name, name)} in ({', '.join('?' * len(wanted))})")
            values += wanted
    if filters.in_fleet is not None:
        parts.append("in_fleet = ?")
        values.append(filters.in_fleet)
    if filters.gap:
        parts.append("no_purchase_date")
    if filters.text:
        text = filters.text.lower()
        tests = ["instr(lower(serial), ?)", "instr(lower(asset_tag), ?)"]
        tests = tests if filters.anywhere else [f"{test} = 1" for test in tests]
        words = [
            f"({' and '.join(f'instr(lower({name}), ?)' for _ in text.split())})" for name in ("model_raw", "place")
        ]
        ids = f"({' and '.join('instr(lower(model), ?)' for _ in text.split())})"
        parts.append("(" + " or ".join([*tests, *words, ids]) + ")")
        values += [text, text, *text.split() * 3]
    return " and ".join(parts), values


def count(connection: sqlite3.Connection, filters: Filters) -> int:
    """count(*)."""
    condition, values = where(filters)
    return int(connection.execute(f"select count(*) from device where {condition}", values).fetchone()[0])


def page(connection: sqlite3.Connection, request: Request, offset: int) -> list[str]:
    """Keys of a page."""
    condition, values = where(request.filters)
    by, down = request.order.by, "desc" if request.order.descending else "asc"
    order = {"key": f"id {down}", "support": "support_month < 1, support_month, id"}.get(
        by, f"{by} is null, {by} {down}, id {down}"
    )
    if by == "site":
        order = "site, id"
    text = f"select * from device where {condition} order by {order} limit {PAGE} offset {offset}"
    return [str(row[1]) for row in connection.execute(text, values)]


def answer(connection: sqlite3.Connection, request: Request, offset: int) -> tuple[int, list[str]]:
    """Count and keys of a page."""
    return count(connection, request.filters), page(connection, request, offset)
