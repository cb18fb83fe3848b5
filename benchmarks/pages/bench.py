"""Pages by size: what every page takes in process over 150,000 devices, against the same page over 15,000."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.harness import machine, row
from tests.browser.addresses import EMPTY, LARKHOLLOW, L, N

TITLE = "Pages by size"
SMALL, LARGE = 15_000, 150_000
ROUNDS = 7
WANTED = 1.5
SLOW = 1.25  # ratios shown one by one from here on
MORE = ("inventory/devices/?site=site-0003", "inventory/devices/?q=S0", "refresh/what-if/answer/?inflation=2&table=1")


def paths() -> list[str]:
    """Every page of a district's rooms once."""
    known = [page.path.removeprefix(f"{L}/") for page in LARKHOLLOW] + [
        page.path.removeprefix(f"{N}/") for page in EMPTY
    ]
    return [path for path in dict.fromkeys([*known, *MORE]) if "edit/" not in path and "LH-" not in path]


def took(client: Any, address: str) -> float:
    """Processor milliseconds of one request; raises ValueError for a page that does not open."""
    start = time.process_time()
    reply = client.get(address)
    spent = (time.process_time() - start) * 1e3
    if reply.status_code != 200:
        raise ValueError(f"{address} answered {reply.status_code}")
    return spent


def lines() -> Iterator[str]:
    """The table, slowest growth first."""
    from benchmarks.pages.furnish import client_of, district_of, installed

    installed()
    slugs = {rows: f"d{rows}" for rows in (SMALL, LARGE)}
    clients = {rows: client_of(district_of(rows, slug)) for rows, slug in slugs.items()}
    found: dict[str, tuple[float, float]] = {}
    for path in paths():
        times: dict[int, list[float]] = {SMALL: [], LARGE: []}
        for number in range(ROUNDS + 1):
            for rows in (SMALL, LARGE):
                spent = took(clients[rows], f"/d/{slugs[rows]}/{path}")
                if number:  # the first one reads what the others find in memory
                    times[rows].append(spent)
        found[path] = (min(times[SMALL]), min(times[LARGE]))
    ratios = {path: large / small for path, (small, large) in found.items()}
    yield f"{len(found)} pages; ratio at the median {median(ratios.values()):.2f}, largest {max(ratios.values()):.2f}."
    yield f"Pages above {WANTED}: {sum(ratio > WANTED for ratio in ratios.values())}. Those above {SLOW}:"
    yield ""
    yield row("page", f"{SMALL:,} devices, ms", f"{LARGE:,} devices, ms", "ratio", "wanted")
    yield row("---", "--:", "--:", "--:", "---")
    for path in sorted(ratios, key=lambda name: -ratios[name]):
        if ratios[path] > SLOW:
            small, large = found[path]
            yield row(f"`{path or 'plan'}`", f"{small:.1f}", f"{large:.1f}", f"{ratios[path]:.2f}", f"<= {WANTED}")


def run() -> str:
    """The section; Django wants a process and a data folder of its own."""
    with tempfile.TemporaryDirectory() as name:
        code = "from benchmarks.pages.bench import lines; print('\\n'.join(lines()))"
        done = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=Path(__file__).parents[2],
            env={**os.environ, "THROUGHLINE_DATA": name},
        )  # fmt: skip
    if done.returncode:
        raise RuntimeError(done.stderr)
    head = (
        "`python -m benchmarks pages --write`\n\nEvery page of a district's rooms by the test client, signed in, nothing cached in "
        f"a browser: processor milliseconds, the least of {ROUNDS} requests after a first one, both sizes in turn. The larger "
        "district also has ten times the schools, enrollment and staff records.\n\n"
    )
    return head + done.stdout.strip() + "\n\n" + machine()
