"""The shipped rulebook, loaded once."""

import pytest

from throughline.engine.rulebook.book import Rulebook
from throughline.packs.loader import load_rulebook


@pytest.fixture(scope="session")
def book() -> Rulebook:
    return load_rulebook()
