from pathlib import Path

import pytest

from tests.app.folders import DAY, bring, fresh
from tests.importers.records.tables import codes, read_text, records
from throughline.app.plans import open_plan
from throughline.app.run_plan import run_plan
from throughline.engine.plan.planlines import LineRole
from throughline.importers.outcome import Outcome
from throughline.importers.reading.upload import Upload
from throughline.importers.run import read_here

SAMPLE = Path("src/throughline/importers/ny_osc_finances/samples/level_two.csv")


def read(folder: Path, year: int, tmp_path: Path, **answers: str) -> Outcome:
    file = folder / "finance" / "ny_osc_school_districts" / f"leveltwo{year}.csv"
    return read_here(Upload.of(file), {}, answers, {}, tmp_path)


@pytest.mark.needs_shared_data
@pytest.mark.parametrize("year", [22, 23, 24])
def test_a_district_of_the_published_file_adds_up(year: int, shared_data: Path, tmp_path: Path) -> None:
    outcome = read(shared_data, year, tmp_path, districts="460700200100")
    lines = records(outcome, "plan_lines")
    (total,) = [line for line in lines if line.item == "Total Expenditures"]
    spent = sum(line.amount_cents for line in lines if line.role is LineRole.PART_OF)
    assert spent == total.amount_cents > 0
    assert (outcome.accepted, total.fiscal_year) == (1, 2000 + year)
    assert "TL-REC-161" not in codes(outcome)
    (unnamed,) = [item for item in outcome.findings if item.code == "TL-REC-162"]
    assert unnamed.arguments["count"] == 4


@pytest.mark.needs_shared_data
def test_every_district_of_the_published_file_adds_up(shared_data: Path, tmp_path: Path) -> None:
    asked = read(shared_data, 24, tmp_path)
    assert [question.id for question in asked.questions if question.blocking] == ["districts"]
    every = ";".join(
        line.split(",")[0].strip('"')
        for line in (shared_data / "finance/ny_osc_school_districts/leveltwo24.csv")
        .read_text("utf-8-sig")
        .splitlines()[1:]
        if line[:12].isdigit()
    )
    outcome = read(shared_data, 24, tmp_path, districts=every)
    assert outcome.accepted > 650
    assert "TL-REC-161" not in codes(outcome)


def test_context_is_never_a_cost(tmp_path: Path) -> None:
    fresh(tmp_path / "plan", "NY")
    bring(open_plan(tmp_path / "plan"), SAMPLE, answers={"districts": "Maple Valley"})
    result = run_plan(open_plan(tmp_path / "plan"), DAY)
    assert len(result.plan.plan_lines) > 10
    assert sum(result.ledger.by("category").values()) == 0
    assert not [item for item in result.findings if item.code.startswith("TL-PLAN")]


def test_a_file_without_the_functions_is_refused_and_other_finances_are_not_claimed(tmp_path: Path) -> None:
    head = "Muni Code,Entity Name,Fiscal Year End Date,Total Expenditures\n"
    refused = read_text(tmp_path, f"{head}1,Maple,06/30/2024,5\n")
    assert (refused.is_refused, codes(refused)) == (True, ["TL-IMP-010"])
    assert read_text(tmp_path, "District,Year,Total Expenditures\nMaple,2024,5\n").importer != "ny_osc_finances"
