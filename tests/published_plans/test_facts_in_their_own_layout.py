"""The same facts as one long table per case, in the columns in which they were collected: the second shape the importer reads."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.published_plans.documents import DATA
from throughline.engine.checks.capital_plan import check_capital_plan
from throughline.engine.plan.district import District
from throughline.engine.plan.plan import Plan, with_records
from throughline.engine.plan.planlines import LineRole
from throughline.engine.table import Value
from throughline.engine.views.capital_plan import capital_plan_table
from throughline.importers.reading.upload import Upload
from throughline.importers.run import read_here


@cache
def plan_of(case: str, folder: Path) -> Plan:
    """The case's lines, imported from one file with a document column."""
    with (DATA / "plan_lines.csv").open(encoding="utf-8", newline="") as stream:
        rows = [row for row in csv.DictReader(stream) if row["case_id"] == case]
    path = folder / f"{case}.csv"
    with path.open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, fieldnames=list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    outcome = read_here(Upload.of(path), {}, {}, {}, folder)
    assert (outcome.accepted, outcome.rejected, outcome.questions) == (len(rows), 0, ())
    plan = Plan(District(case, case))
    for noun, records in outcome.records.items():
        made: dict[str, Any] = {record.id: record for record in records}  # type: ignore[attr-defined]
        plan = with_records(plan, noun, made)
    return plan


def total(plan: Plan, document: str, role: LineRole, period: str = "") -> Value:
    table = capital_plan_table(plan, document, role=role)
    column = f"period/{period}" if period else "total"
    return next(row.values[table.index(column)] for row in table.rows if row.key == f"total/{role}")


@pytest.mark.parametrize(
    ("period", "dollars"),
    [
        ("prior_appropriated", 176_000),
        ("FY2022", 478_200),
        ("FY2026", 126_000),
        ("after_FY2027", 56_000),
        ("", 1_202_200),
    ],
)
def test_mashpee_by_period(period: str, dollars: int, tmp_path: Path) -> None:
    plan = plan_of("mashpee_ma_fy2022_cip", tmp_path)
    assert total(plan, "CIP minutes 2021-01-19", LineRole.REQUEST, period) == dollars * 100


def test_collections_are_revenue_and_no_request(tmp_path: Path) -> None:
    plan = plan_of("renton_wa_technology_levy", tmp_path)
    assert {line.role for line in plan.plan_lines} == {LineRole.REVENUE}
    assert total(plan, "levy collections", LineRole.REVENUE) == 5_550_000_000


def test_an_option_that_was_not_approved_is_an_alternative(tmp_path: Path) -> None:
    plan = plan_of("newark_usd_ca_2023_chromebooks", tmp_path)
    assert {line.document: line.role for line in plan.plan_lines} == {
        "approved option": LineRole.REQUEST,
        "recommended option (not approved)": LineRole.ALTERNATIVE,
    }


def test_an_of_which_line_belongs_to_the_line_above(tmp_path: Path) -> None:
    plan = plan_of("stafford_va_chromebooks", tmp_path)
    (part,) = [line for line in plan.plan_lines if line.role is LineRole.PART_OF]
    assert part.part_of == "Chromebooks and classroom computers, all levels"
    assert total(plan, "2025-05-20", LineRole.REQUEST) == 310_000_000


def test_lexington_requests_appropriations_and_funding_are_kept_apart(tmp_path: Path) -> None:
    plan = plan_of("lexington_ma_school_technology_capital", tmp_path)
    assert total(plan, "minutes 2011-11-08", LineRole.REQUEST, "FY2013") == 105_200_000
    assert total(plan, "appropriation history", LineRole.APPROPRIATION, "FY2013") == 100_200_000
    assert total(plan, "2016 ATM report", LineRole.FUNDING_SOURCE, "FY2017") == 119_800_000
    assert total(plan, "2016 ATM report", LineRole.REQUEST, "FY2017") == 119_800_000


def test_a_program_total_beside_its_items_is_found(tmp_path: Path) -> None:
    plan = plan_of("lexington_ma_school_technology_capital", tmp_path)
    (found,) = [item for item in check_capital_plan(plan) if item.code == "TL-PLAN-013"]
    assert (found.arguments["document"], found.cents) == ("2018 ATM report", 171_530_000)
