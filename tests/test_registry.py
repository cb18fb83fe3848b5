"""Plug-in folders are found without being imported, in a fixed order, and cannot change during a run."""

import sys
from collections.abc import Iterator
from importlib.metadata import EntryPoint
from pathlib import Path

import pytest

from throughline import registry
from throughline.registry import Registry


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """A package with the plug-ins beta and alpha, a folder of data alone, and a folder that is no plug-in."""
    name = f"plugins_{tmp_path.name.replace('-', '_')}"
    folder = tmp_path / name
    for plugin in ("beta", "alpha"):
        (folder / plugin).mkdir(parents=True)
        (folder / plugin / "importer.py").write_text(f"TITLE = {plugin!r}\n")
        (folder / plugin / "sample.csv").write_text("a,b\n")
    (folder / "writers").mkdir()
    (folder / "levy").mkdir()
    (folder / "levy" / "fund.yaml").write_text("id: levy\n")
    (folder / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    yield name
    for module in [module for module in sys.modules if module.startswith(name)]:
        del sys.modules[module]


def test_ids_are_ordered_and_folders_without_the_module_are_no_plugins(package: str) -> None:
    assert Registry(package, "importer").ids() == ("alpha", "beta")


def test_asking_for_ids_imports_no_plugin(package: str) -> None:
    Registry(package, "importer").ids()
    assert not any(name.startswith(f"{package}.") for name in sys.modules)


def test_a_plugin_is_imported_when_it_is_asked_for_and_alone(package: str) -> None:
    assert Registry(package, "importer").module("beta").TITLE == "beta"
    assert f"{package}.alpha" not in sys.modules


def test_going_through_a_registry_gives_every_module_in_order(package: str) -> None:
    assert [(name, module.TITLE) for name, module in Registry(package, "importer")] == [
        ("alpha", "alpha"),
        ("beta", "beta"),
    ]


def test_a_plugin_may_be_data_alone(package: str) -> None:
    funds = Registry(package, "fund.yaml")
    assert funds.ids() == ("levy",)
    assert (funds.folder("levy") / "fund.yaml").read_text() == "id: levy\n"


def test_a_frozen_registry_does_not_see_a_folder_that_appears_later(package: str, tmp_path: Path) -> None:
    importers = Registry(package, "importer").freeze()
    (tmp_path / package / "gamma").mkdir()
    (tmp_path / package / "gamma" / "importer.py").write_text("")
    assert importers.ids() == ("alpha", "beta")
    assert "gamma" in Registry(package, "importer").ids()
    with pytest.raises(KeyError, match="no plug-in named 'gamma'"):
        importers.module("gamma")


def test_an_unknown_id_is_named_in_the_error(package: str) -> None:
    with pytest.raises(KeyError, match="no plug-in named 'nothing'"):
        Registry(package, "importer").folder("nothing")


def test_another_distribution_adds_the_same_folder_through_an_entry_point(
    package: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    theirs = tmp_path / f"{package}_theirs"
    theirs.mkdir()
    (theirs / "__init__.py").write_text("")
    (theirs / "importer.py").write_text("TITLE = 'theirs'\n")
    (theirs / "sample.csv").write_text("c\n")
    entry = EntryPoint("aardvark", f"{package}_theirs.importer", package)
    monkeypatch.setattr(registry, "entry_points", lambda group: [entry] if group == package else [])
    importers = Registry(package, "importer").freeze()
    assert importers.ids() == ("aardvark", "alpha", "beta")
    assert importers.module("aardvark").TITLE == "theirs"
    assert (importers.folder("aardvark") / "sample.csv").read_text() == "c\n"


def test_an_id_defined_twice_is_refused(package: str, monkeypatch: pytest.MonkeyPatch) -> None:
    entry = EntryPoint("alpha", "elsewhere.importer", package)
    monkeypatch.setattr(registry, "entry_points", lambda group: [entry])
    with pytest.raises(ValueError, match="alpha is defined twice"):
        Registry(package, "importer").ids()
