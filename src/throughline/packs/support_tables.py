"""Builds the catalog of models and the vendor support ends that published lists state for them.

`lists.csv` names each list, its day and its source; `support_ends.csv` holds what a list prints for a model. An empty end
is one of three things the lists tell apart: unknown, none announced (still supported on the list's day), or ended.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from throughline.engine.rulebook.catalog import Model, SupportEnd
from throughline.packs.schema import CITED, DEVICE_KINDS, cited
from throughline.packs.strict_csv import Row, read_csv

MODEL = tuple("id name maker device_kind asset_class series".split())
END = tuple("model printed end state list".split())
LIST = ("list", "as_of", "note", *CITED)
KINDS = DEVICE_KINDS | {"os", "database", "hypervisor"}
FOLDER = "catalogs/support_ends"
STATES = frozenset({"dated", "none-announced", "ended", "unknown"})


@dataclass(frozen=True)
class PublishedList:
    """A published list of support ends as it stood on a day."""

    name: str
    as_of: date
    row: Row


class SupportTables:
    """Models and support ends over the same file, each parsed when first asked for and only once."""

    def __init__(self, models: bytes, ends: bytes, lists: bytes) -> None:
        self._models = models
        self._ends = ends
        self._lists = lists

    @cached_property
    def printed(self) -> Mapping[str, Sequence[Row]]:
        """What the lists print, by model."""
        found: dict[str, list[Row]] = {}
        for row in read_csv(self._ends, f"{FOLDER}/support_ends.csv", END, ("model", "printed", "end", "list")):
            found.setdefault(row.cells["model"], []).append(row)
        return found

    @cached_property
    def lists(self) -> Mapping[str, PublishedList]:
        """The published lists by name."""
        rows = read_csv(self._lists, f"{FOLDER}/lists.csv", LIST, ("list",))
        return {row.text("list"): PublishedList(row.text("list"), row.day("as_of"), row) for row in rows}

    def models(self) -> dict[str, Model]:
        """Models by id, each with every name the lists print for it."""
        return {
            row.text("id"): self._model(row) for row in read_csv(self._models, f"{FOLDER}/models.csv", MODEL, ("id",))
        }

    def _model(self, row: Row) -> Model:
        name = row.text("name")
        others = dict.fromkeys(line.cells["printed"] for line in self.printed.get(row.cells["id"], ()))
        return Model(
            id=row.text("id"),
            name=name,
            maker=row.text("maker"),
            device_kind=row.one_of("device_kind", KINDS),
            asset_class=row.maybe("asset_class"),
            names=tuple(other for other in others if other != name),
            series=row.flag("series"),
        )

    def ends_of(self, model: str) -> tuple[SupportEnd, ...]:
        """What the lists state for a model; raises KeyError when none names it."""
        return tuple(_end(row, self.lists[row.one_of("list", frozenset(self.lists))]) for row in self.printed[model])


class SupportEnds(Mapping[str, tuple[SupportEnd, ...]]):
    """Support ends by model; a model's are built when it is looked up, since a plan asks for few of many."""

    def __init__(self, tables: SupportTables) -> None:
        self._tables = tables
        self._built: dict[str, tuple[SupportEnd, ...]] = {}

    def __getitem__(self, model: str) -> tuple[SupportEnd, ...]:
        if model not in self._built:
            self._built[model] = self._tables.ends_of(model)
        return self._built[model]

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables.printed)

    def __len__(self) -> int:
        return len(self._tables.printed)


def _end(row: Row, source: PublishedList) -> SupportEnd:
    state = row.one_of("state", STATES)
    end = row.maybe_day("end")
    if (end is not None) != (state == "dated"):
        raise row.error("end", f"a day is stated when the state is dated, here it is {state}")
    return SupportEnd(
        model=row.cells["model"],
        end=end,
        known_none=state == "none-announced",
        as_of=source.as_of,
        origin=source.name,
        ref=cited(source.row, f"support-end/{row.cells['model']}", source.as_of.isoformat()),
        ended=state == "ended",
    )
