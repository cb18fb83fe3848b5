"""A yearly budget in one word and a list of funds speak of the same general fund, never of two."""

from datetime import date
from pathlib import Path

from throughline.app.import_source import import_files
from throughline.app.plans import OpenPlan, new_plan, open_plan
from throughline.app.set_value import set_values

TODAY = date(2026, 11, 22)
FUNDS = "Fund ID,Fund,Kind,Fund Code,FY2028,FY2029\ngeneral,Current expense,general,001,250000,260000\n"


def with_list(opened: OpenPlan, folder: Path) -> OpenPlan:
    path = folder / "funds.csv"
    path.write_text(FUNDS, encoding="utf-8")
    return import_files(opened, [path], TODAY).opened


def money(opened: OpenPlan) -> dict[int, int]:
    rows = [row for row in opened.plan.appropriations if row.fund == "general"]
    assert len({row.fiscal_year for row in rows}) == len(rows), "a year of the fund is counted twice"
    return {row.fiscal_year: row.cents for row in rows}


def test_a_list_of_funds_replaces_the_budget_of_its_years(tmp_path: Path) -> None:
    new_plan(tmp_path / "plan", "Maple Valley", "NJ")
    opened = with_list(set_values(open_plan(tmp_path / "plan"), ["budget=180000"], TODAY), tmp_path)
    assert money(opened) == {
        2028: 250_000_00,
        2029: 260_000_00,
        2030: 180_000_00,
        2031: 180_000_00,
        2032: 180_000_00,
    }


def test_a_budget_replaces_the_money_of_a_list_and_keeps_its_fund(tmp_path: Path) -> None:
    new_plan(tmp_path / "plan", "Maple Valley", "NJ")
    opened = set_values(with_list(open_plan(tmp_path / "plan"), tmp_path), ["budget=180000"], TODAY)
    assert set(money(opened).values()) == {180_000_00}
    assert opened.plan.fund_by_id["general"].name == "Current expense"
    assert opened.plan.fund_by_id["general"].account_fund == "001"
