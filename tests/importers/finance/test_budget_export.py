from pathlib import Path

import pytest

from tests.app.folders import DAY, bring, fresh, set_
from tests.importers.records.tables import codes, read_text, records
from throughline.app.plans import open_plan
from throughline.app.run_plan import run_plan
from throughline.engine.ledger.actuals import finance_ledger
from throughline.engine.plan.finance import FinanceKind
from throughline.engine.views.compare import compare_table

HEAD = "Fund,Program,Function,Object,Location,Description,Revised Budget,Encumbered,Expended,Available Balance\n"
ROW = "11,190,2230,650,Oak Street School,Student devices,1000.00,300.00,200.00,500.00\n"
SAMPLE = Path("src/throughline/importers/budget_export/samples/budget_fy2027.csv")
NAME = "budget FY2027.csv"


def test_each_kind_of_amount_is_a_line_with_its_codes_and_its_cell(tmp_path: Path) -> None:
    lines = records(read_text(tmp_path, HEAD + ROW, NAME), "finance_lines")
    assert {line.kind: line.cents for line in lines} == {"budget": 100_000, "encumbered": 30_000, "actual": 20_000}
    assert {(line.fiscal_year, line.fund_code, line.site) for line in lines} == {(2027, "11", "oak-street-school")}
    assert {(line.program, line.function, line.object) for line in lines} == {("190", "2230", "650")}
    assert {line.source.column for line in lines} == {"Revised Budget", "Encumbered", "Expended"}


def test_a_credit_stays_below_zero(tmp_path: Path) -> None:
    row = "11,190,2230,650,Oak Street School,Credit for devices,,,(75.25),\n"
    (line,) = records(read_text(tmp_path, HEAD + row, NAME), "finance_lines")
    assert (line.kind, line.cents) == ("actual", -7525)


@pytest.mark.parametrize(
    ("name", "document", "day"),
    [
        ("budget FY2027.csv", "budget", None),
        ("budget_2026-11-13.csv", "budget", "2026-11-13"),
        ("Budget Status November 2026.csv", "Budget Status", None),
        ("fund 11 budget 2026-27.csv", "fund 11 budget", None),
        ("2026-11-13 (2).csv", "budget", "2026-11-13"),
    ],
)
def test_the_day_in_a_name_is_no_part_of_the_export_and_dates_its_amounts(
    name: str, document: str, day: str | None, tmp_path: Path
) -> None:
    (line, *_) = records(read_text(tmp_path, HEAD + ROW, name, answers={"fiscal_year": "2027"}), "finance_lines")
    assert (line.document, line.as_of.isoformat() if line.as_of else None) == (document, day)


def test_the_columns_are_remembered_in_the_order_of_the_file(tmp_path: Path) -> None:
    (export,) = records(read_text(tmp_path, HEAD + ROW, NAME, answers={"fund:11": "general"}), "finance_exports")
    assert [heading for heading, _ in export.columns] == HEAD.strip().split(",")
    assert export.funds == (("11", "general"),)


def test_a_location_code_names_no_school(tmp_path: Path) -> None:
    (line, *_) = records(read_text(tmp_path, HEAD + ROW.replace("Oak Street School", "020"), NAME), "finance_lines")
    assert (line.location, line.site) == ("020", "")


def test_a_row_that_does_not_add_up_is_shown_with_the_difference(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, HEAD + ROW.replace("500.00", "490.00"), NAME)
    (shown,) = [item for item in outcome.findings if item.code == "TL-REC-151"]
    assert shown.arguments["difference"] == "$10"
    assert len(records(outcome, "finance_lines")) == 3


def test_money_becomes_available_only_in_the_fund_that_was_answered(tmp_path: Path) -> None:
    text = HEAD + ROW + ROW.replace("11,", "20,", 1)
    assert not records(read_text(tmp_path, text, NAME), "appropriations")
    (made,) = records(read_text(tmp_path, text, NAME, answers={"fund:11": "general"}), "appropriations")
    assert (made.fund, made.fiscal_year, made.cents) == ("general", 2027, 100_000)


@pytest.mark.parametrize(
    ("function", "object_", "words", "kept"),
    [
        ("2580", "100", "Salaries", True),
        ("1000", "734", "Equipment", True),
        ("1000", "610", "Chromebook cases", True),
        ("2700", "512", "Pupil transportation", False),
        ("2620", "420", "Cleaning", False),
    ],
)
def test_accounts_about_technology_are_told_by_code_or_words(
    function: str, object_: str, words: str, kept: bool, tmp_path: Path
) -> None:
    row = f"11,000,{function},{object_},District,{words},50.00,,,\n"
    outcome = read_text(tmp_path, HEAD + row, NAME)
    assert bool(records(outcome, "finance_lines")) == kept
    assert records(read_text(tmp_path, HEAD + row, NAME, answers={"accounts": "all"}), "finance_lines")
    assert ("TL-REC-157" in codes(outcome)) != kept


def test_account_strings_are_asked_about_and_then_read_in_their_order(tmp_path: Path) -> None:
    text = "Account,Description,Adopted Budget,Expended\n11-2580-352-000,Network services,10,5\n"
    asked = read_text(tmp_path, text, NAME)
    assert "account_order" in [question.id for question in asked.questions if question.blocking]
    assert not asked.records
    answered = read_text(tmp_path, text, NAME, answers={"account_order": "fund-function-object-program"})
    assert {(x.fund_code, x.function, x.object, x.program) for x in records(answered, "finance_lines")} == {
        ("11", "2580", "352", "000")
    }
    (export,) = records(answered, "finance_exports")
    assert (export.parts[:4], export.separator) == (("fund", "function", "object", "program"), "-")


def test_a_year_is_needed(tmp_path: Path) -> None:
    asked = read_text(tmp_path, HEAD + ROW, "export.csv")
    assert "fiscal_year" in [question.id for question in asked.questions if question.blocking]
    (line, *_) = records(
        read_text(tmp_path, HEAD + ROW, "export.csv", answers={"fiscal_year": "2027"}), "finance_lines"
    )
    assert line.fiscal_year == 2027


@pytest.mark.parametrize(
    "text",
    [
        "Account,Fund,Function,Object\n11-1,11,2230,650\n",
        "Item,FY2027,FY2028\nChromebooks,10,20\n",
        "Vendor,PO Number,Amount\nA,7,10\n",
        "Fund,Kind,FY2027\nGeneral,general,5\n",
    ],
)
def test_other_lists_of_money_are_not_claimed(text: str, tmp_path: Path) -> None:
    assert read_text(tmp_path, text).importer != "budget_export"


def test_codes_alone_are_refused_when_named_as_a_budget(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, HEAD + ",,,,,,10,,,\n", NAME)
    assert (outcome.rejected, codes(outcome)) == (1, ["TL-REC-154"])


def test_budget_spending_and_plan_are_compared_and_the_plan_costs_what_it_did(tmp_path: Path) -> None:
    fresh(tmp_path / "plan")
    set_(
        tmp_path / "plan",
        "contracts/net/name=Network services",
        "contracts/net/category=D3.2",
        "contracts/net/annual_cents=$55,000.00",
    )
    before = run_plan(open_plan(tmp_path / "plan"), DAY)
    bring(open_plan(tmp_path / "plan"), SAMPLE)
    after = run_plan(open_plan(tmp_path / "plan"), DAY)
    assert after.ledger.by("category") == before.ledger.by("category")
    kinds = (FinanceKind.BUDGET, FinanceKind.ACTUAL)
    budget, actual = (finance_ledger(kind, after.plan.finance_lines) for kind in kinds)
    sums = {row.values[0]: row.values[1:3] for row in compare_table(budget, actual, "object", ("Budget", "Spent")).rows}
    assert sums["650"] == (194_000_00, 100_000_00)
    assert sums["352"] == (60_000_00, 30_000_00)
    assert budget.by("category")["D3.2",] == 60_000_00
