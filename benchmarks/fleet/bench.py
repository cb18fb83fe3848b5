"""Fleet: what counting and costing a million devices takes, in multiples of merely reading the columns they need."""

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.fleet import generate, peers, stages
from benchmarks.fleet.plan import clock_plan, run_input, whole_plan
from benchmarks.harness import alternate, child, machine, row, seconds
from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.engine.lifecycle.product import class_total
from throughline.engine.lifecycle.unit_table import build_table
from throughline.engine.plan.inventory import STAGED
from throughline.engine.run import RunInput
from throughline.engine.run import run as run_engine
from throughline.fleet.counts import count_keyed, count_rows
from throughline.fleet.resolve import Resolutions
from throughline.fleet.snapshot import build_snapshot
from throughline.fleet.store import load_cohorts, save_cohorts

if TYPE_CHECKING:
    import duckdb

TITLE = "Fleet"
ROWS = int(os.environ.get("THROUGHLINE_BENCH_ROWS", "1000000"))
START_MONTH = 7
NEEDED = (
    "asset_class", "site", "role", "program", "award", "model", "purchase_date", "condition", "support_end", "status",
    "quantity",
)  # fmt: skip

_BUILD = """
import sys
from pathlib import Path
from benchmarks.fleet import generate
from throughline.fleet.resolve import Resolutions
from throughline.fleet.snapshot import build_snapshot
staged, previous, target, importer, rows = sys.argv[1:]
build_snapshot(
    Path(staged), Path(previous) if previous else None, Path(target),
    resolutions=Resolutions(generate.places(int(rows)), generate.models()), importer=importer, file_digest="bench",
    taken_on=generate.AS_OF, unseen_days=180, scratch=Path(target).parent)
"""


@dataclass(frozen=True)
class Inventory:
    """Files of the generated fleet, and a connection that is open before anything is measured."""

    folder: Path
    staged: Path
    snapshot: Path
    cohorts: Cohorts
    block: bytes
    connection: "duckdb.DuckDBPyConnection"


def run() -> str:
    """The section: counting and costing, peers, imports."""
    import duckdb

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        staged = folder / "staged.parquet"
        generate.staged(ROWS, staged)
        resolutions = Resolutions(generate.places(ROWS), generate.models())
        built = build_snapshot(
            staged, None, folder / "snapshot.parquet", resolutions=resolutions, importer="google_chromeos",
            file_digest="bench", taken_on=generate.AS_OF, unseen_days=180, scratch=folder,
        )  # fmt: skip
        connection = duckdb.connect()
        connection.execute("set enable_progress_bar = false")
        inventory = Inventory(
            folder, staged, folder / "snapshot.parquet", built.cohorts, save_cohorts(built.cohorts), connection
        )
        text = "\n".join([*_head(inventory), "", *_speed(inventory), "", *_peers(inventory), "", *_imports(inventory)])
        connection.close()
    return text + "\n\n" + machine()


def bare_scan(inventory: Inventory, each: str = "bit_xor(hash({c}))") -> object:
    """Read every value of the needed columns and do next to nothing with it."""
    columns = ", ".join(each.replace("{c}", name) for name in NEEDED)
    return inventory.connection.execute(f"select {columns} from read_parquet('{inventory.snapshot}')").fetchall()


def counted(inventory: Inventory) -> Cohorts:
    """Counts from the rows of the Parquet file."""
    return count_keyed(inventory.snapshot, built_digest(inventory), START_MONTH, inventory.connection)


def built_digest(inventory: Inventory) -> str:
    """Digest of the snapshot."""
    return inventory.cohorts.snapshot


def _head(inventory: Inventory) -> Iterator[str]:
    n = inventory.cohorts
    size = inventory.snapshot.stat().st_size / 1e6
    yield "`python -m benchmarks fleet --write`"
    yield ""
    yield (
        f"{ROWS:,} devices drawn with the texture of a large district: {len(n.sites):,} sites, {len(n.models):,} models, "
        f"{len(n.classes)} asset classes; {len(n.count):,} cohorts in {len(n.cell_class):,} cells (role, program and award in "
        f"the key) and {len(n.state_model):,} states; {n.devices:,} devices in the fleet. Snapshot {size:.1f} MB, kept counts "
        f"{len(inventory.block) / 1e6:.2f} MB."
    )


def _speed(inventory: Inventory) -> Iterator[str]:
    plan = run_input(clock_plan(ROWS), inventory.cohorts)
    by_numpy = run_input(clock_plan(ROWS), inventory.cohorts, "numpy")
    whole = run_input(whole_plan(ROWS), inventory.cohorts)
    known = stages.prices(plan)
    work: list[tuple[str, str, Callable[[], object]]] = [
        ("the same columns, largest value of each", "", lambda: bare_scan(inventory, "max({c})")),
        ("kept counts from their block", "", lambda: load_cohorts(inventory.block)),
        ("counts from Parquet rows, by stored number", "", lambda: counted(inventory)),
        ("counts from Parquet rows, by the SQL text", "", lambda: count_rows(inventory.snapshot, "", START_MONTH)),
        ("**site ledger as arrays, from kept counts**", "1.0", lambda: _ledger(plan, inventory.cohorts, known)),
        ("the same without scipy", "", lambda: _ledger(by_numpy, inventory.cohorts, known)),
        ("**site ledger as arrays, from Parquet rows**", "4", lambda: _ledger(plan, counted(inventory), known)),
        ("**whole run, from kept counts**", "10", lambda: run_engine(whole)),
        ("whole run, from Parquet rows", "", lambda: run_engine(_with(whole, counted(inventory)))),
        ("slider: totals of a class by year and kind", "", _slider(plan, inventory.cohorts, known)),
    ]
    yield "Bare scan: DuckDB hashes every value of the 11 columns that counting needs, in the snapshot file itself,"
    yield "with the connection open; nothing cheaper reads them all. Median of 5 alternated pairs,"
    yield "each measurement the shortest of 3 calls."
    yield ""
    yield row("", "ms", "x bare scan", "lowest to highest", "x in processor time", "wanted")
    yield row("---", "--:", "--:", "--:", "--:", "--:")
    scans = []
    lines = []
    for label, wanted, job in work:
        pair = alternate(job, lambda: bare_scan(inventory))
        scans.append(pair.b_seconds)
        goal = f"<= {wanted}" if wanted else ""
        lines.append(
            row(
                label,
                f"{pair.a_seconds * 1e3:.1f}",
                f"{pair.ratio:.2f}",
                f"{pair.low:.2f} to {pair.high:.2f}",
                f"{pair.cpu_ratio:.2f}",
                goal,
            )
        )
    yield row("bare scan", f"{float(np.median(scans)) * 1e3:.1f}", "1.00", "", "1.00", "")
    yield from lines
    result = run_engine(whole)
    yield ""
    yield (
        f"The site ledger holds {sum(part.cents.size for part in stages.site_ledger(plan, inventory.cohorts, known)):,} amounts "
        f"(cell x {len(known.horizon)} years x kind of cost) with clocks, profiles and unit cost tables computed anew; unit "
        f"prices are evaluated before. The whole run is every producer, demand, allocation and check on a plan with "
        f"{len(whole.plan.enrollment):,} enrollment records: {len(result.ledger.blocks)} blocks, {len(result.findings)} findings."
    )


def _peers(inventory: Inventory) -> Iterator[str]:
    plan = run_input(clock_plan(ROWS), inventory.cohorts)
    known = stages.prices(plan)
    peers.tables(inventory.connection, plan.plan, known, plan.support)
    found: dict[str, dict[stages.Key, int]] = {}

    def ours() -> None:
        cohorts = counted(inventory)
        found["ours"] = stages.by_site(stages.site_ledger(plan, cohorts, known), cohorts)

    def sql() -> None:
        found["sql"] = peers.by_sql(inventory.connection, inventory.snapshot, known)

    def pandas() -> None:
        found["pandas"] = peers.by_pandas(inventory.connection, inventory.snapshot, plan.plan, known, plan.support)

    times = {"ours": seconds(ours), "sql": seconds(sql), "pandas": seconds(pandas)}
    for name in ("sql", "pandas"):
        if found[name] != found["ours"]:
            raise ValueError(f"the ledger and {name} differ")
    amounts = found["ours"]
    yield (
        f"Equal to the cent in all {len(amounts):,} amounts by site, class, kind and year, "
        f"{sum(amounts.values()) / 100:,.2f} dollars in total:"
    )
    yield ""
    yield row("", "seconds", "x ours")
    yield row("---", "--:", "--:")
    labels = {
        "ours": "counts from Parquet rows, site ledger, summed to these amounts",
        "sql": "one row per device and year in SQL (DuckDB cross join)",
        "pandas": "pandas script, vectorized by class and year",
    }
    for name, label in labels.items():
        yield row(label, f"{times[name]:.2f}", f"{times[name] / times['ours']:.1f}")


def _imports(inventory: Inventory) -> Iterator[str]:
    folder = inventory.folder
    yield f"Staged file ({len(STAGED)} columns) to applied snapshot with its counts, each in a process of its own:"
    yield ""
    yield row("", "seconds", "processor seconds", "peak MB")
    yield row("---", "--:", "--:", "--:")
    for label, previous, target, importer in (
        ("first import", "", "one.parquet", "google_chromeos"),
        ("the same file again", "one.parquet", "again.parquet", "google_chromeos"),
        ("a second source that lists every device", "one.parquet", "two.parquet", "snipe_it"),
    ):
        before = str(folder / previous) if previous else ""
        used = child(_BUILD, str(inventory.staged), before, str(folder / target), importer, str(ROWS))
        yield row(label, f"{used.wall:.1f}", f"{used.cpu:.1f}", f"{used.peak_mb:.0f}")
    if (folder / "again.parquet").read_bytes() != inventory.snapshot.read_bytes():
        raise ValueError("the same inputs gave other bytes")
    yield ""
    yield "Imported again, the snapshot is the same to the byte."


def _ledger(inputs: RunInput, cohorts: Cohorts, known: stages.Prices) -> object:
    return stages.site_ledger(inputs, cohorts, known)


def _with(inputs: RunInput, cohorts: Cohorts) -> RunInput:
    from dataclasses import replace

    return replace(inputs, cohorts=cohorts)


def _slider(inputs: RunInput, cohorts: Cohorts, known: stages.Prices) -> Callable[[], object]:
    """Totals of the largest class after its unit costs changed: table anew, then state counts times table."""
    part = next(p for p in stages.site_ledger(inputs, cohorts, known) if "student-chromebook" in p.group.policy.id)
    profile_of_state = np.full(len(cohorts.state_model), -1, np.int32)
    for other in stages.site_ledger(inputs, cohorts, known):
        if other.group.policy.id == part.group.policy.id:
            profile_of_state[other.group.entries.state] = other.group.profile
    costs = known.costs[part.group.policy.id, part.group.band]

    def move() -> object:
        table = build_table(part.group.profiles, costs)
        return class_total(cohorts, "student-chromebook", profile_of_state, table)

    return move
