"""The many ways in which boards lay out a plan table, each as a small file."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.importers.records.tables import codes, read_sheets, read_text, records
from throughline.engine.checks.capital_plan import check_capital_plan
from throughline.engine.plan.district import District
from throughline.engine.plan.plan import Plan, with_records
from throughline.engine.plan.planlines import LineRole


def amounts(outcome: object) -> dict[tuple[str, str], int | None]:
    return {(line.item, line.period): line.amount_cents for line in records(outcome, "plan_lines")}  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("heading", "year"),
    [("FY 26 Request", 2026), ("2025-26 Budget", 2026), ("Proposed FY2026", 2026), ("2026", None), ("Year 1", None)],
)
def test_a_period_may_stand_beside_other_words(heading: str, year: int | None, tmp_path: Path) -> None:
    outcome = read_text(tmp_path, f"Project,{heading},FY2030\nRoof,10,\n")
    (line,) = records(outcome, "plan_lines")
    assert (line.fiscal_year, line.amount_cents) == (year, 1000)


@pytest.mark.parametrize(
    ("title", "heading", "cell", "cents"),
    [
        ("Plan (in thousands)", "FY2027", "12.5", 1_250_000),
        ("Plan, $000", "FY2027", "12.5", 1_250_000),
        ("Plan", "Amount ($ millions)", "1.25", 125_000_000),
        ("Plan", "FY2027", "$1.25M", 125_000_000),
        ("Plan", "FY2027", "45K", 4_500_000),
        ("Plan (in thousands)", "FY2027", "$1.25M", 125_000_000),
        ("Plan", "FY2027", "(1,250.50)", -125_050),
        ("Plan", "FY2027", "$ 1,250", 125_000),
    ],
)
def test_amounts_in_dollars_thousands_and_millions(
    title: str, heading: str, cell: str, cents: int, tmp_path: Path
) -> None:
    outcome = read_text(tmp_path, f'{title},\nItem,"{heading}"\nRoof,"{cell}"\n', "capital plan.csv")
    assert [line.amount_cents for line in records(outcome, "plan_lines")] == [cents]


def test_a_unit_price_is_never_in_thousands(tmp_path: Path) -> None:
    text = "Plan (in thousands),,,,\nYear,Item,Quantity,Unit Price,Amount\nFY2027,Chromebooks,465,400,186\n"
    (line,) = records(read_text(tmp_path, text), "plan_lines")
    assert (line.quantity, line.unit_cents, line.amount_cents) == (Decimal(465), 40_000, 18_600_000)


def test_an_amount_that_is_not_stated_is_quantity_times_unit_price(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, "Year,Item,Quantity,Unit Cost\nFY2027,Access points,112,$850\n")
    (line,) = records(outcome, "plan_lines")
    assert line.amount_cents == 9_520_000
    assert "TL-REC-019" in codes(outcome)


def test_absent_is_not_zero_and_zero_is_kept(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, "Item,FY2027,FY2028,FY2029\nRoof,0,-,\nBus,5,n/a,#N/A\n")
    assert amounts(outcome) == {("Roof", "FY2027"): 0, ("Bus", "FY2027"): 500}


def test_a_cell_that_is_no_amount_refuses_its_row_and_no_other(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, "Item,FY2027,FY2028\nRoof,ten,5\nBus,5,6\n")
    assert set(amounts(outcome)) == {("Bus", "FY2027"), ("Bus", "FY2028")}
    assert (outcome.accepted, outcome.rejected) == (1, 1)
    assert "TL-READ-050" in codes(outcome)


def test_decimal_commas_are_asked_about_once(tmp_path: Path) -> None:
    text = 'Item;FY2027;FY2028\nRoof;"1.234,56";"2.000,00"\n'
    asked = read_text(tmp_path, text)
    assert [question.id for question in asked.questions] == ["number_format"]
    answered = read_text(tmp_path, text, answers={"number_format": "eu"})
    assert amounts(answered) == {("Roof", "FY2027"): 123_456, ("Roof", "FY2028"): 200_000}


def test_rows_with_the_same_name_are_kept_apart_and_keep_their_ids(tmp_path: Path) -> None:
    text = "Item,FY2027,FY2028\nRoof,1,\nRoof,2,\n"
    first, second = records(read_text(tmp_path, text), "plan_lines")
    assert [first.id, second.id] == ["table.roof.fy2027.request", "table.roof.fy2027.request.2"]
    assert [first.amount_cents, second.amount_cents] == [100, 200]


def test_roles_come_from_section_headings(tmp_path: Path) -> None:
    text = (
        "Item,FY2027,FY2028\nProjects,,\nRoof,10,\nSources of funds,,\nLevy,6,\nGrant,4,\nTotal sources of funds,10,\n"
    )
    outcome = read_text(tmp_path, text)
    assert {line.item: line.role for line in records(outcome, "plan_lines")} == {
        "Roof": LineRole.REQUEST,
        "Levy": LineRole.FUNDING_SOURCE,
        "Grant": LineRole.FUNDING_SOURCE,
    }
    (total,) = records(outcome, "stated_totals")
    assert (total.role, total.cents, total.section) == (LineRole.FUNDING_SOURCE, 1000, "Sources of funds")


def test_a_row_total_of_a_long_table_belongs_to_its_item(tmp_path: Path) -> None:
    text = "Year,Item,Amount\nFY2027,Roof,10\nFY2028,Roof,20\nTotal,Roof,30\n"
    (total,) = records(read_text(tmp_path, text), "stated_totals")
    assert (total.axis, total.key, total.cents) == ("item", "Roof", 3000)


def test_an_item_that_begins_with_the_word_total_is_an_item(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, "Item,FY2027,FY2028\nTotal station survey equipment for the high school,3,4\n")
    assert len(records(outcome, "plan_lines")) == 2
    assert not records(outcome, "stated_totals")


@pytest.mark.parametrize("heading", ["Total", "5-Year Total", "Total FY2027-FY2028", "Total Project Cost", "TOTALS"])
def test_the_total_column_is_known_in_its_many_names(heading: str, tmp_path: Path) -> None:
    outcome = read_text(tmp_path, f"Item,FY2027,FY2028,{heading}\nRoof,10,20,30\n")
    assert [(total.axis, total.cents) for total in records(outcome, "stated_totals")] == [("item", 3000)]


def closes(outcome: object) -> bool:
    plan = Plan(District("d", "D"))
    for noun in ("plan_lines", "stated_totals"):
        plan = with_records(plan, noun, {record.id: record for record in records(outcome, noun)})  # type: ignore[arg-type]
    return not [
        found for found in check_capital_plan(plan) if found.code in {"TL-PLAN-001", "TL-PLAN-002", "TL-PLAN-003"}
    ]


@pytest.mark.parametrize(
    "rows",
    [
        "A,1,2,3\nB,4,,4\nSubtotal,5,2,7\nC,1,1,2\nSubtotal,1,1,2\nGrand total,6,3,9\n",
        "First,,,\nA,1,2,3\nTotal,1,2,3\nSecond,,,\nB,4,,4\nTotal,4,,4\nTotal,5,2,7\n",
        "First,,,\nA,1,2,3\nTotal,1,2,3\nSecond,,,\nB,4,,4\nTotal,4,,4\nGrand total,5,2,7\n",
        "First,,,\nA,1,2,3\nFirst subtotal,1,2,3\nSecond,,,\nB,4,,4\nSecond subtotal,4,,4\nTotal all requests,5,2,7\n",
        "A,1,2,3\nB,4,,4\nTotal,5,2,7\n",
        "First,,,\nA,1,2,3\nSecond,,,\nB,4,,4\nTotal,5,2,7\n",
    ],
)
def test_subtotals_and_totals_speak_about_the_rows_they_close(rows: str, tmp_path: Path) -> None:
    assert closes(read_text(tmp_path, "Item,FY2027,FY2028,Total\n" + rows))
    wrong = rows.replace("5,2,7", "5,2,8").replace("6,3,9", "6,3,8")
    assert not closes(read_text(tmp_path, "Item,FY2027,FY2028,Total\n" + wrong))


@pytest.mark.parametrize(
    "item", ["Power supply units", "Speed limit signs", "Maximum security cameras", "Supply carts"]
)
def test_things_to_buy_are_no_limits(item: str, tmp_path: Path) -> None:
    outcome = read_text(tmp_path, f"Item,FY2027,FY2028\n{item},10,20\n")
    assert len(records(outcome, "plan_lines")) == 2


def test_a_signature_below_the_table_is_kept_nowhere(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, "Item,FY2027,FY2028\nRoof,10,20\nPrepared by canary-name,,\nBus,1,2\n")
    assert "canary" not in repr(outcome)
    assert {line.section for line in records(outcome, "plan_lines")} == {""}


def test_a_department_column_makes_sections(tmp_path: Path) -> None:
    text = "Department,Project,FY2027,FY2028\nTechnology,Chromebooks,5,\nFacilities,Roof,6,\nTechnology,Wireless,7,\n"
    outcome = read_text(tmp_path, text)
    assert {line.item: line.section for line in records(outcome, "plan_lines")} == {
        "Chromebooks": "Technology",
        "Roof": "Facilities",
        "Wireless": "Technology",
    }


def test_persons_and_remarks_are_dropped_and_counted(tmp_path: Path) -> None:
    text = "Item,Requested By,FY2027,FY2028,Notes\nRoof,canary-name,10,,call canary-name\n"
    outcome = read_text(tmp_path, text)
    assert [(item.column, item.filled) for item in outcome.dropped_columns] == [("Requested By", 1), ("Notes", 1)]
    assert "canary" not in repr(outcome)


def test_a_workbook_with_numbers_gives_what_the_text_file_gives(tmp_path: Path) -> None:
    rows = [
        ["Capital plan (in thousands)"],
        [],
        ["Item", "FY2027", "FY2028", "Total"],
        ["Roof", 45, 45.5, 90.5],
        ["Total", 45, 45.5, 90.5],
    ]
    book = read_sheets(tmp_path, {"Plan": rows})
    text = "\n".join(",".join(str(cell) for cell in row) for row in rows)
    assert (
        amounts(book)
        == amounts(read_text(tmp_path, text))
        == {("Roof", "FY2027"): 4_500_000, ("Roof", "FY2028"): 4_550_000}
    )
    assert len(records(book, "stated_totals")) == 4


def test_a_caller_may_name_the_document_and_the_period(tmp_path: Path) -> None:
    told = {"document": "Levy of 2016", "period": "FY2017", "importer": "capital_plan"}
    (line,) = records(read_text(tmp_path, "Item,Amount\nRoof,10\n", hints=told), "plan_lines")
    assert (line.document, line.period, line.fiscal_year) == ("Levy of 2016", "FY2017", 2017)


@pytest.mark.parametrize(
    "text",
    [
        "Grade,2024-25,2025-26\nK,10,12\n1,11,13\n",
        "Vendor,Product,Annual Cost,Start Date,End Date\nA,B,5,2026-07-01,2027-06-30\n",
        "Serial Number,Model,Status\n5CD1,Chromebook,Active\n",
        "Fund,Kind,FY2027,FY2028\nLevy,levy,5,6\n",
    ],
)
def test_other_tables_with_years_or_items_are_not_claimed(text: str, tmp_path: Path) -> None:
    assert read_text(tmp_path, text).importer != "capital_plan"


def test_a_file_without_a_plan_table_is_refused(tmp_path: Path) -> None:
    outcome = read_text(tmp_path, "just,words\nand,more\n", hints={"importer": "capital_plan"})
    assert outcome.is_refused
    assert "TL-REC-017" in codes(outcome)
