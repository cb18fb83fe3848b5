"""The plan against the finance system's budget, from files to findings, with the amounts a person can check on the page."""

import csv
from pathlib import Path

import pytest

from tests.app.folders import DAY, bring, fresh, set_
from tests.worked.page import cents, tables
from throughline.app.plans import open_plan
from throughline.app.run_plan import run_plan
from throughline.app.source.finance import beside, comparison
from throughline.engine.ledger.trace import evaluate
from throughline.engine.run import PlanResult
from throughline.engine.views.worked import place

PAGE = tables("budget.md")
YEAR = 2028


def _write(path: Path, heading: str) -> Path:
    rows = PAGE[heading]
    with path.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(rows[0])
        out.writerows(row.values() for row in rows)
    return path


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> PlanResult:
    folder = tmp_path_factory.mktemp("worked")
    fresh(folder / "plan")
    told = ["funds/general/kind=general", "funds/general/name=General fund", "funds/general/account_fund=11"]
    told += ["appropriations/g/fund=general", f"appropriations/g/fiscal_year={YEAR}", "appropriations/g/cents=$100,000"]
    told += ["rules/contingency/share=0"]
    for number, row in enumerate(PAGE["Contracts of the plan"]):
        path = f"contracts/c{number}"
        told += [f"{path}/name={row['contract']}", f"{path}/category={row['category']}", f"{path}/escalator=0"]
        told += [f"{path}/annual_cents=${row['a year']}"]
    set_(folder / "plan", *told)
    files = [
        _write(folder / "map.csv", "Account map"),
        _write(folder / "budget FY2028.csv", "Export of the finance system"),
    ]
    done = bring(open_plan(folder / "plan"), *files, answers={"account_order": "fund-program-function-object"})
    assert done.done, [item.status for item in done.files]
    return run_plan(done.opened, DAY).planning


def test_plan_and_budget_compare_as_printed(result: PlanResult) -> None:
    made = comparison(result, beside(result, YEAR), "account")
    place_of = {column.key: i for i, column in enumerate(made.table.columns)}
    found = {row.key or "total": row.values for row in made.table.rows}
    for row in PAGE["Compared by account"]:
        for key in ("plan", "budget", "difference", "encumbered", "actual", "left"):
            wanted = cents(row[key]) if row[key] else None
            assert found[row["account"]][place_of[key]] == wanted, (row["account"], key)
    assert len(found) == len(PAGE["Compared by account"])


def test_every_printed_amount_explains_itself_down_to_a_cell(result: PlanResult) -> None:
    made = comparison(result, beside(result, YEAR), "account")
    for row in made.table.rows:
        for column, value in zip(made.table.columns[1:], row.values[1:], strict=True):
            if value is not None:
                assert evaluate(made.traces[place(row.key, column.key)]) == value, (row.key, column.key)


def test_what_is_worth_a_look_is_what_the_page_says(result: PlanResult) -> None:
    found = {item.code: item.cents for item in result.findings if item.code.startswith("TL-BUD")}
    assert found == {row["code"]: cents(row["at stake"]) for row in PAGE["What is worth a look"]}
