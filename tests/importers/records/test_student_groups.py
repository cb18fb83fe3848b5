"""Counts of student groups: what a withheld count is, what is no table of groups, and a state's own totals."""

from decimal import Decimal
from pathlib import Path

import pytest

from tests.contracts.repository import ROOT, SOURCE
from throughline.engine.plan.groups import GroupCount
from throughline.importers.base import Head
from throughline.importers.detect import importers
from throughline.importers.groups import SMALL, SPELLED, group_of
from throughline.importers.outcome import Outcome
from throughline.importers.reading.upload import Upload
from throughline.importers.run import read_here
from throughline.packs.loader import load_rulebook

STATE = ROOT / "tests" / "data" / "enrollment" / "nj_2223_two_districts.csv"


def read(path: Path, folder: Path, **answers: str) -> Outcome:
    return read_here(Upload.of(path), {}, answers, {}, folder)


def written(text: str, folder: Path, name: str = "groups.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def counts(outcome: Outcome) -> dict[str, Decimal | None]:
    found: dict[str, Decimal | None] = {}
    for record in outcome.records.get("group_counts", ()):
        assert isinstance(record, GroupCount)
        found[f"{record.site}/{record.group}"] = record.pupils
    return found


def test_every_group_that_a_heading_names_is_in_the_catalog() -> None:
    assert set(SPELLED.values()) == set(load_rulebook("").student_groups)


@pytest.mark.parametrize(
    "text", ["*", "**", "<10", "< 10", "n<10", "n < 5", "N", "<=20", "\u226410", "fewer than 10", "Suppressed"]
)
def test_a_withheld_count_is_none_and_never_zero(text: str, tmp_path: Path) -> None:
    assert SMALL.fullmatch(text)
    file = written(f"School,School Year,Total,English Learners,Homeless\nOak School,2025-26,200,{text},12\n", tmp_path)
    found = counts(read(file, tmp_path))
    assert found == {"oak-school/all": 200, "oak-school/english-learners": None, "oak-school/homeless": 12}


@pytest.mark.parametrize("text", ["0", "12", "12.5", ">95%", "some", "-3"])
def test_what_is_no_withheld_count(text: str) -> None:
    assert not SMALL.fullmatch(text)


@pytest.mark.parametrize(
    "heading", ["% English Learners", "%White", "Homeless %", "Percent Asian", "White rate", "Grade 4"]
)
def test_a_share_names_no_group(heading: str) -> None:
    assert group_of(heading) == ""


@pytest.mark.parametrize(
    "head",
    [
        ("School Year", "School", "K", "1", "2", "English Learners", "Homeless"),  # grades beside groups
        ("School", "Grade", "Student Group", "Students"),
        ("School", "Homeless", "Notes"),  # one group makes no table of groups
        ("Student Group", "Students"),  # no school
        ("Serial Number", "Model", "School", "Status"),
    ],
)
def test_a_table_of_another_kind_is_not_claimed(head: tuple[str, ...]) -> None:
    assert importers()["student_groups"].identify("file.csv", Head("", (head,))) == 0


def test_a_table_of_groups_is_claimed_by_one_importer(tmp_path: Path) -> None:
    for sample in ("groups_as_columns.csv", "long.csv"):
        assert (
            read(SOURCE / "importers" / "student_groups" / "samples" / sample, tmp_path, fall_year="2025").importer
            == "student_groups"
        )


def test_one_count_of_a_row_that_cannot_be_read_keeps_nothing_of_the_row(tmp_path: Path) -> None:
    file = written(
        "School,School Year,Total,English Learners,Homeless\nOak,2025-26,200,many,12\nElm,2025-26,90,11,0\n", tmp_path
    )
    outcome = read(file, tmp_path)
    assert counts(outcome) == {"elm/all": 90, "elm/english-learners": 11, "elm/homeless": 0}
    assert (outcome.accepted, outcome.rejected) == (1, 1)


@pytest.mark.parametrize(("part", "refused"), [(200, 0), (201, 1)])
def test_a_group_larger_than_its_school_is_refused(part: int, refused: int, tmp_path: Path) -> None:
    file = written(f"School,School Year,Total,English Learners,Homeless\nOak,2025-26,200,{part},12\n", tmp_path)
    assert read(file, tmp_path).rejected == refused


@pytest.mark.parametrize(
    ("district", "level", "learners", "everybody", "records"),
    [("13-3570", "school", 9165, 37662, 63 * 13), ("21-1245", "school", 922, 5055, 6 * 13)],
)
def test_the_state_counts_what_its_report_says(
    district: str, level: str, learners: int, everybody: int, records: int, tmp_path: Path
) -> None:
    """English learners of the School sheet are those of the state's own District row; Newark's total lacks preschool providers."""
    outcome = read(STATE, tmp_path, district=district, level=level)
    assert outcome.importer == "enrollment_nj_wide"
    found = counts(outcome)
    assert len(found) == records

    def total(group: str) -> Decimal:
        return sum((pupils or Decimal(0) for key, pupils in found.items() if key.endswith(f"/{group}")), Decimal(0))

    assert (total("english-learners"), total("all")) == (learners, everybody)
    races = ("white", "black", "hispanic", "asian", "american-indian", "pacific-islander", "two-or-more-races")
    assert sum(total(race) for race in races) == everybody


@pytest.mark.needs_shared_data
def test_newark_in_the_older_layout_adds_up_to_the_states_district_row(shared_data: Path, tmp_path: Path) -> None:
    file = shared_data / "enrollment" / "nj_doe_original" / "enrollment_1718_long_format_slice.csv"
    by_school = counts(read(file, tmp_path, district="13-3570", level="school", fall_year="2017"))
    district = counts(read(file, tmp_path, district="13-3570", level="district", fall_year="2017"))
    assert district["DISTRICT/english-learners"] == 4592
    assert district["DISTRICT/free-or-reduced-lunch"] == 28036 + 2205
    for key, stated in district.items():
        group = key.partition("/")[2]
        assert sum(pupils or 0 for name, pupils in by_school.items() if name.endswith(f"/{group}")) == stated
