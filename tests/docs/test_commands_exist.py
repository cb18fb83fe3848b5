"""A command that a page shows exists, with the options and the paths it is shown with."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.docs.pages import Command, commands, pages
from throughline.cli.main import COMMANDS, command_parser
from throughline.engine.plan.plan import NOUNS
from throughline.packs.loader import load_rulebook
from throughline.registry import discover

PAGES = ["README.md", *pages("docs/tutorial", "docs/guides", "docs/concepts", "docs/contributing", "examples")]
SHOWN = [pytest.param(command, id=str(command)) for page in PAGES for command in commands(page)]
OPEN = ("budget", "district", "place:", "model:")  # `set` knows these beside rules and records


@contextmanager
def understood() -> Iterator[None]:
    try:
        yield
    except SystemExit:
        pytest.fail("the program does not take these options; what it said stands above")


@pytest.mark.parametrize("command", SHOWN)
def test_a_command_line_is_one_the_program_understands(command: Command) -> None:
    name, *rest = command.words
    if name in ("-h", "--help", "--version"):
        return
    assert name in COMMANDS
    if rest or command.in_block:
        with understood():
            command_parser(name).parse_intermixed_args(rest)


def with_arguments(*names: str) -> list[object]:
    commands_shown = [(item, item.values[0].words) for item in SHOWN]
    return [item for item, words in commands_shown if words[0] in names and len(words) > 1]


@pytest.mark.parametrize("command", with_arguments("set", "plan", "compare"))
def test_what_a_command_line_sets_can_be_set(command: Command) -> None:
    args = command_parser(command.words[0]).parse_intermixed_args(command.words[1:])
    for text in getattr(args, "assignments", None) or getattr(args, "override", []):
        path, _, value = text.partition("=")
        head, _, rest = path.partition("/")
        if head == "rules":
            assert rest in load_rulebook("").parameters, f"there is no rule {rest}"
        elif head == "life":
            assert rest in load_rulebook("").asset_classes, f"there is no class {rest}"
        elif not path.startswith(OPEN):
            assert head in NOUNS, f"there is no kind of record {head}"
            assert value == "none" or _is_field(head, rest.rpartition("/")[2]), f"{path} is no field"


def _is_field(noun: str, name: str) -> bool:
    return name in NOUNS[noun].__dataclass_fields__


@pytest.mark.parametrize("command", with_arguments("report"))
def test_a_document_that_a_page_names_is_one_that_can_be_written(command: Command) -> None:
    args = command_parser("report").parse_intermixed_args(command.words[1:])
    assert args.report in discover("throughline.reports", "report").ids()
