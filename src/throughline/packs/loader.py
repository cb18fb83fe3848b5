"""Loads every pack into one Rulebook, with the digest of each pack's content as its version.

Parameters of the federal layer always, those of a state when one is named. Large tables (support ends, models, evidence)
are parsed when first looked into; their digest is taken at once, so the version never lies about what was used.
"""

from collections.abc import Iterator
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable

from throughline.engine.rulebook.book import Rulebook
from throughline.engine.rulebook.parameter import Parameter
from throughline.packs import schema
from throughline.packs.crosscheck import require_whole
from throughline.packs.funds_reader import read_funds
from throughline.packs.lazy import LazyRows, LazyTable
from throughline.packs.os_tables import releases
from throughline.packs.problem import PackError
from throughline.packs.support_tables import SupportEnds, SupportTables

CODES = {"function": "nces_functions", "object": "nces_objects", "fund": "nces_funds"}


def load_rulebook(state: str = "", root: Traversable | None = None) -> Rulebook:
    """The packs as one value. `state` is a postal code; a state without a pack adds nothing. Raises PackError.

    The shipped packs (no `root`) are read once in a process: they do not change while it runs, and a rulebook is a value.
    """
    return _read(state, root) if root else _shipped(state.lower())


@cache
def _shipped(state: str) -> Rulebook:
    return _read(state, None)


def _read(state: str, root: Traversable | None) -> Rulebook:
    base = root or files("throughline.packs")
    versions: dict[str, str] = {}
    rules, fund_rows = read_funds(base / "funds" if root else None, versions)
    rows = [*_parameters(base, state.lower(), versions), *fund_rows]
    classes = schema.asset_classes(*_only(base, "asset_classes", versions))
    support = _catalog(base, "support_ends", versions)
    tables = SupportTables(support["models.csv"], support["support_ends.csv"], support["lists.csv"])
    systems = _catalog(base, "operating_systems", versions)
    evidence = _catalog(base, "evidence", versions)["evidence.csv"]
    _catalog(base, "device_words", versions)  # read by `classify`, whose answers depend on it
    book = Rulebook(
        parameters=schema.by_path([*rows, *schema.lives(classes.values())]),
        asset_classes=classes,
        categories=schema.categories(*_only(base, "tco_categories", versions)),
        codes={
            key: row
            for dimension, name in CODES.items()
            for key, row in schema.codes(*_only(base, name, versions), dimension).items()
        },
        bundles=schema.bundles(*_only(base, "price_bundles", versions)),
        models=LazyTable(tables.models),
        support_ends=SupportEnds(tables),
        os_releases=LazyTable(partial(releases, systems["releases.csv"])),
        erate_rates=schema.erate_rates(*_only(base, "erate_matrix", versions)),
        student_groups=schema.student_groups(*_only(base, "student_groups", versions)),
        fund_rules=rules,
        versions=dict(sorted(versions.items())),
        evidence=LazyRows(partial(schema.evidence, evidence, "evidence/evidence.csv")),
    )
    require_whole(book)
    return book


def digest(contents: dict[str, bytes]) -> str:
    """SHA-256 over names and contents, in the order of names."""
    total = sha256()
    for name in sorted(contents):
        total.update(f"{name}\0{len(contents[name])}\0".encode())
        total.update(contents[name])
    return total.hexdigest()


def _parameters(base: Traversable, state: str, versions: dict[str, str]) -> Iterator[Parameter]:
    folder = base / "parameters"
    packs = {"parameters": _csv_files(folder)}
    if state.isalpha() and (extra := folder / "states" / f"{state}.csv").is_file():
        packs[f"parameters/{state}"] = {f"states/{state}.csv": extra.read_bytes()}
    for pack, contents in packs.items():
        versions[pack] = digest(contents)
        layer = "federal" if pack == "parameters" else "state"
        for name, data in sorted(contents.items()):
            rows = schema.parameters(data, f"parameters/{name}")
            if strays := [row.path for row in rows if row.layer != layer]:
                raise PackError(f"parameters/{name}", 0, f"{strays[0]} is not of the {layer} layer")
            yield from rows


def _catalog(base: Traversable, name: str, versions: dict[str, str]) -> dict[str, bytes]:
    folder = base / "catalogs" / name
    contents = _csv_files(folder)
    versions[f"catalogs/{name}"] = digest(contents)
    return contents


def _csv_files(folder: Traversable) -> dict[str, bytes]:
    return {entry.name: entry.read_bytes() for entry in folder.iterdir() if entry.name.endswith(".csv")}


def _only(base: Traversable, name: str, versions: dict[str, str]) -> tuple[bytes, str]:
    return _catalog(base, name, versions)[f"{name}.csv"], f"catalogs/{name}/{name}.csv"
