"""Amounts of the finance system in a plan: brought twice, brought anew, taken back, read from an older folder, compared."""

import csv
from pathlib import Path

import pytest

from tests.app.folders import DAY, IMPORTERS, bring, fresh, larkhollow, tree
from throughline.app.against import against_budget
from throughline.app.plans import open_plan
from throughline.app.set_value import set_values
from throughline.app.source.report_source import report_source
from throughline.engine.plan.finance import FinanceKind
from throughline.engine.plan.plan import with_records
from throughline.engine.plan.planlines import LineRole, PlanLine
from throughline.reports.base import report
from throughline.reports.writers.write import write
from throughline.workspace.folder import FolderError, read_plan, undo, write_plan

HEAD = "Fiscal Year,Fund,Function,Object,Account Description,Revised Budget,Encumbered,Expended\n"
NOVEMBER = HEAD + "FY2027,11,2580,352,Network services,100,20,30\nFY2027,11,2230,650,Computers,50,,\n"
DECEMBER = HEAD + "FY2027,11,2580,352,Network services,100,10,60\nFY2028,11,2580,352,Network services,120,,\n"


def _file(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def _sums(root: Path) -> dict[tuple[int, str], int]:
    found: dict[tuple[int, str], int] = {}
    for line in open_plan(root).plan.finance_lines:
        found[line.fiscal_year, line.kind] = found.get((line.fiscal_year, line.kind), 0) + line.cents
    return found


def test_a_file_brought_twice_changes_nothing(tmp_path: Path) -> None:
    root, file = tmp_path / "plan", _file(tmp_path, "budget 2026-11-30.csv", NOVEMBER)
    bring(fresh(root), file)
    before = tree(root)
    again = bring(open_plan(root), file)
    assert (again.written, again.files[0].status, again.files[0].counts.unchanged) == (False, "unchanged", 2)
    assert tree(root) == before


def test_next_months_file_replaces_the_years_it_holds_and_undo_brings_the_old_amounts_back(tmp_path: Path) -> None:
    root = tmp_path / "plan"
    bring(fresh(root), _file(tmp_path, "budget 2026-11-30.csv", NOVEMBER))
    first = _sums(root)
    (report_,) = bring(open_plan(root), _file(tmp_path, "budget 2026-12-31.csv", DECEMBER)).files
    assert (report_.counts.updated, report_.counts.created) == (1, 1)
    assert [item.arguments["document"] for item in report_.findings if item.code == "TL-REC-020"] == ["budget FY2027"]
    assert _sums(root) == {
        (2027, "budget"): 100_00,
        (2027, "encumbered"): 10_00,
        (2027, "actual"): 60_00,
        (2028, "budget"): 120_00,
    }
    undo(root)
    assert _sums(root) == first


def test_a_file_of_another_year_leaves_the_years_it_does_not_hold(tmp_path: Path) -> None:
    root = tmp_path / "plan"
    bring(fresh(root), _file(tmp_path, "budget FY2027.csv", NOVEMBER))
    only = HEAD + "FY2028,11,2580,352,Network services,120,,\n"
    bring(open_plan(root), _file(tmp_path, "budget FY2028.csv", only))
    assert {year for year, _ in _sums(root)} == {2027, 2028}


def test_an_account_that_two_exports_state_is_named_with_its_money(tmp_path: Path) -> None:
    root = tmp_path / "plan"
    head = HEAD.replace("Fund,Function,Object", "Account,Function,Object")
    row = "FY2028,11-1,2580,352,Network services,100,,\n"
    bring(fresh(root), _file(tmp_path, "budget.csv", head + row), _file(tmp_path, "general ledger.csv", head + row))
    found = {item.code: item for item in _run(root).findings}
    assert found["TL-BUD-004"].cents == 100_00


def _run(root: Path):  # type: ignore[no-untyped-def]  # a test helper
    from throughline.app.run_plan import run_plan

    return run_plan(open_plan(root), DAY)


def test_a_folder_of_an_earlier_version_is_read_as_what_it_means_and_written_so_with_the_next_step(
    tmp_path: Path,
) -> None:
    root = tmp_path / "plan"
    opened = fresh(root)
    old = PlanLine(
        "budget-budget.11-2580.fy2027", "budget (budget)", "Network (11-2580)", "FY2027", LineRole.APPROPRIATION, 500,
        fiscal_year=2027, funding_source="11", note="function=2580",
    )  # fmt: skip
    write_plan(root, with_records(opened.plan, "plan_lines", {old.id: old}), "import budget.csv", "2026-11-16")
    plan, _ = read_plan(root)
    assert (plan.plan_lines, [line.cents for line in plan.finance_lines]) == ((), [500])
    assert plan.finance_lines[0].kind is FinanceKind.BUDGET
    set_values(open_plan(root), ["district/name=Another"], DAY)
    _, manifest = read_plan(root)
    assert {"finance_lines"} == manifest.nouns.keys() & {"finance_lines", "plan_lines"}


@pytest.mark.needs_shared_data
def test_a_real_districts_year_by_function_adds_up_to_what_the_comptroller_prints(
    shared_data: Path, tmp_path: Path
) -> None:
    """New York OSC, level two 2024: the functions of a district as an export of spending."""
    path = shared_data / "finance" / "ny_osc_school_districts" / "leveltwo24.csv"
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file)
        head = next(rows)
        row = next(cells for cells in rows if cells[0] == "460700200100")
    first, last = head.index("Operations"), head.index("Interest on Debt")
    named = [i for i in range(first, last + 1) if head[i]]
    text = "Fund,Function,Account Description,Original Budget,Expended\n" + "".join(
        f'A,{i},"{head[i]}",0,"{row[i]}"\n' for i in named
    )
    root = tmp_path / "plan"
    answers = {"accounts": "all", "fiscal_year": "2024"}
    assert bring(fresh(root, "NY"), _file(tmp_path, "osc.csv", text), answers=answers).done
    stated = row[head.index("Total Expenditures")].replace(",", "").replace("$", "")
    assert _sums(root)[2024, "actual"] == round(float(stated) * 100) > 0


def test_the_sample_district_compares_in_its_own_accounts() -> None:
    opened, result = larkhollow()
    found = against_budget(opened.root, result.inputs.as_of)
    assert found is not None
    assert (found.label, found.years) == ("FY2028", ("FY2027", "FY2028"))
    assert found.totals["plan"] == result.planning.ledger.total({"cost_type": "direct", "fiscal_year": "FY2028"})
    by = {table.id.rpartition(".")[2]: table for table in found.tables}
    assert list(by) == ["account", "fund", "object", "function"]
    assert {row.key for row in by["object"].rows} >= {"141", "516", "NO_CODE"}
    assert set(found.lacking) == {"category", "site"}


def test_a_year_that_only_an_adopted_plan_covers_takes_its_cost_from_there(tmp_path: Path) -> None:
    from datetime import date

    from throughline.app.freeze import freeze

    root = tmp_path / "plan"
    fresh(root)
    told = ["contracts/net/name=Network services", "contracts/net/category=D3.2", "contracts/net/annual_cents=$90"]
    told += ["contracts/net/escalator=0"]
    set_values(open_plan(root), told, date(2026, 3, 1))
    adopted = freeze(open_plan(root), "2026-06-15", date(2026, 3, 1))
    bring(open_plan(root), _file(tmp_path, "budget 2026-11-30.csv", NOVEMBER))
    without = against_budget(root, DAY, "FY2027")
    assert without is not None
    assert "plan" not in without.totals
    found = against_budget(root, DAY, "FY2027", plan_of=adopted)
    assert found is not None
    assert (found.totals["plan"], found.totals["budget"], found.totals["actual"]) == (90_00, 150_00, 30_00)


def test_a_year_that_nobody_states_is_said(tmp_path: Path) -> None:
    root = tmp_path / "plan"
    assert against_budget(fresh(root).root, DAY) is None
    bring(open_plan(root), _file(tmp_path, "budget FY2027.csv", NOVEMBER))
    with pytest.raises(FolderError, match="states FY2027"):
        against_budget(root, DAY, "FY2031")


def test_the_request_stands_in_the_exports_columns_and_adds_up_to_the_plan() -> None:
    opened, result = larkhollow()
    made = report("budget_lines").build(report_source(opened, result))
    lines = list(csv.reader(write(made, "csv").data.decode("utf-8-sig").splitlines()))
    assert lines[0] == [
        "Fiscal Year",
        "Account",
        "Fund",
        "Function",
        "Object",
        "Account Description",
        "Original Budget",
    ]
    total = sum(round(float(line[-1]) * 100) for line in lines[1:])
    assert total == result.planning.ledger.total({"cost_type": "direct"})
    assert all(line[1] for line in lines)
    known = next(line for line in lines if line[1] == "001-2960-419")
    assert known[2:5] == ["001", "2960", "419"]
    unmapped = sum(round(float(line[-1]) * 100) for line in lines if line[1] == "Not in the account map")
    found = [item.cents for item in result.findings if item.code == "TL-FUND-021"]
    assert unmapped == sum(item or 0 for item in found) > 0


def test_an_account_map_from_ed_fi_puts_the_request_into_the_districts_accounts(tmp_path: Path) -> None:
    root = tmp_path / "plan"
    fresh(root)
    told = ["funds/general/kind=general", "funds/general/name=General fund", "funds/general/account_fund=1"]
    told += ["appropriations/g/fund=general", "appropriations/g/fiscal_year=2028", "appropriations/g/cents=$500"]
    told += ["contracts/erp/name=Finance system", "contracts/erp/category=D2.3", "contracts/erp/annual_cents=$90"]
    set_values(open_plan(root), told, DAY)
    bring(open_plan(root), IMPORTERS / "edfi_accounts" / "samples" / "finance.xml")
    opened = open_plan(root)
    table = report_source(opened, _run(root)).tables["budget_request"]
    accounts = {row.values[0] for row in table.rows if row.values[table.index("Fiscal Year")] == "FY2028"}
    assert accounts == {"11-000-252-600"}


def test_a_site_rule_says_which_school_a_location_code_is(tmp_path: Path) -> None:
    root = tmp_path / "plan"
    fresh(root)
    told = ["sites/oak/name=Oak School", "site_rules/oak/pattern=020", "site_rules/oak/site=oak"]
    told += ["contracts/net/name=Net", "contracts/net/category=D3.1", "contracts/net/annual_cents=$90"]
    set_values(open_plan(root), [*told, "contracts/net/site=oak"], DAY)
    head = HEAD.replace("Object,", "Object,Location,")
    rows = "FY2028,11,2580,530,020,Computer network,100,,\nFY2028,11,2580,530,District,Computer network,7,,\n"
    bring(open_plan(root), _file(tmp_path, "budget.csv", head + rows))
    found = against_budget(root, DAY, by="site")
    assert found is not None
    (table,) = found.tables
    assert {row.values[0]: row.values[table.index("budget")] for row in table.rows} == {
        "Oak School": 100_00,
        "District-wide": 7_00,
        "All": 107_00,
    }
