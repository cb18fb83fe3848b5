"""Purchases that need more than an order: method and approval as the engine finds them, by record and year."""

from throughline.app.source.device_tables import label_of
from throughline.engine.checks.procurement import MICRO, purchases, record_names
from throughline.engine.run import PlanResult
from throughline.engine.table import Column, Row, Table, Unit


def purchase_table(result: PlanResult) -> Table | None:
    """Year by year, largest first: what is bought, for how much, by which method, and whether the board approves it."""
    found = [
        item
        for item in purchases(result.ledger, result.plan.district, result.rules)
        if item.method != MICRO or item.board_approval
    ]
    if not found:
        return None
    names = record_names(result.plan, result.rules)
    names |= {policy.id: label_of(result, policy.id) for policy in result.policies}
    columns = (
        Column("year", "Year"),
        Column("purchase", "Purchase"),
        Column("cents", "Amount", Unit.CENTS),
        Column("method", "Method"),
        Column("approval", "Board approval"),
        Column("rule", "Rule"),
    )
    rows = tuple(
        Row(
            (
                item.fiscal_year,
                names.get(item.subject, item.subject.rpartition("/")[2]),
                item.cents,
                item.method,
                "needed" if item.board_approval else "not needed",
                item.rule,
            ),
            key=f"{item.subject}/{item.fiscal_year}",
        )
        for item in sorted(found, key=lambda item: (item.fiscal_year, -item.cents, item.subject))
    )
    return Table("purchases", "Purchases that need quotes, bids or approval", columns, rows)
