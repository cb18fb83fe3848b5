from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from throughline.engine.demand.need import issue_by_grade, need_for
from throughline.engine.demand.projection import project
from throughline.engine.demand.survival import cohort_survival, progression_ratios

PAGE = Path(__file__).with_name("enrollment.md")
Row = dict[str, str]


def _tables() -> Iterator[list[Row]]:
    head: list[str] = []
    rows: list[Row] = []
    for line in [*PAGE.read_text(encoding="utf-8").splitlines(), ""]:
        cells = [cell.strip() for cell in line.strip("|").split("|")] if line.startswith("|") else []
        if cells and not head:
            head = cells
        elif cells and not set(cells[0]) <= {"-"}:
            rows.append(dict(zip(head, cells, strict=True)))
        elif not cells and head:
            yield rows
            head, rows = [], []


REPORTED, RATIOS, PLAIN, OWN_RATIOS, OWN, NEED, ISSUE = _tables()
HISTORY: dict[int, dict[str, Decimal | None]] = {
    int(row["fall"]): {grade: Decimal(row[grade]) for grade in ("K", "1", "2")} for row in REPORTED
}


def _as_printed(value: Decimal, printed: str) -> str:
    return str(round(value, -int(Decimal(printed).as_tuple().exponent)))


@pytest.mark.parametrize("row", RATIOS, ids=lambda row: row["into grade"])
def test_plain_ratios_are_the_printed_ones(row: Row) -> None:
    assert _as_printed(progression_ratios(HISTORY)[row["into grade"]], row["ratio"]) == row["ratio"]


@pytest.mark.parametrize("row", PLAIN, ids=lambda row: row["fall"])
def test_plain_cohort_survival_gives_the_printed_pupils(row: Row) -> None:
    kindergarten = {int(r["fall"]): Decimal(r["K"]) for r in PLAIN}
    projected = cohort_survival(HISTORY, 3, kindergarten=kindergarten)[int(row["fall"])]
    assert {grade: _as_printed(projected[grade], row[grade]) for grade in ("K", "1", "2")} == {
        grade: row[grade] for grade in ("K", "1", "2")
    }


def test_the_golden_ratio_and_grade_one_are_exact() -> None:
    assert progression_ratios(HISTORY)["1"] == Decimal("0.925")
    given = {2024: Decimal(125), 2025: Decimal(130), 2026: Decimal(128)}
    falls = cohort_survival(HISTORY, 3, kindergarten=given)
    assert [falls[fall]["1"] for fall in given] == [Decimal("111.000"), Decimal("115.625"), Decimal("120.250")]


@pytest.mark.parametrize("row", OWN_RATIOS, ids=lambda row: row["into grade"])
def test_ratios_of_the_default_method_are_the_printed_ones(row: Row) -> None:
    assert _as_printed(project(HISTORY, 1).ratios[row["into grade"]].value, row["own ratio"]) == row["own ratio"]


@pytest.mark.parametrize("row", OWN, ids=lambda row: row["own fall"])
def test_the_default_method_gives_the_printed_pupils(row: Row) -> None:
    projected = project(HISTORY, 1).mid(int(row["own fall"]))
    assert {grade: _as_printed(pupils, row[grade]) for grade, pupils in projected.items()} == {
        grade: row[grade] for grade in ("K", "1", "2")
    }


@pytest.mark.parametrize("row", NEED, ids=lambda row: row["pupils"])
def test_need_with_spares_is_the_printed_number_of_devices(row: Row) -> None:
    need = need_for({"all": Decimal(row["pupils"])}, {"all": Decimal(row["ratio"])}, Decimal(row["spare share"]))
    assert need.total == int(row["devices"])


@pytest.mark.parametrize("row", ISSUE, ids=lambda row: row["fall of issue"])
def test_grades_of_issue_give_the_printed_number_of_devices(row: Row) -> None:
    pupils = {grade: Decimal(row[grade]) for grade in ("K", "5", "9")}
    assert issue_by_grade(pupils, ["K", "5", "9"]).total == int(row["new devices"])
