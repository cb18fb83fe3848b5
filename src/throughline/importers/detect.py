"""Which importer a file belongs to: each one scores every visible sheet, the best wins, a tie is asked about."""

from dataclasses import dataclass

from throughline.importers.base import Head, Importer
from throughline.importers.reading.book import Book
from throughline.importers.reading.documents import grid_of
from throughline.importers.reading.lines import Grid, head
from throughline.registry import discover

LEAST = 20


@dataclass(frozen=True, slots=True)
class Match:
    """An importer that claims a sheet."""

    score: int
    importer: Importer
    grid: Grid


def importers() -> dict[str, Importer]:
    """Every importer by id."""
    return {name: module.IMPORTER for name, module in discover("throughline.importers", "importer")}


def matches(book: Book, among: dict[str, Importer]) -> list[Match]:
    """Claims on the sheets of a file, best first; equal scores keep sheet order, then importer id."""
    found: list[Match] = []
    for grid in book.visible:
        seen = _head(grid)
        claims = (Match(importer.identify(book.upload.name, seen), importer, grid) for importer in among.values())
        found.extend(claim for claim in claims if claim.score >= LEAST)
    for importer in among.values():
        table = importer.tabulate(book.documents) if importer.tabulate and book.documents else None
        if table is not None:
            grid = grid_of(book.upload, table)
            found.append(Match(importer.identify(book.upload.name, _head(grid)), importer, grid))
    return sorted(found, key=lambda match: -match.score)


def _head(grid: Grid) -> Head:
    return Head(grid.sheet, tuple(line.cells for line in head(grid) if line.cells))
