"""The commands of tutorial and guides do, in their order, what the pages say: each is run on the sample district."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.docs.conftest import SAMPLE
from tests.docs.pages import Command, commands, pages, split, text_of

pytestmark = pytest.mark.slow
TUTORIAL = "docs/tutorial/first-plan.md"


def _runs_here(command: Command) -> bool:
    """Commands to a server's address are run against a real one in tests/web/test_cli_talks_to_a_server.py."""
    return command.in_block and not any(word.startswith("https://") for word in command.words)


GUIDES = [page for page in pages("docs/guides") if any(_runs_here(item) for item in commands(page))]
Run = Callable[..., str]


def lines(page: str) -> list[tuple[str, ...]]:
    found = [item.words for item in commands(page) if _runs_here(item)]
    assert found, f"{page} shows no command"
    return found


def test_the_tutorial_runs_from_its_first_command_to_its_last(desk: Path, run: Run) -> None:
    for words in lines(TUTORIAL):
        run(*words)
    assert (desk / "out" / "board-packet.pdf").is_file()


@pytest.mark.parametrize("page", GUIDES)
def test_a_guide_runs_on_a_plan_named_mydistrict_with_the_exports_beside_it(page: str, desk: Path, run: Run) -> None:
    shutil.move(desk / "throughline-demo" / "plan", desk / "mydistrict")
    for path in SAMPLE.iterdir():
        (desk / path.name).symlink_to(path)
    for words in lines(page):
        run(*words)


def test_the_readme_quotes_the_sentence_that_the_demo_prints(desk: Path, run: Run) -> None:
    (block,) = (block for block in split(text_of("README.md"))[0] if block.startswith("$ make demo"))
    quoted = " ".join(block.removeprefix("$ make demo").split())
    printed = " ".join(run("demo", "throughline-demo", "--no-serve").split())
    assert quoted in printed, "write the opening sentence of `make demo` into README.md"


def test_the_readme_runs_for_a_district_with_three_files(desk: Path, run: Run) -> None:
    for name in ("chromebooks.csv", "purchases.xlsx", "enrollment.csv"):
        (desk / name).symlink_to(SAMPLE / name)
    for words in lines("README.md"):
        run(*words)
    assert (desk / "out" / "workbook.xlsx").is_file()
