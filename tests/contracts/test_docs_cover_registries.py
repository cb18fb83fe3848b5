"""The reference pages are complete: every plug-in and every command has its place in them."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from tests.contracts.repository import ROOT
from throughline.cli.main import COMMANDS
from throughline.registry import discover

REFERENCE = ROOT / "docs" / "reference"
KINDS = [
    ("throughline.importers", "importer"),
    ("throughline.packs.funds", "fund.yaml"),
    ("throughline.reports", "report"),
]


@pytest.fixture(scope="module")
def reference() -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(REFERENCE.glob("**/*.md")))


@pytest.mark.parametrize(("package", "marker"), KINDS)
def test_the_reference_names_every_plugin(package: str, marker: str, reference: str) -> None:
    plugins = discover(package, marker).ids()
    assert plugins, f"{package} has no plug-in"
    missing = [name for name in plugins if f"`{name}`" not in reference]
    assert not missing


@pytest.mark.parametrize("command", COMMANDS)
def test_the_reference_names_every_command(command: str, reference: str) -> None:
    assert f"## throughline {command}\n" in reference


def test_the_reference_pages_are_what_the_registries_say() -> None:
    # Loaded by path: docs is no package.
    spec = spec_from_file_location("generate_reference", REFERENCE / "generate.py")
    assert spec
    assert spec.loader
    generate = module_from_spec(spec)
    spec.loader.exec_module(generate)
    behind = [name for name, text in generate.pages() if not _is(REFERENCE / name, text)]
    assert not behind, f"run `make reference`: {behind}"


def _is(path: Path, text: str) -> bool:
    return path.is_file() and path.read_text(encoding="utf-8") == text
