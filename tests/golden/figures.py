"""What is pinned of a golden district: figures a reviewer can read, and digests of everything else.

Digests are of our own values (cost lines, fund shares, plan records, device counts), never of files whose bytes depend on
the version of a database library, and the run id is left out because it names the content of every rule pack.
"""

import csv
import hashlib
import io
import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.golden.districts import Built
from throughline.app.summary import device_counts
from throughline.engine.funding.lines import split_lines
from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.engine.plan.plan import NOUNS
from throughline.engine.run import PlanResult
from throughline.workspace.codec import dumps, encode

HERE = Path(__file__).parent
BUDGET = {"cost_type": "direct"}


def money_table(result: PlanResult) -> str:
    """CSV of cents by fiscal year, fund and category, budget only; UNFUNDED is a fund here."""
    totals: dict[tuple[str, str, str], int] = defaultdict(int)
    for line, fund, cents in split_lines(result.ledger, result.allocation):
        if line.labels["cost_type"] == "direct":
            totals[line.labels["fiscal_year"], fund, line.labels["category"]] += cents
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["fiscal_year", "fund", "category", "cents"])
    writer.writerows([*key, cents] for key, cents in sorted(totals.items()))
    return out.getvalue()


def figures(built: Built) -> dict[str, Any]:
    """Everything else, as JSON."""
    result = built.result
    by_year = result.ledger.by("fiscal_year", where=BUDGET)
    return {
        "as_of": built.as_of.isoformat(),
        "fiscal_years": list(result.horizon.labels),
        "total_cents": result.ledger.total(BUDGET),
        "by_year": {year: cents for (year,), cents in by_year.items()},
        "by_fund": {fund: sum(years.values()) for fund, years in sorted(result.allocation.by_fund_year().items())},
        "memo_cents": result.ledger.total({"cost_type": "indirect"}),
        "lines": dict(sorted(Counter(line.producer for line in result.ledger.lines()).items())),
        "devices": device_counts(result),
        "purchases": {
            row.policy.id: [int(n) for n in (row.replaced + row.bought).sum(axis=0)] for row in result.fleet.rows
        },
        "findings": [[item.code, item.severity.value, item.subject, item.cents] for item in result.findings],
        "digests": {
            "cost_lines": digest(
                f"{line.id}\t{line.cents}\t{dumps(dict(line.labels))}" for line in result.ledger.lines()
            ),
            "fund_shares": digest(
                f"{line.id}\t{fund}\t{c}" for line, fund, c in split_lines(result.ledger, result.allocation)
            ),
            "plan": digest(_records(built)),
            "device_counts": digest(cells(result.inputs.cohorts)),
        },
    }


def digest(lines: Iterable[str]) -> str:
    """SHA-256 of lines."""
    found = hashlib.sha256()
    for line in lines:
        found.update(line.encode() + b"\n")
    return found.hexdigest()


def _records(built: Built) -> Iterable[str]:
    """Plan records without the inventory pointer, whose digest names a database file."""
    plan = built.opened.plan
    yield dumps(encode(replace(plan.district, source=None)))
    for noun in NOUNS:
        if noun != "snapshots":
            yield from (dumps(encode(record)) for record in getattr(plan, noun))


def cells(cohorts: Cohorts) -> Iterable[str]:
    """The device counts as text, one line per cohort."""
    for cell in range(len(cohorts.cell_class)):
        who = (
            cohorts.classes[cohorts.cell_class[cell]],
            cohorts.sites[cohorts.cell_site[cell]],
            cohorts.roles[cohorts.cell_role[cell]],
            cohorts.programs[cohorts.cell_program[cell]],
            cohorts.awards[cohorts.cell_award[cell]],
        )
        for entry in range(cohorts.indptr[cell], cohorts.indptr[cell + 1]):
            state = cohorts.state[entry]
            what = (
                cohorts.models[cohorts.state_model[state]],
                int(cohorts.state_year[state]),
                int(cohorts.state_condition[state]),
                int(cohorts.state_support[state]),
            )
            yield repr((*who, *what, int(cohorts.count[entry]), int(cohorts.on_order[entry])))


def as_json(values: dict[str, Any]) -> str:
    """One finding a line, the rest indented, so that a difference is read at a glance."""
    shown = json.dumps({**values, "findings": "@"}, indent=1, ensure_ascii=False)
    rows = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in values["findings"])
    return shown.replace('"@"', f"[\n{rows}\n ]") + "\n"


def stored(name: str) -> tuple[Path, Path]:
    """Where the figures and the money table of a district are kept."""
    return HERE / f"{name}.json", HERE / f"{name}.csv"
