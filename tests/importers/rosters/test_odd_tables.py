"""Tables in which small numbers stand are not tables of pupils; tables of pupils are, however plainly they are headed."""

from pathlib import Path

import pytest

from throughline.importers.base import Head
from throughline.importers.enrollment_generic.importer import IMPORTER
from throughline.importers.intake import read
from throughline.importers.reading.upload import Upload

ODD = {
    "rows of small numbers": "Room,Seats,Outlets,Drops\n1,2,3,4\n2,3,4,5\n3,4,5,6\n",
    "ratings by question": "Question,1,2,3,4,5\nThe lesson was clear,0,1,4,9,12\nI felt safe,1,0,3,8,14\n",
    "mean ratings by school": "School,1,2,3,4\nLincoln,4.3,3.7,4.1,2.9\nPine,4.4,3.8,4.2,3.3\n",
    "priorities that do not rise": "Building,3,1,2\nLincoln,10,20,30\nPine,11,21,31\n",
    "a gap in the run": "School,1,2,4,8\nLincoln,10,20,30,40\n",
    "letter grades": "Grade,Count\nA,12\nB,30\nC,8\nD,3\n",
    "grades of steel": "Grade,Year,Number\nA36,2024,3\nA572,2024,5\nA992,2025,2\n",
    "words below grades": "School,K,1,2\nLincoln,Ms. A,Mr. B,Ms. C\nPine,Ms. D,Mr. E,Ms. F\n",
    "money below grades": "School,K,1,2\nLincoln,$1.25,$2.35,$9.99\nPine,$1.45,$2.10,$3.10\n",
    "ports of a switch": "Switch,1,2,3,4\nMDF-1,10,20,10,1\nIDF-2,10,20,20,1\n",
    "a matrix without words": "1,2,3\n4,5,6\n7,8,9\n",
    "temperatures": "Site,1,2,3\nFreezer,-4,-5,-3\nCooler,-1,-2,-3\n",
}
PUPILS = {
    "bare grades beside schools": "School,1,2,3\nLincoln,44,39,47\n",
    "bare grades beside years": "Year,6,7,8\n2025-26,140,151,149\n",
    "a school of few": "School,K,1,2\nIsland,1,0,2\n",
    "hidden small counts": "School,K,1,2\nIsland,*,<10,\nPine,12,15,14\n",
    "half pupils": "School,PK,K,1\nLincoln,12.5,41,44\n",
    "spelled out": "Kindergarten,First Grade,Second Grade\n41,44,39\n",
    "a grade a row": "Grade,Enrollment\nK,41\n1,44\n",
    "headings alone": "School,K,1,2,3\n",
}


def _score(text: str) -> int:
    return IMPORTER.identify("export.csv", Head("", tuple(tuple(line.split(",")) for line in text.splitlines())))


@pytest.mark.parametrize("name", ODD)
def test_a_table_that_only_has_small_numbers_is_not_claimed(name: str) -> None:
    assert _score(ODD[name]) == 0


@pytest.mark.parametrize("name", PUPILS)
def test_a_table_of_pupils_is_claimed(name: str) -> None:
    assert _score(PUPILS[name]) >= 50


def test_nobody_reads_pupils_out_of_a_survey(tmp_path: Path) -> None:
    file = tmp_path / "survey.csv"
    file.write_text(ODD["ratings by question"])
    outcome = read(Upload.of(file), into=tmp_path)
    assert outcome.importer == ""
    assert not outcome.records
