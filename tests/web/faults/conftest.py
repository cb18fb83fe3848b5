"""An installation made once and copied for each test; real processes on data of their own."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.web.faults.installation import SETTINGS, Installation, with_person


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> tuple[Installation, str]:
    """Tables, a district, its administrator; with a cookie that is signed in."""
    folder = tmp_path_factory.mktemp("installation") / "data"
    folder.mkdir(mode=0o700)
    made = Installation(folder)
    return made, with_person(made)


@pytest.fixture
def copied(template: tuple[Installation, str], tmp_path: Path) -> Callable[..., Installation]:
    """A copy of it; `faults=True` with the addresses and jobs of the fault tests."""

    def make(faults: bool = False, name: str = "data") -> Installation:
        home = template[0].copy(tmp_path / name)
        home.settings = SETTINGS if faults else home.settings
        return home

    return make


@pytest.fixture
def cookie(template: tuple[Installation, str]) -> str:
    """Signed in, as the copies know it."""
    return template[1]


@pytest.fixture
def empty(tmp_path: Path) -> Installation:
    """A data folder with nothing in it."""
    folder = tmp_path / "empty"
    folder.mkdir(mode=0o700)
    return Installation(folder)
