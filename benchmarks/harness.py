"""What benchmarks share: alternated pairs, peak memory of a child process, the machine in one line."""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Pair:
    """A measured against B, both run alternately; `ratio` is the median of the ratios of neighbouring runs."""

    a_seconds: float
    b_seconds: float
    ratio: float
    low: float
    high: float


def alternate(
    a: Callable[[], object], b: Callable[[], object], rounds: int = 5, best_of: int = 3, warm: int = 1
) -> Pair:
    """Measure A and B in turn, after `warm` unmeasured rounds; which one goes first alternates too.

    One measurement is the shortest of `best_of` calls: what others do on the machine can only lengthen a call.
    """

    def shortest(work: Callable[[], object]) -> float:
        return min(seconds(work) for _ in range(best_of))

    times: list[tuple[float, float]] = []
    for number in range(warm + rounds):
        if number % 2:
            second, first = shortest(b), shortest(a)
        else:
            first, second = shortest(a), shortest(b)
        if number >= warm:
            times.append((first, second))
    ratios = [x / y for x, y in times]
    return Pair(median(x for x, _ in times), median(y for _, y in times), median(ratios), min(ratios), max(ratios))


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


@dataclass(frozen=True)
class Child:
    """A whole process: wall and processor seconds, peak memory in MB."""

    wall: float
    cpu: float
    peak_mb: float


def child(code: str, *arguments: str) -> Child:
    """Run Python code in a process of its own and measure the process; raises when it fails."""
    start = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", code, *arguments])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"the measured process failed with {process.returncode}")
    # Linux counts ru_maxrss in kilobytes, macOS in bytes
    scale = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return Child(time.perf_counter() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / scale)


def machine() -> str:
    """The machine and the versions that matter, for the foot of a table."""
    import duckdb
    import numpy

    load = os.getloadavg()[0]
    return (
        f"{os.cpu_count()} processors, {platform.system()} {platform.machine()}, Python {platform.python_version()}, "
        f"DuckDB {duckdb.__version__}, numpy {numpy.__version__}; load average {load:.1f} when measured."
    )


def row(*cells: object) -> str:
    """A row of a Markdown table."""
    return "| " + " | ".join(str(cell) for cell in cells) + " |"
