"""A table that a guide prints as an example of a file is read without a rejected row."""

import csv
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest

from tests.docs.pages import split, text_of

GUIDES = "docs/guides"


def csv_blocks(page: str) -> list[str]:
    blocks = split(text_of(f"{GUIDES}/{page}"))[0]
    return [block for block in blocks if not block.startswith("throughline") and "," in block]


def table_with(page: str, heading: str) -> list[list[str]]:
    """The rows of the Markdown table whose first heading is this one, headings first."""
    lines = text_of(f"{GUIDES}/{page}").splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith(f"| {heading} |"))
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in _while_table(lines[start:])]
    return [rows[0], *rows[2:]]


def _while_table(lines: list[str]) -> list[str]:
    end = next((number for number, line in enumerate(lines) if not line.startswith("|")), len(lines))
    return lines[:end]


@pytest.fixture
def imported(desk: Path, run: Callable[..., str]) -> Callable[[str], dict[str, object]]:
    run("new", "fresh", "--name", "Maple Valley", "--state", "OH")

    def read(text: str) -> dict[str, object]:
        (desk / "table.csv").write_text(text, encoding="utf-8")
        (file,) = json.loads(run("import", "fresh", "table.csv", "--json"))["files"]
        assert file["status"] == "applied"
        assert file["counts"]["rejected"] == 0
        return dict(file)

    return read


@pytest.mark.parametrize("text", csv_blocks("import-a-published-plan.md"))
def test_a_plan_table_of_the_guide_is_read(text: str, imported: Callable[[str], dict[str, object]]) -> None:
    assert imported(text)["importer"] == "capital_plan"


def test_the_table_of_funds_is_read(imported: Callable[[str], dict[str, object]]) -> None:
    assert imported(_csv(table_with("enter-funds.md", "Fund ID")))["importer"] == "funds_list"


def test_the_account_map_is_read(imported: Callable[[str], dict[str, object]]) -> None:
    assert imported(_csv(table_with("hand-numbers-to-finance.md", "Fund")))["importer"] == "account_map"


def _csv(rows: list[list[str]]) -> str:
    out = StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue()
