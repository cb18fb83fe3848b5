"""An old published plan brought into a plan of today: the documents speak of the plan's years, the table's past is history."""

import csv
import io
import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.app.folders import DAY, bring, fresh, larkhollow
from throughline.app.compare import compare
from throughline.app.explain import explain
from throughline.app.plans import OpenPlan, open_plan
from throughline.app.run_plan import run_plan
from throughline.app.source.report_source import report_source
from throughline.app.summary import summarize
from throughline.engine.run import PlanResult
from throughline.reports.base import ReportSource, report
from throughline.reports.check import check_source
from throughline.reports.document import Sheet, TableBlock
from throughline.reports.writers.text import write_text
from throughline.reports.writers.write import write

# as boards print them: years long gone, the running year, one that is in the plan, and one far behind it
TABLE = (
    "Item,Prior,FY2009,FY2022,FY2027,FY2028,FY2040,After FY2040,Total\n"
    'Chromebook leases,"45,000","12,000.01","45,000","45,000","20,000","30,000","9,000","206,000.01"\n'
    'Wireless upgrades,,,"30,000",,,,,"30,000"\n'
    'Total,"45,000","12,000.01","75,000","45,000","20,000","30,000","9,000","236,000.01"\n'
)
EARLIER, LATE = 13_200_001, 3_000_000
SENTENCE = "For FY2009 to FY2027, imported plans ask for $132,000. That is before this plan"
OWN = tuple(f"FY{year}" for year in range(2028, 2033))


def with_table(opened: OpenPlan, folder: Path) -> tuple[OpenPlan, PlanResult]:
    table = folder / "old-plan.csv"
    table.write_text(TABLE, encoding="utf-8")
    assert bring(opened, table).written
    again = open_plan(opened.root)
    return again, run_plan(again, DAY)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> tuple[OpenPlan, PlanResult]:
    folder = tmp_path_factory.mktemp("empty")
    return with_table(fresh(folder / "plan"), folder)


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> tuple[OpenPlan, PlanResult]:
    folder = tmp_path_factory.mktemp("sample")
    shutil.copytree(larkhollow()[0].root, folder / "plan")
    return with_table(open_plan(folder / "plan"), folder)


@pytest.fixture(scope="module")
def bare(empty: tuple[OpenPlan, PlanResult]) -> ReportSource:
    return report_source(*empty)


@pytest.fixture(scope="module")
def full(sample: tuple[OpenPlan, PlanResult]) -> ReportSource:
    return report_source(*sample)


def text_of(name: str, source: ReportSource) -> str:
    return " ".join(write_text(report(name).build(source)).split())


def test_the_run_carries_every_year_and_the_plan_shows_its_own_and_later_ones_with_money(
    empty: tuple[OpenPlan, PlanResult], bare: ReportSource
) -> None:
    result = empty[1]
    assert (result.horizon.labels[0], result.horizon.labels[-1]) == ("FY2009", "FY2040")
    assert bare.fiscal_years == (*OWN, "FY2040")
    assert bare.figures["years"].value == 6
    assert (bare.figures["first_year"].value, bare.figures["last_year"].value) == ("FY2028", "FY2040")


def test_the_summary_as_json_tells_the_parts_apart_and_they_are_the_whole(
    empty: tuple[OpenPlan, PlanResult], sample: tuple[OpenPlan, PlanResult]
) -> None:
    for _, result in (empty, sample):
        said = summarize(result)
        assert said["totals"]["cents"] == said["planning"]["cents"] + said["earlier"]["cents"]
        assert said["unfunded"]["cents"] == said["planning"]["unfunded_cents"] + said["earlier"]["unfunded_cents"]
        assert said["earlier"] == {
            "fiscal_years": ["FY2009", "FY2022", "FY2027"],
            "cents": EARLIER,
            "unfunded_cents": EARLIER,
        }
        by_year = said["totals"]["by_year"]
        assert sum(by_year[year] for year in said["planning"]["fiscal_years"]) == said["planning"]["cents"]
        assert (by_year["FY2009"], by_year["FY2022"], by_year["FY2027"]) == (1_200_001, 7_500_000, 4_500_000)


def test_a_plan_without_earlier_years_has_none_to_tell() -> None:
    opened, result = larkhollow()
    assert summarize(result)["earlier"] == {"fiscal_years": [], "cents": 0, "unfunded_cents": 0}
    source = report_source(opened, result, full=False)
    assert not {"earlier", "earlier_lines"} & source.tables.keys()
    assert not any(name.startswith("earlier") for name in source.figures)
    assert "imported plans" not in text_of("summary_text", source)


def test_sources_keep_their_promises(bare: ReportSource, full: ReportSource) -> None:
    assert check_source(bare) == check_source(full) == []


@pytest.mark.parametrize("name", ["board_packet", "board_agenda", "summary_text"])
def test_documents_count_the_years_of_the_plan_alone(name: str, bare: ReportSource) -> None:
    text = text_of(name, bare)
    assert "Six years cost $50,000." in text
    assert SENTENCE in text
    assert "FY2028 to FY2040" in text
    for year in ("FY2010", "FY2026", "FY2035", "FY2039"):
        assert year not in text


@pytest.mark.parametrize("name", ["board_packet", "board_agenda", "summary_text"])
def test_no_table_of_a_document_has_a_column_of_a_year_outside_the_plan(name: str, full: ReportSource) -> None:
    document = report(name).build(full)
    tables = [block.table for block in document.blocks if isinstance(block, TableBlock)]
    years = {column.key for table in tables for column in table.columns if column.key.startswith("FY")}
    assert years <= set(full.fiscal_years)
    assert set(OWN) <= years
    assert SENTENCE in text_of(name, full)


def test_the_packet_shows_the_earlier_years_by_document(bare: ReportSource, full: ReportSource) -> None:
    for source in (bare, full):
        (table,) = [
            block.table
            for block in report("board_packet").build(source).blocks
            if isinstance(block, TableBlock) and block.table.id == "earlier"
        ]
        assert [row.values for row in table.rows] == [
            ("old-plan", "FY2009 to FY2027", 2, EARLIER),
            ("Total", None, 2, EARLIER),
        ]


def test_the_workbook_has_columns_of_the_plan_and_sheets_of_their_own_for_what_came_before(full: ReportSource) -> None:
    sheets = {block.name: block for block in report("workbook").build(full).blocks if isinstance(block, Sheet)}
    views = [sheet for name, sheet in sheets.items() if not name.startswith("Earlier")]
    years = {column.key for sheet in views for column in sheet.table.columns if column.key.startswith("FY")}
    assert years == set(full.fiscal_years)
    assert sheets["Earlier years"].table.rows[-1].values[-1] == EARLIER
    assert sum(int(cents or 0) for cents in sheets["Earlier cost lines"].table.column("cents")) == EARLIER


def test_cost_lines_are_those_of_the_plan_and_with_the_earlier_ones_all_of_the_run(
    empty: tuple[OpenPlan, PlanResult], bare: ReportSource
) -> None:
    done = write(report("cost_lines").build(bare), "csv")
    rows = list(csv.DictReader(io.StringIO(done.data.decode("utf-8-sig"))))
    assert {row["fiscal_year"] for row in rows} == {"FY2028", "FY2040"}
    ids = {row["line"] for row in rows} | {row.key for row in bare.tables["earlier_lines"].rows}
    assert ids == {line.id for line in empty[1].ledger.lines()}


def test_cost_per_student_needs_no_fall_of_long_ago(tmp_path: Path) -> None:
    shutil.copytree(larkhollow()[0].root, tmp_path / "plan")
    table = tmp_path / "old-plan.csv"
    table.write_text("Item,FY2009,FY2010\nSwitches,10,20\n", encoding="utf-8")
    bring(open_plan(tmp_path / "plan"), table)
    opened = open_plan(tmp_path / "plan")
    result = run_plan(opened, DAY)
    assert result.pupils.district(result.horizon.first) is None
    base, found = (report_source(*pair) for pair in (larkhollow(), (opened, result)))
    names = ("per_student", "per_student_indirect", "students", "students_last", "cost", "gap", "devices_bought")
    assert [found.figures[name] for name in names] == [base.figures[name] for name in names]
    assert found.tables["per_student"] == base.tables["per_student"]
    assert found.fiscal_years == base.fiscal_years == OWN


def test_history_is_one_note_and_no_year_of_it_a_gap(empty: tuple[OpenPlan, PlanResult]) -> None:
    findings = empty[1].findings
    (note,) = [item for item in findings if item.code == "TL-FUND-028"]
    assert (note.severity.value, note.cents, note.arguments["years"]) == ("note", EARLIER, "FY2009 to FY2027")
    assert not [item for item in findings if item.code == "TL-FUND-012"]
    (nothing,) = [item for item in findings if item.code == "TL-FUND-035"]
    assert nothing.cents == 2_000_000 + LATE
    (quotes,) = [item for item in findings if item.code == "TL-PROC-001"]
    assert not any(year in str(quotes.arguments) for year in ("FY2009", "FY2022", "FY2027"))


def test_explain_adds_up_the_plan_and_says_history_apart(empty: tuple[OpenPlan, PlanResult]) -> None:
    result = empty[1]
    total = explain(result, {})
    assert (total.cents, total.title) == (5_000_000, "Planned cost, FY2028 to FY2040")
    (said,) = [line for line in total.lines if line.name == "Earlier years in imported plans"]
    assert (said.value, said.rule) == ("$132,000.01", "FY2009 to FY2027, not in this total")
    assert explain(result, {"fiscal_year": "FY2022"}).cents == 7_500_000
    assert explain(result, {"category": "D3.2"}).cents == 3_000_000  # named in earlier years alone
    line = next(line for line in result.ledger.lines() if line.labels["fiscal_year"] == "FY2009")
    assert explain(result, {"line": line.id}).cents == 1_200_001


def test_two_plans_are_compared_in_the_years_they_plan(empty: tuple[OpenPlan, PlanResult]) -> None:
    found = compare(empty[1], empty[1], ("a", "b"))
    assert found.totals == (5_000_000, 5_000_000)


def test_a_table_of_past_years_alone_is_no_plan_cost(tmp_path: Path) -> None:
    opened = fresh(tmp_path / "plan")
    table = tmp_path / "old.csv"
    table.write_text("Item,FY2020,FY2021\nSwitches,10,20\n", encoding="utf-8")
    bring(opened, table)
    again = open_plan(opened.root)
    text = text_of("summary_text", report_source(again, run_plan(again, date(2026, 3, 1))))
    assert "Nothing has a cost yet from FY2027 on. The imported plans name earlier years only." in text
    assert "For FY2020 to FY2021, imported plans ask for $30." in text
