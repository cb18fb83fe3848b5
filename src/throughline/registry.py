"""Finds plug-ins: one folder per importer, report or fund, ours or a third party's.

A plug-in of the package `throughline.importers` with the module name `importer` is any folder `<id>/` in it that holds
`importer.py` (or `<id>/fund.yaml` when the marker names a file). Other distributions add theirs through the entry point
group `throughline.importers`, whose entries name the plug-in's module (or, for plug-ins of data alone, its package).
Ids are known without importing anything; a module is imported when it is first asked for. After `freeze()` the set of
plug-ins cannot change, so every part of one run sees the same list.
"""

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import ModuleType


class Registry:
    """The plug-ins of one kind, ordered by id."""

    def __init__(self, package: str, marker: str) -> None:
        self.package = package
        self.marker = marker
        self._file = marker if "." in marker else f"{marker}.py"
        self._entries: dict[str, EntryPoint] = {}
        self._ids: tuple[str, ...] | None = None

    def ids(self) -> tuple[str, ...]:
        """Every id, without importing a plug-in."""
        return self._ids if self._ids is not None else self._found()

    def freeze(self) -> "Registry":
        """Fix the set of plug-ins; later additions are refused by being unknown."""
        self._ids = self.ids()
        return self

    def module(self, plugin_id: str) -> ModuleType:
        """The plug-in's module, imported now if it was not before."""
        self._require(plugin_id)
        if plugin_id in self._entries:
            return import_module(self._entries[plugin_id].module)
        name = f"{self.package}.{plugin_id}"
        return import_module(name if "." in self.marker else f"{name}.{self.marker}")

    def folder(self, plugin_id: str) -> Traversable:
        """Where the plug-in's data stand: samples, words, YAML."""
        self._require(plugin_id)
        if plugin_id not in self._entries:
            return files(self.package) / plugin_id
        name = self._entries[plugin_id].module
        return files(name if "." in self.marker else name.rpartition(".")[0])

    def __iter__(self) -> Iterator[tuple[str, ModuleType]]:
        return ((plugin_id, self.module(plugin_id)) for plugin_id in self.ids())

    def _require(self, plugin_id: str) -> None:
        if plugin_id not in self.ids():
            raise KeyError(f"{self.package} has no plug-in named {plugin_id!r}")

    def _found(self) -> tuple[str, ...]:
        ours = {entry.name for entry in files(self.package).iterdir() if (entry / self._file).is_file()}
        theirs = {entry.name: entry for entry in entry_points(group=self.package)}
        if clash := sorted(ours & theirs.keys()):
            raise ValueError(f"{self.package}: {', '.join(clash)} is defined twice, here and by another distribution")
        self._entries = theirs
        return tuple(sorted(ours | theirs.keys()))


@cache
def discover(package: str, marker: str) -> Registry:
    """The frozen registry of one kind of plug-in, for example `discover("throughline.importers", "importer")`."""
    return Registry(package, marker).freeze()
