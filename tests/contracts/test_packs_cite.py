"""A value in a pack says where it comes from, when that was read, and how far it may be trusted."""

import csv
from datetime import date
from pathlib import Path

import pytest

from tests.contracts.repository import SOURCE, project_files, shown
from throughline.engine.rulebook.parameter import STATUSES

PACKS = SOURCE / "packs"
TABLES = [path for path in project_files() if PACKS in path.parents and path.suffix == ".csv"]
# These cite by reference: a row names a list, and lists.csv cites it; models.csv holds ids and no values.
BY_REFERENCE = {"catalogs/support_ends/support_ends.csv", "catalogs/support_ends/models.csv"}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize(
    "path", [pytest.param(p, id=shown(p)) for p in TABLES if p.relative_to(PACKS).as_posix() not in BY_REFERENCE]
)
def test_every_row_of_a_table_is_cited(path: Path) -> None:
    rows = _rows(path)
    assert rows
    bare = [
        number
        for number, row in enumerate(rows, start=2)
        if not row["source"].strip() or row["status"] not in STATUSES or not _is_date(row["verified_on"])
    ]
    assert not bare, f"{shown(path)}: rows {bare} lack a source, a status or the day the source was read"


def test_a_row_that_cites_a_list_names_one_that_is_cited() -> None:
    folder = PACKS / "catalogs" / "support_ends"
    lists = {row["list"] for row in _rows(folder / "lists.csv")}
    assert {row["list"] for row in _rows(folder / "support_ends.csv")} <= lists


def test_no_table_is_both_exempt_and_absent() -> None:
    assert {path.relative_to(PACKS).as_posix() for path in TABLES} >= BY_REFERENCE


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
