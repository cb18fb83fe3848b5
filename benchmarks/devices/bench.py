"""Device list: what a page, its exact count and its facets take in process, at a million devices and fewer."""

import os
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.devices import plain
from benchmarks.devices.requests import ORDERS, PAGE, Request, offset, requests
from benchmarks.fleet import generate
from benchmarks.harness import Child, child, machine, row, seconds
from throughline.fleet.index.devices import DeviceIndex
from throughline.fleet.index.filters import Filters, Reading

TITLE = "Device list"
ROWS = int(os.environ.get("THROUGHLINE_BENCH_ROWS", "1000000"))
SMALLER = (150_000, 15_000)
# In processes of their own: a process passes its peak memory on to its children.
_SNAPSHOT = """
import sys
from pathlib import Path
from benchmarks.fleet import generate
from throughline.fleet.resolve import Resolutions
from throughline.fleet.snapshot import build_snapshot
staged, target, rows = sys.argv[1:]
build_snapshot(
    Path(staged), None, Path(target), resolutions=Resolutions(generate.places(int(rows)), generate.models()),
    importer="google_chromeos", file_digest="bench", taken_on=generate.AS_OF, scratch=Path(target).parent)
"""
_BUILD = """
import sys
from pathlib import Path
from throughline.fleet.index.build import build_index
build_index(Path(sys.argv[1]), Path(sys.argv[2]))
"""
_READ = """
import sys
from pathlib import Path
from benchmarks.devices.bench import measured
from benchmarks.devices.requests import requests
from benchmarks.fleet import generate
from throughline.fleet.index.devices import DeviceIndex
from throughline.fleet.index.filters import Reading
index = DeviceIndex.open(Path(sys.argv[1]), Reading(generate.AS_OF, generate.support()))
measured(index, list(requests(index)))
"""


@dataclass(frozen=True)
class Times:
    """Milliseconds of every request by what was asked."""

    page: list[float]
    count: list[float]
    facets: list[float]

    @property
    def list_and_count(self) -> list[float]:
        return [a + b for a, b in zip(self.page, self.count, strict=True)]

    @property
    def everything(self) -> list[float]:
        return [a + b for a, b in zip(self.list_and_count, self.facets, strict=True)]


def run() -> str:
    """The section: speed by request, against plain SQL, and by size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = ["`python -m benchmarks devices --write`", ""]
        path, built = inventory(folder, ROWS)
        index = DeviceIndex.open(path, Reading(generate.AS_OF, generate.support()))
        first = [seconds(partial(index.page, Filters(), order)) * 1000 for order in ORDERS]
        wanted = list(requests(index))
        times = measured(index, wanted)
        reader = child(_READ, str(path))
        texts = [i for i, request in enumerate(wanted) if request.filters.text]
        lines += [
            (
                f"{ROWS:,} devices, {len(index.cells):,} cells. Index: {path.stat().st_size / 1e6:.0f} MB, built in "
                f"{built.wall:.1f} s ({built.cpu:.1f} processor seconds, {built.peak_mb:.0f} MB at its peak). "
                f"{len(wanted)} requests: {len(wanted) // 5} filters (none, each field, pairs, triples, gaps, texts) in "
                f"{len(ORDERS)} orders, at the start, 10 %, 50 %, 90 % and the end of the list. In process, one at a time. "
                f"An order that is wanted for the first time takes {median(first):.0f} ms (at most {max(first):.0f}). "
                f"A process that answers them all takes {reader.peak_mb:.0f} MB at its peak."
            ),
            "",
            row("", "p50 ms", "p95 ms", "largest ms", "wanted"),
            row("---", "--:", "--:", "--:", "--:"),
            spread("page of 50 at any depth", times.page),
            spread("exact count", times.count),
            spread("nine facets", times.facets),
            spread("**page and count**", times.list_and_count, "p95 <= 40 ms"),
            spread("**page, count and facets**", times.everything, "p95 <= 40 ms"),
            spread("page, count and facets of text searches", [times.everything[i] for i in texts]),
            "",
            *against_plain(index, wanted, folder),
            "",
            *by_size(folder, times),
            "",
            machine(),
        ]
        index.close()
    return "\n".join(lines)


def inventory(folder: Path, rows: int) -> tuple[Path, Child]:
    """The index of a generated inventory, and what building it took."""
    staged, snapshot, target = (folder / f"{rows}{end}" for end in (".staged", ".parquet", ".v1.sqlite"))
    generate.staged(rows, staged)
    child(_SNAPSHOT, str(staged), str(snapshot), str(rows))
    return target, child(_BUILD, str(snapshot), str(target))


def measured(index: DeviceIndex, wanted: Sequence[Request]) -> Times:
    """Each request as a page asks it: the count (which a text search pays for), the page, the facets."""
    times = Times([], [], [])
    for request in wanted:
        forget(index)
        times.count.append(seconds(partial(index.count, request.filters)) * 1000)
        start = offset(request.depth, index.count(request.filters).rows)
        times.page.append(seconds(partial(index.page, request.filters, request.order, PAGE, start)) * 1000)
        times.facets.append(seconds(partial(index.facets, request.filters)) * 1000)
    return times


def forget(index: DeviceIndex) -> None:
    """The answer to a text is kept for one request only, or the next place in the same list would find it ready."""
    index._answers.clear()


def own(index: DeviceIndex, request: Request, start: int) -> tuple[int, list[str]]:
    """Count and keys of a page from the index."""
    rows = index.count(request.filters).rows
    return rows, [device.key for device in index.page(request.filters, request.order, PAGE, start).devices]


def against_plain(index: DeviceIndex, wanted: Sequence[Request], folder: Path) -> list[str]:
    """The same requests on an ordinary table, alternately; every page and count must agree."""
    connection = plain.build(index, folder / "plain.sqlite")
    ours: list[float] = []
    theirs: list[float] = []
    for request in wanted:
        start = offset(request.depth, index.count(request.filters).rows)
        forget(index)
        answers: list[tuple[int, list[str]]] = []
        ours.append(seconds(lambda: answers.append(own(index, request, start))) * 1000)  # noqa: B023  called at once
        theirs.append(seconds(lambda: answers.append(plain.answer(connection, request, start))) * 1000)  # noqa: B023
        if answers[0] != answers[1]:
            raise RuntimeError(f"answers differ for {request}")
    size = (folder / "plain.sqlite").stat().st_size / 1e6
    connection.close()
    ratios = sorted(b / a for a, b in zip(ours, theirs, strict=True))
    return [
        (
            f"Beside an ordinary SQLite table of the same devices with an index per column ({size:.0f} MB; count(*), limit, offset), "
            "alternated; all pages and counts agree:"
        ),
        "",
        row("page and count", "p50 ms", "p95 ms", "largest ms"),
        row("---", "--:", "--:", "--:"),
        spread("device index", ours, None),
        spread("ordinary table", theirs, None),
        "",
        (
            f"Ordinary table / index: {percentile(theirs, 50) / percentile(ours, 50):.1f} at the median, "
            f"{percentile(theirs, 95) / percentile(ours, 95):.1f} at p95; request by request from {ratios[0]:.2f} to {ratios[-1]:.0f}."
        ),
    ]


def by_size(folder: Path, largest: Times) -> list[str]:
    """The same requests on smaller inventories."""
    found = {ROWS: largest}
    for rows in SMALLER:
        path, _ = inventory(folder, rows)
        index = DeviceIndex.open(path, Reading(generate.AS_OF, generate.support()))
        for order in ORDERS:
            index.page(Filters(), order)
        found[rows] = measured(index, list(requests(index)))
        index.close()
    least = percentile(found[SMALLER[-1]].everything, 50)
    lines = [
        row("page, count and facets", "p50 ms", "p95 ms", f"p50 x {SMALLER[-1]:,}"),
        row("---", "--:", "--:", "--:"),
    ]
    for rows in sorted(found):
        all_of = found[rows].everything
        p50, p95 = percentile(all_of, 50), percentile(all_of, 95)
        lines.append(row(f"{rows:,} devices", f"{p50:.1f}", f"{p95:.1f}", f"{p50 / least:.2f}"))
    return lines


def spread(name: str, values: list[float], aim: str | None = "") -> str:
    """A line of the table."""
    cells = [name, *(f"{percentile(values, p):.1f}" for p in (50, 95)), f"{max(values):.1f}"]
    return row(*cells) if aim is None else row(*cells, aim)


def percentile(values: Sequence[float], share: int) -> float:
    """The value that `share` percent do not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, -(-len(ordered) * share // 100) - 1)]
