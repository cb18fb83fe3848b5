"""A scratch folder as a reader has it: the sample built once, its exports at hand, the day the sample stands on."""

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.docs.pages import ROOT
from tests.golden.districts import EXAMPLES, built
from throughline.app.recipe import recipe_day
from throughline.cli import output
from throughline.cli.main import main

SAMPLE = EXAMPLES / "larkhollow"


class SampleDay(date):
    """The calendar of a machine on the sample's day."""

    @classmethod
    def today(cls) -> date:
        return recipe_day(SAMPLE)


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The checkout after `make demo`, as far as commands see it; commands run there."""
    (tmp_path / "examples").symlink_to(ROOT / "examples", target_is_directory=True)
    shutil.copytree(built("larkhollow").opened.root, tmp_path / "throughline-demo" / "plan")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(output, "date", SampleDay)
    return tmp_path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Run a command line; its exit code must be 0. Gives what it printed."""

    def run_one(*words: str) -> str:
        code = main(words)
        printed = capsys.readouterr()
        assert code == 0, f"throughline {' '.join(words)}\n{printed.out}{printed.err}"
        return printed.out

    return run_one
