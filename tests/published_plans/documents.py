"""The published documents of a case, imported the way a person imports them, as one plan."""

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from tests.contracts.repository import ROOT
from throughline.engine.plan.district import District
from throughline.engine.plan.plan import Plan, with_records
from throughline.engine.refs import CellRef
from throughline.engine.table import Table, Value
from throughline.engine.views.capital_plan import capital_plan_table, fund_balance_table
from throughline.importers.intake import read
from throughline.importers.outcome import Outcome
from throughline.importers.reading.upload import Upload

DATA = ROOT / "tests" / "data" / "district_plans"


def document_files(case: str) -> list[Path]:
    """The files of a case, one per published document."""
    return sorted((DATA / case).glob("*.csv"))


@cache
def outcome_of(path: Path) -> Outcome:
    """The file read in the limited child process, as in the product."""
    with tempfile.TemporaryDirectory() as folder:
        return read(Upload.of(path), into=Path(folder))


@cache
def plan_of(case: str) -> Plan:
    """A plan that holds every document of the case."""
    plan = Plan(District(case, case))
    for path in document_files(case):
        for noun, records in outcome_of(path).records.items():
            made: dict[str, Any] = {record.id: record for record in records}  # type: ignore[attr-defined]
            plan = with_records(plan, noun, made)
    return plan


def name_of(file: str) -> str:
    """The document's name in the plan: its file's name."""
    return file.replace("_", " ")


def cell(case: str, file: str, row: str, column: str = "total", *, measure: str = "cents", section: str = "") -> Value:
    """One cell of the product's table of a document: row key (`request/Item`, `total/request`), period or `total`."""
    table = capital_plan_table(plan_of(case), name_of(file), measure=measure, section=section)
    return _find(table, row, column if column == "total" else f"period/{column}")


def balance(case: str, file: str, period: str, column: str = "balance") -> Value:
    """One cell of the product's balance of a document's money, by period."""
    return _find(fund_balance_table(plan_of(case), document=name_of(file)), period, column)


def file_of_source(source: object) -> str:
    """The file a record was read from."""
    assert isinstance(source, CellRef)
    return source.file


def _find(table: Table, row: str, column: str) -> Value:
    found = next((item for item in table.rows if item.key == row), None)
    assert found is not None, f"{table.title} has no row {row}; it has {[item.key for item in table.rows]}"
    return found.values[table.index(column)]
