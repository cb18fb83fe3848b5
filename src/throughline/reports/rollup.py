"""Long tables made short for print: the largest rows stay, the rest becomes one row; totals stay what they were."""

from collections.abc import Sequence
from dataclasses import replace

from throughline.engine.table import Row, Table, Unit, Value


def largest(table: Table, keep: int, by: str, label: str) -> Table:
    """At most `keep` rows, largest `by` first, the last of them "label" with what the others add up to."""
    place = table.index(by)
    body = sorted((row for row in table.rows if row.kind == "body"), key=lambda row: -int(row.values[place] or 0))
    if len(body) <= keep:
        return table
    kept, rest = body[: keep - 1], body[keep - 1 :]
    others = [row for row in table.rows if row.kind != "body"]
    return replace(table, rows=(*kept, _joined(table, rest, label), *others))


def grouped(table: Table, groups: Sequence[tuple[str, str, Sequence[str]]]) -> Table:
    """Rows of the same group as one row: (key, label, keys of its rows); rows in no group stay, after the groups."""
    body = {row.key: row for row in table.rows if row.kind == "body"}
    rows = []
    for key, label, members in groups:
        found = [body.pop(member) for member in members if member in body]
        if found:
            rows.append(replace(_joined(table, found, label), key=key))
    return replace(table, rows=(*rows, *body.values(), *(row for row in table.rows if row.kind != "body")))


def _joined(table: Table, rows: Sequence[Row], label: str) -> Row:
    """One row: columns that add up are added, of the others nothing is said."""

    def value(j: int) -> Value:
        column = table.columns[j]
        if column.additive:
            return sum(int(row.values[j] or 0) for row in rows)
        same = {row.values[j] for row in rows}
        return same.pop() if len(same) == 1 and column.unit is not Unit.TEXT else None

    return Row((label, *(value(j) for j in range(1, len(table.columns)))), "body", "REST")
