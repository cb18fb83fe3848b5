"""Processor seconds of whole processes, in turns with an empty Python process of the same run, median of each."""

import sys
import tempfile
from datetime import date
from pathlib import Path

from benchmarks.harness import in_turns, machine, row

TITLE = "Cold start"
ROUNDS = 11
SCRIPT = Path(sys.executable).with_name("throughline")


def run() -> str:
    """Help against an empty process, then the commands on the sample district."""
    with tempfile.TemporaryDirectory(prefix="throughline-bench-") as folder:
        plan, day, devices, line = _sample(Path(folder) / "plan")
        asked = ["--as-of", day.isoformat()]
        commands: list[tuple[str, list[str], str]] = [
            ("`throughline --help`", ["--help"], "<= 8x"),
            ("`throughline plan --help`", ["plan", "--help"], ""),
            (f"`throughline plan --json`, {devices:,} devices", ["plan", str(plan), "--json", *asked], "<= 1 s"),
            ("`throughline plan`, the page in words", ["plan", str(plan), *asked], "<= 1 s"),
            ("`throughline check`", ["check", str(plan), *asked], ""),
            ("`throughline explain total`", ["explain", str(plan), *asked], ""),
            ("`throughline explain LINE`", ["explain", str(plan), line, "--rows", "0", *asked], ""),
            ("`throughline explain LINE`, with inventory rows", ["explain", str(plan), line, *asked], ""),
        ]
        table = [
            row("process", "processor seconds", "times an empty process", "wanted"),
            row("---", "---:", "---:", "---"),
        ]
        for words, arguments, wanted in commands:
            ours, empty = in_turns([str(SCRIPT), *arguments], [sys.executable, "-c", "pass"], ROUNDS)
            table.append(row(words, f"{ours:.3f}", f"{ours / empty:.1f}", wanted))
    return (
        f"`python -m benchmarks.startup`: whole processes of the installed command, median of {ROUNDS} runs, each in turn with "
        "`python -c pass`. The plan is the sample district with every kind of input; nothing is kept between processes.\n\n"
        + "\n".join(table)
        + f"\n\n{machine()}"
    )


def _sample(root: Path) -> tuple[Path, date, int, str]:
    """The sample district built from its exports; its devices and the id of its largest device line."""
    from throughline.app.recipe import play, sample_folder
    from throughline.app.run_plan import run_plan

    if not SCRIPT.exists():
        raise RuntimeError(f"{SCRIPT} is not installed; run make once")
    opened, day = play(sample_folder(), root)
    result = run_plan(opened, day)
    lines = result.ledger.largest({"category": "D1.1"}, 100)
    counted = next(line.id for line in lines if "/new|" not in line.id)  # its count is of inventory rows
    return root, day, result.fleet.devices, counted
