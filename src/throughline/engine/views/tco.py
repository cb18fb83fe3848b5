"""Total cost of ownership by category and year, direct and indirect side by side, per student and per device.

Indirect cost is memo: shown in rows of its own, never added to a budget (CoSN's split, domain 1.1).
"""

from collections.abc import Mapping
from decimal import Decimal

from throughline.engine.ledger.ledger import Ledger
from throughline.engine.money import round_half_up
from throughline.engine.rulebook.catalog import TcoCategory
from throughline.engine.table import Column, Row, Table, Unit, year_columns


def tco_table(ledger: Ledger, categories: Mapping[str, TcoCategory], years: tuple[str, ...]) -> Table:
    """Categories by fiscal year; a total of direct cost, then the indirect memo rows."""
    columns = (
        Column("code", "Code"),
        Column("category", "Category"),
        *year_columns(years),
        Column("total", "Total", Unit.CENTS, True),
    )
    direct = _rows(ledger, "direct", categories, years, "body")
    table = Table("tco", "Total cost of ownership by category", columns, direct).with_total("Direct cost")
    memo = _rows(ledger, "indirect", categories, years, "memo")
    notes = ("Indirect cost is real but unbudgeted employee time; it is in no budget and no fund.",) if memo else ()
    return Table(table.id, table.title, columns, (*table.rows, *memo), notes)


def _rows(
    ledger: Ledger, cost_type: str, categories: Mapping[str, TcoCategory], years: tuple[str, ...], kind: str
) -> tuple[Row, ...]:
    cents = ledger.by("category", "fiscal_year", where={"cost_type": cost_type})
    rows = []
    for code in sorted({category for category, _ in cents}):
        values = [cents.get((code, year), 0) for year in years]
        rows.append(Row((code, categories[code].label, *values, sum(values)), kind, f"category/{code}"))
    return tuple(rows)


def per_unit_table(
    ledger: Ledger, years: tuple[str, ...], pupils: Mapping[str, Decimal], devices: Mapping[str, int]
) -> Table:
    """Cost per student and per device by year; a year without a known count stays empty."""
    columns = (Column("measure", "Measure"), *(Column(year, year, Unit.CENTS) for year in years))
    by_year = {cost: ledger.by("fiscal_year", where={"cost_type": cost}) for cost in ("direct", "indirect")}
    rows = []
    for label, cost in (("direct", "direct"), ("indirect (memo)", "indirect")):
        if not by_year[cost]:
            continue
        for what, counts in (("student", pupils), ("device", devices)):
            values = tuple(_per(by_year[cost].get((year,), 0), counts.get(year)) for year in years)
            rows.append(
                Row((f"Per {what}, {label}", *values), "body" if cost == "direct" else "memo", f"per/{what}/{cost}")
            )
    return Table("per_unit", "Cost per student and per device", columns, tuple(rows))


def _per(cents: int, count: Decimal | int | None) -> int | None:
    return None if not count else round_half_up(Decimal(cents) / Decimal(count))
