"""What changed since a version was adopted: cost and gap then and now, and the records that moved the cost."""

from dataclasses import dataclass

from throughline.app.explain_words import Names
from throughline.app.rooms.shown import Money, ShownTable, linked
from throughline.engine.refs import UNFUNDED
from throughline.engine.run import PlanResult
from throughline.engine.table import Row, Table
from throughline.engine.views.compare import compare_table

BUDGET = {"cost_type": "direct"}


@dataclass(frozen=True, slots=True)
class Changes:
    """Both sums of both versions; `items` holds only records whose cost differs, the largest difference first."""

    cost_before: int
    cost: Money
    unfunded_before: int
    unfunded: Money
    items: ShownTable


def changes(adopted: PlanResult, now: PlanResult) -> Changes:
    """Differences between the planning years of two runs."""
    names = Names(now)
    old = Names(adopted)
    table = compare_table(adopted.ledger, now.ledger, "subject", ("Adopted", "Today"))
    rows = [row for row in table.rows if row.kind == "body" and row.values[-1]]
    rows.sort(key=lambda row: (-abs(int(row.values[-1] or 0)), row.key))
    named = tuple(_named(row, names, old) for row in rows)
    shown = Table("changes", "What changed since adoption", table.columns, named).with_total("All changes")
    return Changes(
        adopted.ledger.total(BUDGET),
        Money(now.ledger.total(BUDGET), "total"),
        _gap(adopted),
        Money(_gap(now), "fund=UNFUNDED"),
        linked(shown, _where, lambda column: {} if column.key == "after" else None),
    )


def _named(row: Row, names: Names, old: Names) -> Row:
    subject = row.key.removeprefix("subject/")
    label = names.item(subject) or old.item(subject) or subject
    return Row((label, *row.values[1:]), row.kind, row.key)


def _where(row: Row) -> dict[str, str | frozenset[str]] | None:
    return {"subject": row.key.removeprefix("subject/")} if row.key else None


def _gap(result: PlanResult) -> int:
    return sum(result.allocation.by_fund_year().get(UNFUNDED, {}).values())
