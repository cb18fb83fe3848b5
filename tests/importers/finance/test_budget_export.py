from pathlib import Path

import pytest

from tests.app.folders import DAY, bring, fresh, set_
from tests.importers.records.tables import codes, read_text, records
from throughline.app.plans import open_plan
from throughline.app.run_plan import run_plan
from throughline.engine.ledger.actuals import finance_ledger
from throughline.engine.ledger.finance_rows import document_of, finance_rows
from throughline.engine.plan.planlines import LineRole
from throughline.engine.views.compare import compare_table

HEAD = "Fund,Program,Function,Object,Location,Description,Revised Budget,Encumbered,Expended,Available Balance\n"
ROW = "11,190,2230,650,Oak Street School,Student devices,1000.00,300.00,200.00,500.00\n"
SAMPLE = Path("src/throughline/importers/budget_export/samples/budget_fy2027.csv")
NAME = "budget FY2027.csv"


def test_each_kind_of_amount_is_a_document_that_is_never_costed(tmp_path: Path) -> None:
    lines = records(read_text(tmp_path, HEAD + ROW, NAME), "plan_lines")
    assert {line.document: line.amount_cents for line in lines} == {
        document_of("budget FY2027", kind): cents
        for kind, cents in (("budget", 100_000), ("encumbered", 30_000), ("actual", 20_000))
    }
    assert LineRole.REQUEST not in {line.role for line in lines}
    assert {(line.fiscal_year, line.funding_source, line.site) for line in lines} == {(2027, "11", "oak-street-school")}


def test_a_row_that_does_not_add_up_is_shown_with_the_difference(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, HEAD + ROW.replace("500.00", "490.00"), NAME)
    (shown,) = [item for item in outcome.findings if item.code == "TL-REC-151"]
    assert shown.arguments["difference"] == "$10"
    assert len(records(outcome, "plan_lines")) == 3


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
    assert bool(records(outcome, "plan_lines")) == kept
    assert records(read_text(tmp_path, HEAD + row, NAME, answers={"accounts": "all"}), "plan_lines")
    assert ("TL-REC-157" in codes(outcome)) != kept


def test_account_strings_are_asked_about_and_then_read_in_their_order(tmp_path: Path) -> None:
    text = "Account,Description,Adopted Budget,Expended\n11-2580-352-000,Network services,10,5\n"
    asked = read_text(tmp_path, text, NAME)
    assert "account_order" in [question.id for question in asked.questions if question.blocking]
    assert not asked.records
    answered = read_text(tmp_path, text, NAME, answers={"account_order": "fund-function-object-program"})
    assert {line.note for line in records(answered, "plan_lines")} == {"function=2580; object=352; program=000"}


def test_a_year_is_needed(tmp_path: Path) -> None:
    asked = read_text(tmp_path, HEAD + ROW, "export.csv")
    assert "fiscal_year" in [question.id for question in asked.questions if question.blocking]
    (line, *_) = records(read_text(tmp_path, HEAD + ROW, "export.csv", answers={"fiscal_year": "2027"}), "plan_lines")
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
    budget, actual = (finance_ledger(kind, finance_rows(after.plan, kind)) for kind in ("budget", "actual"))
    sums = {row.values[0]: row.values[1:3] for row in compare_table(budget, actual, "object", ("Budget", "Spent")).rows}
    assert sums["650"] == (194_000_00, 100_000_00)
    assert sums["352"] == (60_000_00, 30_000_00)
    assert budget.by("category")["D3.2",] == 60_000_00
