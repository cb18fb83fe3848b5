"""Builds the catalog of models and the vendor support ends that published lists state for them.

`lists.csv` names each list, its day and its source; `support_ends.csv` holds what a list prints for a model. An empty end
is one of three things the lists tell apart: unknown, none announced (still supported on the list's day), or ended.
"""

from dataclasses import dataclass
from datetime import date

from throughline.engine.refs import PackRef
from throughline.engine.rulebook.catalog import Model, SupportEnd
from throughline.packs.schema import CITED, DEVICE_KINDS, cited
from throughline.packs.strict_csv import Row, read_csv

MODEL = tuple("id name maker device_kind asset_class series".split())
END = tuple("model printed end state list".split())
LIST = ("list", "as_of", "note", *CITED)
KINDS = DEVICE_KINDS | {"os", "database", "hypervisor"}
STATES = frozenset({"dated", "none-announced", "ended", "unknown"})


@dataclass(frozen=True)
class PublishedList:
    """A published list of support ends as it stood on a day."""

    name: str
    as_of: date
    row: Row


def models(data: bytes, ends: bytes) -> dict[str, Model]:
    """Models by id, each with every name the lists print for it."""
    printed: dict[str, dict[str, None]] = {}
    for row in _ends(ends):
        printed.setdefault(row.cells["model"], {})[row.cells["printed"]] = None
    found: dict[str, Model] = {}
    for row in read_csv(data, "catalogs/support_ends/models.csv", MODEL, ("id",)):
        name = row.text("name")
        others = printed.get(row.cells["id"], {})
        found[row.text("id")] = Model(
            id=row.text("id"),
            name=name,
            maker=row.text("maker"),
            device_kind=row.one_of("device_kind", KINDS),
            asset_class=row.maybe("asset_class"),
            names=tuple(other for other in others if other != name),
            series=row.flag("series"),
        )
    return found


def support_ends(data: bytes, lists: bytes) -> dict[str, tuple[SupportEnd, ...]]:
    """What the lists state, by model."""
    known = {name: PublishedList(name, row.day("as_of"), row) for row in _lists(lists) if (name := row.text("list"))}
    refs: dict[tuple[str, str], PackRef] = {}
    found: dict[str, list[SupportEnd]] = {}
    for row in _ends(data):
        origin = row.one_of("list", frozenset(known))
        model = row.text("model")
        refs[model, origin] = refs.get((model, origin)) or _ref(known[origin], model)
        found.setdefault(model, []).append(_end(row, known[origin], refs[model, origin]))
    return {model: tuple(rows) for model, rows in found.items()}


def _end(row: Row, source: PublishedList, ref: PackRef) -> SupportEnd:
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
        ref=ref,
        ended=state == "ended",
    )


def _ref(source: PublishedList, model: str) -> PackRef:
    return cited(source.row, f"support-end/{model}", source.as_of.isoformat())


def _ends(data: bytes) -> list[Row]:
    return read_csv(data, "catalogs/support_ends/support_ends.csv", END, ("model", "printed", "end", "list"))


def _lists(data: bytes) -> list[Row]:
    return read_csv(data, "catalogs/support_ends/lists.csv", LIST, ("list",))
