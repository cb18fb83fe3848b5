"""The legend of the five-year picture: a table of who pays, in the order of the stack, so that it is also data."""

from django.utils.translation import gettext

from throughline.app.rooms.home import Home
from throughline.app.rooms.shown import ShownTable
from throughline.engine.table import Column, Row, Table, Unit

STACK = (  # top to bottom
    "unfunded",
    "fund-others",
    "fund-state",
    "fund-title",
    "fund-erate",
    "fund-bond",
    "fund-levy",
    "fund-gf",
)


def legend(page: Home) -> ShownTable:
    """Funds with their sums over all years, top of the stack first, then the total."""
    table = page.by_fund.table
    name, total = table.index("fund"), table.index("total")
    role = {mark.id: mark.role for mark in page.funds}
    places = [i for i, row in enumerate(table.rows) if row.kind == "total" or row.values[total]]
    places.sort(key=lambda i: (table.rows[i].kind == "total", _place(role.get(table.rows[i].key, "")), i))
    rows = tuple(_pick(table, i, name, total) for i in places)
    columns = (Column("fund", gettext("Paid from")), Column("total", gettext("All years"), Unit.CENTS, True))
    explain = tuple(("", page.by_fund.explain[i][total]) for i in places)
    return ShownTable(Table("legend", gettext("Who pays, over all years"), columns, rows), explain)


def _pick(table: Table, place: int, name: int, total: int) -> Row:
    row = table.rows[place]
    return Row((row.values[name], row.values[total]), row.kind, row.key)


def _place(role: str) -> int:
    return STACK.index(role) if role in STACK else len(STACK)
