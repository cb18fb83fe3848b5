"""Every number of the tables that documents print equals the ledger, the allocation or the fleet it is drawn from."""

from decimal import Decimal
from functools import cache

from tests.app.folders import larkhollow
from throughline.app.source.lateness import devices_late, devices_not_renewed
from throughline.app.source.report_source import report_source
from throughline.engine.funding.cliffs import cliffs
from throughline.engine.money import round_half_up
from throughline.engine.refs import UNFUNDED
from throughline.engine.table import Row, Table, Unit
from throughline.reports.base import ReportSource

BUDGET = {"cost_type": "direct"}


@cache
def source() -> ReportSource:
    opened, result = larkhollow()
    return report_source(opened, result)


def body(table: Table) -> list[Row]:
    return [row for row in table.rows if row.kind == "body"]


def cells(table: Table, row: Row) -> dict[str, object]:
    return {column.key: value for column, value in zip(table.columns, row.values, strict=True)}


def test_every_total_row_is_the_sum_of_its_column() -> None:
    for table in source().tables.values():
        totals = [row for row in table.rows if row.kind == "total"]
        for row in totals:
            for place, column in enumerate(table.columns):
                if column.additive and isinstance(row.values[place], int):
                    parts = [line.values[place] for line in body(table)]
                    assert row.values[place] == sum(int(part or 0) for part in parts), (table.id, column.key)


def test_money_by_fund_is_the_allocation_and_adds_up_to_the_ledger() -> None:
    _, result = larkhollow()
    table = source().tables["by_fund"]
    paid = result.allocation.by_fund_year()
    for row in body(table):
        for year in result.horizon.years:
            assert cells(table, row)[year.label] == paid.get(row.key, {}).get(year.end_year, 0)
    (total,) = [row for row in table.rows if row.kind == "total"]
    by_year = result.ledger.by("fiscal_year", where=BUDGET)
    for year in result.horizon.labels:
        assert cells(table, total)[year] == by_year.get((year,), 0)
    assert cells(table, total)["total"] == result.ledger.total(BUDGET)


def test_tables_of_one_dimension_are_group_bys_of_the_ledger() -> None:
    _, result = larkhollow()
    for name, dimension in (("by_category", "category"), ("by_site", "site")):
        table = source().tables[name]
        cents = result.ledger.by(dimension, "fiscal_year", where=BUDGET)
        for row in body(table):
            for year in result.horizon.labels:
                assert cells(table, row)[year] == cents.get((row.key, year), 0), (name, row.key)
        assert {row.key for row in body(table)} == {member for member, _ in cents}


def test_what_is_not_funded_is_the_same_in_every_table() -> None:
    _, result = larkhollow()
    gap = sum(result.allocation.by_fund_year()[UNFUNDED].values())
    tables = source().tables
    assert sum(int(cells(tables["by_category"], row)["unfunded"] or 0) for row in body(tables["by_category"])) == gap
    assert (
        sum(int(cells(tables["unfunded_items"], row)["unfunded"] or 0) for row in body(tables["unfunded_items"])) == gap
    )
    assert source().figures["gap"].value == gap
    assert source().figures["cost"].value == result.ledger.total(BUDGET)


def test_cost_of_purchases_is_the_one_time_cost_of_the_policy_in_the_ledger() -> None:
    _, result = larkhollow()
    table = source().tables["refresh"]
    cents = result.ledger.by("subject", where={**BUDGET, "recurrence": "one_time"})
    fleet = {row.policy.id: row for row in result.fleet.rows}
    shown = sum(int(cells(table, row)["cost"] or 0) for row in body(table))
    assert shown == sum(cents.get((policy,), 0) for policy in fleet)
    for place, year in enumerate(result.horizon.labels):
        planned = sum(int((row.replaced + row.bought)[:, place].sum()) for row in fleet.values())
        assert sum(int(cells(table, row)[year] or 0) for row in body(table)) == planned


def test_devices_not_renewed_never_exceed_those_the_plan_buys() -> None:
    _, result = larkhollow()
    waiting = devices_not_renewed(result)
    assert waiting
    for name, late in devices_late(result).items():
        rows = [row for row in result.fleet.rows if row.policy.asset_class.id == name]
        bought = [sum(int((row.replaced + row.bought)[:, year].sum()) for row in rows) for year in range(len(late))]
        assert all(0 <= units <= sum(bought[: year + 1]) for year, units in enumerate(late)), name
        assert waiting.get(name, 0) == late[-1]
    table = source().tables["unfunded_items"]
    for row in body(table):
        assert (cells(table, row)["units"] or 0) == waiting.get(row.key, 0)
    assert source().figures["devices_not_renewed"].value == sum(waiting.values())


def test_the_cliff_table_is_what_the_engine_finds() -> None:
    _, result = larkhollow()
    table = source().tables["cliffs"]
    found = cliffs(result.allocation, result.horizon.last.end_year)
    for year in result.horizon.years:
        lands = sum(cents for item in found for end, cents in item.lands if end == year.end_year)
        assert sum(int(cells(table, row)[year.label] or 0) for row in body(table)) == lands


def test_cost_lines_are_the_ledger_with_every_cent_once() -> None:
    _, result = larkhollow()
    table = source().tables["cost_lines"]
    rows = [cells(table, row) for row in body(table)]
    assert sum(int(str(row["cents"])) for row in rows) == result.ledger.total()
    paid = result.allocation.by_fund_year()
    for fund, years in paid.items():
        assert sum(int(str(row["cents"])) for row in rows if row["fund"] == fund) == sum(years.values())


def test_per_student_cost_is_the_year_over_the_pupils() -> None:
    _, result = larkhollow()
    table = source().tables["per_student"]
    for year, row in zip(result.horizon.years, body(table), strict=True):
        pupils = sum((result.pupils.district(year) or {}).values(), Decimal(0))
        said = cells(table, row)
        assert said["cost"] == result.ledger.total({**BUDGET, "fiscal_year": year.label})
        assert said["students"] == round_half_up(pupils)
        assert said["per_student"] == round_half_up(Decimal(int(str(said["cost"]))) / pupils)


def test_balances_close_on_what_they_opened_with() -> None:
    table = source().tables["balances"]
    assert table.columns[2].unit is Unit.CENTS
    for row in body(table):
        said = {key: int(str(value)) for key, value in cells(table, row).items() if key not in ("fund", "year")}
        assert said["opening"] + said["added"] - said["charged"] - said["lapsed"] == said["closing"], row.key


def test_lateness_without_money_is_never_less_than_with_the_plan() -> None:
    table = source().tables["late"]
    with_plan, without = (row.values[1:] for row in body(table))
    assert all(int(b or 0) >= int(a or 0) for a, b in zip(with_plan, without, strict=True))
    assert all(0 <= int(value or 0) <= 10_000 for value in without)
