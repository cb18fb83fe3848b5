"""Tutorial, guides and readme read at grade 9 or lower, and none of them is long."""

import pytest

from tests.docs.pages import pages, prose, text_of
from throughline.reports.readability import grade

PAGES = ["README.md", *pages("docs/tutorial", "docs/guides")]
MOST_WORDS = 900


@pytest.mark.parametrize("page", PAGES)
def test_a_page_reads_at_grade_nine_or_lower(page: str) -> None:
    assert grade(prose(page)) <= 9


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_short(page: str) -> None:
    assert len(text_of(page).split()) <= MOST_WORDS
