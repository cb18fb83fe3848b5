"""Rounds of kill -9 under load and a restore drill, with real processes on SQLite and PostgreSQL."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from benchmarks.harness import machine, row

TITLE = "Faults survived"
ROUNDS = 12
ROOT = Path(__file__).parents[2]
ENGINES = {"SQLite": (), "PostgreSQL": ("--postgres",)}


def run(rounds: int = ROUNDS) -> str:
    """Play on both; raises AssertionError when anything was lost, doubled or half applied."""
    reports = {name: _play(rounds, words) for name, words in ENGINES.items()}
    return section(reports)


def _play(rounds: int, words: tuple[str, ...]) -> dict[str, Any]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}
    command = [sys.executable, "-m", "tests.web.faults.play", "--rounds", str(rounds), "--drill", *words]
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=False, cwd=ROOT)
    report: dict[str, Any] = json.loads(done.stdout)
    assert not report["wrong"], report["wrong"]
    return report


def section(reports: dict[str, dict[str, Any]]) -> str:
    """The figures as the page shows them."""
    names = list(reports)
    lines = [row("", *names), row("---", *["---:"] * len(names))]

    def add(words: str, figures: list[Any]) -> None:
        lines.append(row(words, *(f"{figure:,}" if isinstance(figure, int) else str(figure) for figure in figures)))

    every = list(reports.values())
    add("rounds, each with one kill -9", [report["rounds"] for report in every])
    for part, words in {
        "web": "of the web process",
        "worker": "of the worker",
        "job": "of a running job",
        "main": "of the server with everything",
    }.items():
        add(f"- {words}", [report["kills"][part] for report in every])
    add("writes sent", [sum(report["sent"].values()) for report in every])
    add("writes acknowledged", [sum(report["acknowledged"].values()) for report in every])
    add("acknowledged and lost, doubled or half applied", [len(report["wrong"]) for report in every])
    for part, words in {"web": "a kill of the web process", "main": "a kill of everything, started anew"}.items():
        for figure, which in {"median": "median", "most": "longest"}.items():
            told = [report["back_after_seconds"].get(part, {}).get(figure, "") for report in every]
            add(f"serving again after {words}, {which} s", told)
    if all(report.get("drill") for report in every):
        add("drill: rows of the backup made under load", [report["drill"]["rows"] for report in every])
        add("drill: backup, s", [report["drill"]["backup_seconds"] for report in every])
        add("drill: restore on an empty host, s", [report["drill"]["restore_seconds"] for report in every])
        add("drill: tables that differ", [report["drill"]["differences"] for report in every])
    return (
        "`python -m benchmarks.faults --rounds 100`. Two clients write without pause (single records, files of schools, device exports,\n"
        "jobs) and keep a journal of what was acknowledged. After every kill the service must come back, and all of this must hold: the\n"
        "database's own checks, rows equal to the digest of the plan's head, revisions without gap, audit chain whole with an entry for\n"
        "each step, every file with its digest, no job running without a lease, one effect for each result, and every acknowledged write\n"
        "present exactly once. The web process is started again at once; a server that was killed whole is started anew, interpreter\n"
        "included.\n\n" + "\n".join(lines) + f"\n\n{machine()}"
    )
