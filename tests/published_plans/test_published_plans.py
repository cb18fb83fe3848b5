import csv
from decimal import Decimal

import pytest

from tests.published_plans.checks import BARE_FACTS, CHECKS, IMPORT_VIEW, findings
from tests.published_plans.documents import DATA, balance, cell, document_files, outcome_of, plan_of
from throughline.engine.checks.capital_plan import check_capital_plan
from throughline.engine.plan.planlines import LineRole

with (DATA / "plan_checks.csv").open(encoding="utf-8", newline="") as _stream:
    PUBLISHED = list(csv.DictReader(_stream))


def test_every_published_check_is_classified_and_none_is_invented() -> None:
    published = {(row["case_id"], row["check"]) for row in PUBLISHED}
    derived = {(case, check) for case, checks in CHECKS.items() for check in checks}
    assert len(PUBLISHED) == 49
    assert derived == published
    paths = [CHECKS[row["case_id"]][row["check"]].path for row in PUBLISHED]
    assert {path: paths.count(path) for path in (IMPORT_VIEW, BARE_FACTS)} == {IMPORT_VIEW: 46, BARE_FACTS: 3}


@pytest.mark.parametrize("row", [pytest.param(row, id=f"{row['case_id']}: {row['check']}") for row in PUBLISHED])
def test_a_check_that_is_a_sum_of_rows_comes_out_of_the_products_own_views(row: dict[str, str]) -> None:
    check = CHECKS[row["case_id"]][row["check"]]
    print(f"path: {check.path}")
    if check.path == BARE_FACTS:
        assert check.derive() is None
        return
    derived, expected = check.derive(), Decimal(row["expected"])
    if row["holds"] == "yes":
        assert derived == expected
        assert not check.finding
    else:
        assert derived != expected
        assert findings(row["case_id"], check.finding)


def test_what_does_not_hold_is_a_finding_with_the_difference() -> None:
    (waves,) = findings("newark_usd_ca_2023_chromebooks", "TL-PLAN-007")
    assert (waves.arguments["stated"], waves.arguments["computed"], waves.arguments["difference"]) == (
        "6,982",
        "7,774",
        "-792",
    )
    (total,) = findings("chesterfield_va_elementary_devices", "TL-PLAN-005")
    assert (total.arguments["stated"], total.arguments["computed"], total.arguments["difference"]) == (
        "13,700",
        "15,960",
        "-2,260",
    )


def test_parts_that_do_not_reach_a_stated_total_are_a_finding_in_cents() -> None:
    (found,) = findings("palm_beach_fl_fy2023_27", "TL-PLAN-003")
    assert found.arguments["difference_cents"] == 5_670_000_000
    assert found.cents == 5_670_000_000


def test_the_mashpee_table_closes_on_five_rows_and_eight_columns() -> None:
    plan = plan_of("mashpee_ma_fy2022_cip")
    totals = [total for total in plan.stated_totals if total.document == "cip-minutes-2021-01-19"]
    rows = [total for total in totals if total.axis == "item"]
    columns = [total for total in totals if total.axis == "period" and total.section == "Technology"]
    assert (len(rows), len(columns)) == (5, 8)
    assert not [
        found for found in check_capital_plan(plan) if found.code in {"TL-PLAN-001", "TL-PLAN-002", "TL-PLAN-003"}
    ]


def test_every_other_stated_total_closes() -> None:
    broken = {
        (case, found.code)
        for case in CHECKS
        for found in check_capital_plan(plan_of(case))
        if found.severity != "note" and case != "newark_nj_k_5_9_formula"
    }
    assert broken == {
        ("newark_usd_ca_2023_chromebooks", "TL-PLAN-007"),
        ("chesterfield_va_elementary_devices", "TL-PLAN-005"),
        ("palm_beach_fl_fy2023_27", "TL-PLAN-003"),
    }


def test_named_periods_are_not_fiscal_years() -> None:
    named = {
        line.period: line.fiscal_year
        for case in ("mashpee_ma_fy2022_cip", "palm_beach_fl_fy2023_27", "everett_wa_2016_capital_levy")
        for line in plan_of(case).plan_lines
        if not line.period.startswith("FY")
    }
    assert set(named) >= {"Prior appropriated", "After FY2027", "estimate 1 of 4", "2016", "not stated"}
    assert set(named.values()) == {None}
    years = {line.period: line.fiscal_year for line in plan_of("gananda_ny_smart_schools_2024").plan_lines}
    assert years == {"Allocation": None, "2017-18": 2018, "2019-20": 2020, "2024-25": 2025}


def test_alternatives_and_parts_of_lines_are_never_added() -> None:
    case, table = "newark_usd_ca_2023_chromebooks", "board-decision-2023-03-02"
    assert cell(case, table, "total/request") == 61_560_000
    roles = {line.role for line in plan_of(case).plan_lines if line.document == table}
    assert roles == {LineRole.REQUEST, LineRole.ALTERNATIVE}
    assert cell("stafford_va_chromebooks", "school-board-2025-05-20", "total/request") == 310_000_000


def test_the_last_phase_of_gananda_leaves_27_dollars() -> None:
    case, table = "gananda_ny_smart_schools_2024", "ssip-supplemental-plan-2024-25"
    assert [balance(case, table, period) for period in ("2017-18", "2019-20", "2024-25")] == [
        48_597_400,
        36_827_700,
        2_700,
    ]


def test_every_document_is_read_without_a_refused_row_or_an_open_question() -> None:
    for folder in sorted(path for path in DATA.iterdir() if path.is_dir() and path.name != "newark_nj_k_5_9_formula"):
        for path in document_files(folder.name):
            outcome = outcome_of(path)
            assert outcome.importer == "capital_plan", path
            assert outcome.rejected == 0, path
            assert not outcome.questions, path
