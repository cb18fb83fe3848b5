import pytest

from throughline.engine.rulebook.book import Rulebook
from throughline.packs.reference import parameters_page, states


@pytest.fixture(scope="module")
def page() -> str:
    return parameters_page()


def test_the_page_names_every_path_with_its_standing(book: Rulebook, page: str) -> None:
    lines = [line for line in page.splitlines() if line.startswith("| `")]
    assert {line.split("`")[1] for line in lines} >= book.parameters.keys()
    assert all(len(line.split(" | ")) == 7 for line in lines)
    assert "| `erate/c2/per-pupil` | $201.57 (before discount, five years) |  | 2026-07-01 to 2031-06-30 |" in page
    assert "secondary source (V2)" in page
    assert "default, please replace (OWN)" in page


def test_a_figure_that_is_over_keeps_its_row(page: str) -> None:
    assert "$5,000.00 (per unit; a lower local capitalization level governs) |  | 2014-12-26 to 2024-09-30" in page


def test_what_a_state_adds_stands_under_its_name(page: str) -> None:
    assert "wa" in states()
    washington = page.split("## Added by WA")[1]
    assert "| `fiscal/start-month` | 9 (1 September) |" in washington
