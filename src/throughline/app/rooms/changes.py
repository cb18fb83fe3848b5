"""What changed since a version was adopted: cost and gap then and now, the records that moved the cost, the funds that pay otherwise."""

from dataclasses import dataclass

from throughline.app.names import Names
from throughline.app.rooms.shown import Money, ShownTable, linked
from throughline.engine.refs import UNFUNDED
from throughline.engine.run import PlanResult
from throughline.engine.table import Column, Row, Table, Unit
from throughline.engine.views.compare import compare_table

BUDGET = {"cost_type": "direct"}


@dataclass(frozen=True, slots=True)
class Changes:
    """Both sums of both versions; `items` holds only records whose cost differs, the largest difference first.

    `payers` holds the funds that pay another amount in some year, None when nobody pays otherwise.
    """

    cost_before: int
    cost: Money
    unfunded_before: int
    unfunded: Money
    items: ShownTable | None
    payers: ShownTable | None


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
        linked(shown, _where, _today) if named else None,
        _payers(adopted, now),
    )


def _payers(adopted: PlanResult, now: PlanResult) -> ShownTable | None:
    """Funds by what they pay in all years, then and now; `years` are those in which it differs."""
    names, old = Names(now), Names(adopted)
    before, after = adopted.allocation.by_fund_year(), now.allocation.by_fund_year()
    rows = []
    for fund in dict.fromkeys((*now.allocation.funds, *adopted.allocation.funds)):
        was, pays = before.get(fund, {}), after.get(fund, {})
        years = [f"FY{year}" for year in sorted(was.keys() | pays.keys()) if was.get(year, 0) != pays.get(year, 0)]
        if years:
            told = "Not funded" if fund == UNFUNDED else names.funds.get(fund) or old.fund(fund)
            sums = sum(was.values()), sum(pays.values())
            rows.append(Row((told, ", ".join(years), *sums, sums[1] - sums[0]), key=fund))
    columns = (
        Column("fund", "Paid by"),
        Column("years", "Years"),
        Column("before", "Adopted", Unit.CENTS),
        Column("after", "Today", Unit.CENTS),
        Column("difference", "Difference", Unit.CENTS),
    )
    table = Table("changed_payers", "Who pays, since adoption", columns, tuple(rows))
    return linked(table, lambda row: {"fund": row.key}, _today) if rows else None


def _today(column: Column) -> dict[str, str] | None:
    return {} if column.key == "after" else None


def _named(row: Row, names: Names, old: Names) -> Row:
    subject = row.key.removeprefix("subject/")
    label = names.item(subject) or old.item(subject) or subject
    return Row((label, *row.values[1:]), row.kind, row.key)


def _where(row: Row) -> dict[str, str | frozenset[str]] | None:
    return {"subject": row.key.removeprefix("subject/")} if row.key else None


def _gap(result: PlanResult) -> int:
    return sum(result.allocation.by_fund_year().get(UNFUNDED, {}).values())
