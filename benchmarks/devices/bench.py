"""Device list: what a page, its exact count and its facets take in process, at a million devices and fewer."""

import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from benchmarks.devices import plain
from benchmarks.devices.requests import ORDERS, PAGE, Request, offset, requests
from benchmarks.fleet import generate
from benchmarks.harness import Child, both_seconds, child, machine, row
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
generate.staged(int(rows), Path(staged))
build_snapshot(
    Path(staged), None, Path(target), resolutions=Resolutions(generate.places(int(rows)), generate.models()),
    importer="google_chromeos", file_digest="bench", taken_on=generate.AS_OF, unseen_days=180, scratch=Path(target).parent)
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


Spent = tuple[float, float]  # milliseconds: wall, and processor


@dataclass(frozen=True)
class Times:
    """What every request took, by what was asked."""

    page: list[Spent]
    count: list[Spent]
    facets: list[Spent]

    @property
    def list_and_count(self) -> list[Spent]:
        return [(a + c, b + d) for (a, b), (c, d) in zip(self.page, self.count, strict=True)]

    @property
    def everything(self) -> list[Spent]:
        return [(a + c, b + d) for (a, b), (c, d) in zip(self.list_and_count, self.facets, strict=True)]


def run() -> str:
    """The section: speed by request, against plain SQL, and by size."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = ["`python -m benchmarks devices --write`", ""]
        path, built = inventory(folder, ROWS)
        index = DeviceIndex.open(path, Reading(generate.AS_OF, generate.support()))
        first = [spent(partial(index.page, Filters(), order))[1] for order in ORDERS]
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
                f"An order that is wanted for the first time takes {median(first):.0f} ms of processor time (at most {max(first):.0f}). "
                f"A process that answers them all takes {reader.peak_mb:.0f} MB at its peak."
            ),
            "",
            *heading(""),
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
            (
                "Wall time includes waiting for a processor: at a load average above the number of processors it says little of the "
                "index; the aim is compared with processor time then."
            ),
            "",
            machine(),
        ]
        index.close()
    return "\n".join(lines)


def inventory(folder: Path, rows: int) -> tuple[Path, Child]:
    """The index of a generated inventory, and what building it took."""
    staged, snapshot, target = (folder / f"{rows}{end}" for end in (".staged", ".parquet", ".v1.sqlite"))
    child(_SNAPSHOT, str(staged), str(snapshot), str(rows))
    return target, child(_BUILD, str(snapshot), str(target))


def measured(index: DeviceIndex, wanted: Sequence[Request]) -> Times:
    """Each request as a page asks it: the count (which a text search pays for), the page, the facets."""
    times = Times([], [], [])
    for request in wanted:
        forget(index)
        times.count.append(spent(partial(index.count, request.filters)))
        start = offset(request.depth, index.count(request.filters).rows)
        times.page.append(spent(partial(index.page, request.filters, request.order, PAGE, start)))
        times.facets.append(spent(partial(index.facets, request.filters)))
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
    ours: list[Spent] = []
    theirs: list[Spent] = []
    for request in wanted:
        start = offset(request.depth, index.count(request.filters).rows)
        forget(index)
        answers: list[tuple[int, list[str]]] = []
        ours.append(spent(lambda: answers.append(own(index, request, start))))  # noqa: B023  called at once
        theirs.append(spent(lambda: answers.append(plain.answer(connection, request, start))))  # noqa: B023
        if answers[0] != answers[1]:
            raise RuntimeError(f"answers differ for {request}")
    size = (folder / "plain.sqlite").stat().st_size / 1e6
    connection.close()
    ratios = sorted(b[1] / a[1] for a, b in zip(ours, theirs, strict=True))
    return [
        (
            f"Beside an ordinary SQLite table of the same devices with an index per column ({size:.0f} MB; count(*), limit, "
            "offset), "
            "alternated; all pages and counts agree:"
        ),
        "",
        *heading("page and count", aim=False),
        spread("device index", ours, None),
        spread("ordinary table", theirs, None),
        "",
        (
            f"Ordinary table / index in processor time: {percentile(theirs, 50)[1] / percentile(ours, 50)[1]:.1f} at the median, "
            f"{percentile(theirs, 95)[1] / percentile(ours, 95)[1]:.1f} at p95; "
            f"request by request from {ratios[0]:.2f} to {ratios[-1]:.0f}."
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
    least = percentile(found[SMALLER[-1]].everything, 50)[1]
    lines = [*heading("page, count and facets", f"p50 x {SMALLER[-1]:,}")]
    for rows in sorted(found):
        ratio = percentile(found[rows].everything, 50)[1] / least
        lines.append(spread(f"{rows:,} devices", found[rows].everything, f"{ratio:.2f}"))
    return lines


def spent(work: Callable[[], object]) -> Spent:
    """Wall and processor milliseconds of one call."""
    wall, processor = both_seconds(work)
    return wall * 1000, processor * 1000


def heading(first: str, last: str = "wanted", aim: bool = True) -> tuple[str, str]:
    """Head of a table: what others do on the machine lengthens the wall time, hardly the processor time."""
    names = [first, "processor ms, p50", "p95", "largest", "wall ms, p50", "p95", *([last] if aim else [])]
    return row(*names), row("---", *["--:"] * (len(names) - 1))


def spread(name: str, values: Sequence[Spent], aim: str | None = "") -> str:
    """A line of the table."""
    processor, wall = ([percentile(values, p)[i] for p in (50, 95, 100)] for i in (1, 0))
    cells = [name, *(f"{value:.1f}" for value in (*processor, *wall[:2]))]
    return row(*cells) if aim is None else row(*cells, aim)


def percentile(values: Sequence[Spent], share: int) -> Spent:
    """The wall time, and the processor time, that `share` percent do not exceed."""

    def at(position: int) -> float:
        ordered = sorted(value[position] for value in values)
        return ordered[min(len(ordered) - 1, -(-len(ordered) * share // 100) - 1)]

    return at(0), at(1)
