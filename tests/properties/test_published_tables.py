"""Any table of items by years closes after import, and any changed total is found with exactly its difference."""

import csv
import io
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from throughline.engine.checks.capital_plan import check_capital_plan
from throughline.engine.plan.district import District
from throughline.engine.plan.plan import Plan, with_records
from throughline.engine.views.capital_plan import capital_plan_table
from throughline.importers.reading.upload import Upload
from throughline.importers.run import read_here

CLOSING = {"TL-PLAN-001", "TL-PLAN-002", "TL-PLAN-003"}
cents = st.one_of(st.none(), st.integers(0, 10**10))
grids = (
    st.integers(1, 4)
    .flatmap(lambda years: st.lists(st.lists(cents, min_size=years, max_size=years), min_size=2, max_size=5))
    .filter(lambda grid: all(any(cell is not None for cell in row) for row in grid))
)


def money(value: int | None) -> str:
    return "" if value is None else f"${value // 100:,}.{value % 100:02d}"


def table(grid: list[list[int | None]], off: int = 0) -> str:
    years = len(grid[0])
    columns = [sum(row[at] or 0 for row in grid) for at in range(years)]
    rows: list[list[str]] = [["Item", *(f"FY{2027 + at}" for at in range(years)), "Total"]]
    rows += [[f"Work {n}", *map(money, row), money(sum(cell or 0 for cell in row))] for n, row in enumerate(grid)]
    rows.append(["Total", *map(money, columns), money(sum(columns) + off)])
    target = io.StringIO()
    csv.writer(target).writerows(rows)
    return target.getvalue()


def imported(text: str) -> Plan:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "capital plan.csv"
        path.write_text(text, encoding="utf-8")
        outcome = read_here(Upload.of(path), {}, {}, {"importer": "capital_plan"}, Path(folder))
    assert outcome.rejected == 0
    plan = Plan(District("d", "D"))
    for noun, records in outcome.records.items():
        made: dict[str, Any] = {record.id: record for record in records}  # type: ignore[attr-defined]
        plan = with_records(plan, noun, made)
    return plan


@settings(max_examples=25)
@given(grids)
def test_a_table_that_adds_up_closes_in_every_row_column_and_corner(grid: list[list[int | None]]) -> None:
    plan = imported(table(grid))
    assert not [found for found in check_capital_plan(plan) if found.code in CLOSING]
    shown = capital_plan_table(plan, "capital plan")
    assert shown.rows[-1].values[-1] == sum(cell or 0 for row in grid for cell in row)


@settings(max_examples=25)
@given(grids, st.integers(1, 10**6))
def test_a_grand_total_that_is_off_is_found_with_its_difference(grid: list[list[int | None]], off: int) -> None:
    found = [item for item in check_capital_plan(imported(table(grid, off))) if item.code in CLOSING]
    assert [(item.code, item.cents, item.arguments["difference_cents"]) for item in found] == [
        ("TL-PLAN-003", off, off)
    ]
