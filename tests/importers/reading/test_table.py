from pathlib import Path

import pytest

from throughline.importers.persons import person_kind
from throughline.importers.reading.book import open_book
from throughline.importers.reading.table import Table, fold, is_totals, table_of
from throughline.importers.reading.upload import Upload


def _table(folder: Path, text: str, known: str = "") -> Table:
    (folder / "x.csv").write_text(text, encoding="utf-8", newline="")
    grid = open_book(Upload.of(folder / "x.csv")).grids[0]
    return table_of(grid, lambda heading: heading in set(known.split()))


def test_a_row_number_is_the_line_its_first_character_stands_on(tmp_path: Path) -> None:
    table = _table(tmp_path, 'a,b\n1,"x\ny\nz"\n\n2,w\r\n3,v\r4,u')
    rows = [(line.row, line.cells[0]) for line in table.lines()]
    assert rows == [(2, "1"), (5, ""), (6, "2"), (7, "3"), (8, "4")]


def test_known_headings_win_over_the_first_row_of_words(tmp_path: Path) -> None:
    table = _table(tmp_path, "Site,List,Of,Things\nSerial,Model,Status,Place\n1,2,3,4\n", "serial model")
    assert (table.header_row, table.headers, table.above) == (2, ("Serial", "Model", "Status", "Place"), 1)


def test_without_known_headings_a_title_is_passed_over(tmp_path: Path) -> None:
    table = _table(tmp_path, "Maplewood Schools\n\nItem,FY2027,FY2028,Total\nLaptops,1,2,3\n")
    assert (table.header_row, table.above) == (3, 1)


def test_reading_twice_gives_the_same_rows(tmp_path: Path) -> None:
    table = _table(tmp_path, "a,b\n1,2\n3,4\n")
    assert list(table.lines()) == list(table.lines())


@pytest.mark.parametrize(
    "cells",
    [("Total", "", "", "12"), ("", "Grand Total:", "", "99"), ("SUM", "", ""), ("Total devices (12)", "", "", "")],
)
def test_totals_rows(cells: tuple[str, ...]) -> None:
    assert is_totals(cells)


@pytest.mark.parametrize(
    "cells",
    [
        ("Total Wellness Center Chromebook cart, two shelves, with charging", "", ""),
        ("Summit School", "", ""),
        ("Total", "5CD1", "HP", "North", "x"),
        ("", "", ""),
    ],
)
def test_rows_that_only_look_like_totals(cells: tuple[str, ...]) -> None:
    assert not is_totals(cells)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Asset Tag", "asset_tag"),
        ("assetTag", "ASSET-TAG"),
        ("PO #", "PO Number"),
        ("\u200bFederal %", "federal percent"),
        ("\uff33erial", "Serial"),
    ],
)
def test_headings_are_compared_by_letters_and_digits(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    "heading",
    [
        "annotatedUser",
        "recentUsers",
        "Checked Out To: Email",
        "Checked Out To",
        "Assigned To",
        "User",
        "username",
        "E-mail",
        "Teacher",
        "First Name",
        "Requested By",
        "Owner",
    ],
)
def test_headings_about_persons(heading: str) -> None:
    assert person_kind(heading) == "person"


@pytest.mark.parametrize(
    "heading", ["Student Name", "Student ID", "studentNumber", "DOB", "SSN", "Date of Birth", "Pupil", "Parent Email"]
)
def test_headings_about_pupils(heading: str) -> None:
    assert person_kind(heading) == "student"


@pytest.mark.parametrize("heading", ["notes", "Asset Notes", "Comments", "Model Notes"])
def test_notes_count_as_persons_data(heading: str) -> None:
    assert person_kind(heading) == "notes"


@pytest.mark.parametrize(
    "heading",
    [
        "Model",
        "Used By",
        "Student Count",
        "Number of Students",
        "Students per device",
        "Student Devices",
        "Name",
        "Location",
        "Serial Number",
        "Cost per Student",
        "Staff Count",
        "Staff",
        "Users",
        "Total Students",
        "User Type",
    ],
)
def test_headings_that_are_not_about_a_person(heading: str) -> None:
    assert person_kind(heading) == ""
