"""The tables of the catalog `operating_systems`: words of inventories for a product, editions, and marks of its releases."""

from dataclasses import dataclass
from importlib.resources import files

from throughline.engine.rulebook.catalog import OsRelease
from throughline.packs.schema import CITED, cited
from throughline.packs.strict_csv import Row, read_csv

FOLDER = "catalogs/operating_systems"
NAME = ("phrase", "product", "label", *CITED)
EDITION = ("phrase", "edition", *CITED)
RELEASE = (*"release product label marks editions extended_end with_model".split(), *CITED)
NOT_STATED = "none"  # among the editions of a release: also where a list states none
EDITIONS = frozenset({"e", "w", "e-lts", "iot", "iot-lts"})


@dataclass(frozen=True, slots=True)
class Marked:
    """A release, each list of words that tell it, and the editions it is for (none = all)."""

    release: str
    product: str
    marks: tuple[str, ...]
    editions: frozenset[str]


@dataclass(frozen=True)
class OsTables:
    """`names`: phrase -> product, `editions`: phrase -> edition, both first found first; `releases` by product."""

    names: tuple[tuple[str, str], ...]
    editions: tuple[tuple[str, str], ...]
    releases: dict[str, tuple[Marked, ...]]


def load_os_tables() -> OsTables:
    """The shipped tables. Raises PackError."""
    folder = files("throughline.packs") / "catalogs" / "operating_systems"
    found: dict[str, list[Marked]] = {}
    for row in _release_rows((folder / "releases.csv").read_bytes()):
        marked = _marked(row)
        found.setdefault(marked.product, []).append(marked)
    names = read_csv((folder / "names.csv").read_bytes(), f"{FOLDER}/names.csv", NAME, ("phrase",))
    editions = read_csv((folder / "editions.csv").read_bytes(), f"{FOLDER}/editions.csv", EDITION, ("phrase",))
    return OsTables(
        tuple((row.text("phrase"), row.text("product")) for row in names),
        tuple((row.text("phrase"), row.one_of("edition", EDITIONS)) for row in editions),
        {product: tuple(rows) for product, rows in found.items()},
    )


def releases(data: bytes) -> dict[str, OsRelease]:
    """Releases by id."""
    return {
        row.text("release"): OsRelease(
            row.text("release"),
            row.text("product"),
            row.text("label"),
            row.maybe_day("extended_end"),
            cited(row, f"operating-systems/{row.text('release')}"),
            row.flag("with_model"),
        )
        for row in _release_rows(data)
    }


def _release_rows(data: bytes) -> list[Row]:
    return read_csv(data, f"{FOLDER}/releases.csv", RELEASE, ("release",))


def _marked(row: Row) -> Marked:
    editions = frozenset(row.maybe("editions").split())
    if strays := sorted(editions - EDITIONS - {NOT_STATED}):
        raise row.error("editions", f"{strays[0]!r} is no edition")
    marks = tuple(mark.strip() for mark in row.text("marks").split(";"))
    return Marked(row.text("release"), row.text("product"), marks, editions)
