"""Comparison of two ledgers: two scenarios, two plan versions, or plan and actuals. One operation for all three."""

from collections.abc import Mapping

from throughline.engine.ledger.ledger import Ledger
from throughline.engine.table import Column, Row, Table, Unit

BUDGET = {"cost_type": "direct"}


def compare_table(before: Ledger, after: Ledger, dimension: str, names: tuple[str, str]) -> Table:
    """Budget cents by one dimension in both ledgers and their difference (second less first)."""
    sums = [
        {member: cents for (member,), cents in ledger.by(dimension, where=BUDGET).items()} for ledger in (before, after)
    ]
    return compare_sums(sums[0], sums[1], dimension, names)


def compare_sums(first: Mapping[str, int], second: Mapping[str, int], dimension: str, names: tuple[str, str]) -> Table:
    """Cents by member before and after, and their difference (second less first)."""
    columns = (
        Column("member", dimension.replace("_", " ").capitalize()),
        Column("before", names[0], Unit.CENTS, True),
        Column("after", names[1], Unit.CENTS, True),
        Column("difference", "Difference", Unit.CENTS, True),
    )
    rows = []
    for member in sorted(first.keys() | second.keys()):
        a, b = first.get(member, 0), second.get(member, 0)
        rows.append(Row((member, a, b, b - a), key=f"{dimension}/{member}"))
    title = f"{names[1]} compared with {names[0]} by {dimension.replace('_', ' ')}"
    return Table(f"compare_{dimension}", title, columns, tuple(rows)).with_total("Total")
