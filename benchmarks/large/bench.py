"""Whole processes on the large sample district, after every line, share and balance of it was worked out to the cent."""

import sys
import tempfile
from pathlib import Path

from benchmarks.harness import child, in_turns, machine, row
from benchmarks.startup.bench import SCRIPT
from tests.properties.perturb import explained
from throughline.app.plans import open_plan
from throughline.app.recipe import recipe_day, sample_folder
from throughline.app.run_plan import run_plan
from throughline.engine.funding.lines import split_lines, trace_funding
from throughline.engine.ledger.trace import evaluate
from throughline.engine.refs import NOT_CASH
from throughline.engine.run import PlanResult

TITLE = "Large district"
ROUNDS = 7
BUILD = """
import sys
from pathlib import Path
from throughline.app.recipe import play, sample_folder
play(sample_folder("large"), Path(sys.argv[1]))
"""


def run() -> str:
    """Facts first, then the commands against an empty process."""
    if not SCRIPT.exists():
        raise RuntimeError(f"{SCRIPT} is not installed; run make once")
    with tempfile.TemporaryDirectory(prefix="throughline-bench-") as folder:
        root = Path(folder) / "plan"
        built = child(BUILD, str(root))
        day = recipe_day(sample_folder("large"))
        result = run_plan(open_plan(root), day)
        facts = checked(result)
        largest = next(line.id for line in result.ledger.largest({"category": "D1.1"}, 100) if "/new|" not in line.id)
        asked = [str(root), "--as-of", day.isoformat()]
        commands = (
            (f"`throughline plan --json`, {result.fleet.devices:,} devices", ["plan", *asked, "--json"], "<= 3 s"),
            ("`throughline plan`, the page in words", ["plan", *asked], "<= 3 s"),
            ("`throughline check`", ["check", *asked], ""),
            ("`throughline reconcile`", ["reconcile", *asked], ""),
            ("`throughline explain LINE`, with inventory rows", ["explain", *asked, largest], ""),
        )
        table = [
            row("process", "processor seconds", "times an empty process", "wanted"),
            row("---", "---:", "---:", "---"),
        ]
        for words, arguments, wanted in commands:
            ours, empty = in_turns([str(SCRIPT), *arguments], [sys.executable, "-c", "pass"], ROUNDS)
            table.append(row(words, f"{ours:.3f}", f"{ours / empty:.1f}", wanted))
        table.append(row("exports written, four inventories and seven lists imported", f"{built.cpu:.1f}", "", ""))
    head = (
        f"`python -m benchmarks large --write`: whole processes, median of {ROUNDS} runs, each in turn with `python -c pass`; "
        "nothing is kept between processes, no documents are written."
    )
    return "\n".join([head, "", *table, "", facts, "", machine()])


def checked(result: PlanResult) -> str:
    """Every line, share and balance worked out; raises on one cent."""
    lines = explained(result)
    wrong = [key for key, (cents, trace) in lines.items() if evaluate(trace) != cents]
    shares = [item for item in split_lines(result.ledger, result.allocation) if item[1] != NOT_CASH]
    wrong += [
        f"{line.id} of {fund}"
        for line, fund, cents in shares
        if evaluate(trace_funding(result.ledger, result.allocation, line.id, fund)) != cents
    ]
    paid = result.allocation.by_fund_year()
    balances = result.allocation.balances
    wrong += [
        f"{item.fund} in {item.fiscal_year}"
        for item in balances
        if item.opening + item.new - item.used - item.lapsed != item.carried
        or item.charged != paid.get(item.fund, {}).get(item.fiscal_year, 0)
    ]
    if wrong:
        raise AssertionError(f"{len(wrong)} explanations or balances do not come out: {wrong[:3]}")
    return (
        f"Worked out from their explanations, all equal to the cent: {len(lines):,} cost lines and {len(shares):,} shares of "
        f"funds. Closed to the cent: {len(balances)} years of {len({item.fund for item in balances})} funds (opening + new - "
        "used - lost = carried on, and what is charged is the sum of the shares)."
    )
