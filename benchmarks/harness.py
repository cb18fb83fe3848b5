"""What benchmarks share: alternated pairs, peak memory of a child process, the machine in one line."""

import os
import platform
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Pair:
    """A measured against B, both run alternately; `ratio` is the median of the ratios of neighbouring runs.

    `cpu_ratio` compares processor time of all threads: what a busy machine disturbs least.
    """

    a_seconds: float
    b_seconds: float
    ratio: float
    low: float
    high: float
    cpu_ratio: float


def alternate(
    a: Callable[[], object], b: Callable[[], object], rounds: int = 5, best_of: int = 3, warm: int = 1
) -> Pair:
    """Measure A and B in turn, after `warm` unmeasured rounds; which one goes first alternates too.

    One measurement is the shortest of `best_of` calls: what others do on the machine can only lengthen a call.
    """

    def shortest(work: Callable[[], object]) -> tuple[float, float]:
        calls = [both_seconds(work) for _ in range(best_of)]
        return min(wall for wall, _ in calls), min(cpu for _, cpu in calls)

    times: list[tuple[tuple[float, float], tuple[float, float]]] = []
    for number in range(warm + rounds):
        if number % 2:
            second, first = shortest(b), shortest(a)
        else:
            first, second = shortest(a), shortest(b)
        if number >= warm:
            times.append((first, second))
    ratios = [x / y for (x, _), (y, _) in times]
    cpu = median(x / max(y, 1e-6) for (_, x), (_, y) in times)
    a_wall, b_wall = median(x for (x, _), _ in times), median(y for _, (y, _) in times)
    return Pair(a_wall, b_wall, median(ratios), min(ratios), max(ratios), cpu)


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def both_seconds(work: Callable[[], object]) -> tuple[float, float]:
    """Wall time and processor time (all threads of this process) of one call."""
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return time.perf_counter() - wall, time.process_time() - cpu


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


def in_turns(ours: Sequence[str], empty: Sequence[str], rounds: int) -> tuple[float, float]:
    """Median processor seconds of two commands, run in turns after one unmeasured round."""
    pairs = [(process_seconds(ours), process_seconds(empty)) for _ in range(rounds + 1)][1:]
    return median(first for first, _ in pairs), median(second for _, second in pairs)


def process_seconds(command: Sequence[str]) -> float:
    """User and system seconds of a process and its children; raises when it fails."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed with {process.returncode}")
    return usage.ru_utime + usage.ru_stime


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
