"""Compare a plan with the finance system's amounts: which year, which dimensions, and which plan is meant."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from throughline.app.plans import ADOPTED, open_plan
from throughline.app.run_plan import PlanResult, run_plan
from throughline.app.source.finance import LACKS, beside, comparison, dimensions, years
from throughline.engine.calendar import FiscalYear
from throughline.engine.funding.against import BY
from throughline.engine.table import Table
from throughline.workspace.folder import FolderError


@dataclass(frozen=True)
class BesideBudget:
    """One fiscal year: the tables of what can be compared, the totals, and why the other dimensions cannot."""

    label: str
    years: tuple[str, ...]
    tables: tuple[Table, ...]
    totals: Mapping[str, int]
    lacking: Mapping[str, str]


def against_budget(
    root: Path, as_of: date, year: str = "", by: str = "", plan_of: Path | None = None
) -> BesideBudget | None:
    """The comparisons of one year, None without amounts of the finance system; raises FolderError for a year that has none.

    `plan_of` is the plan whose cost is meant; an adopted version of last year speaks for the year under way.
    """
    result = run_plan(open_plan(root), as_of).planning
    found = {FiscalYear(end).label: end for end in years(result)}
    if not found:
        return None
    planned = _planned(plan_of, as_of) if plan_of is not None else None
    covered = [label for label in found if label in (planned or result).horizon.labels]
    label = year or min(covered, default=max(found))
    if label not in found:
        raise FolderError(f"the finance system states nothing of {year}; it states {', '.join(found)}")
    money = beside(result, found[label], planned)
    shared = [name for name in dimensions(money) if by in ("", name)]
    tables = tuple(comparison(result, money, name).table for name in shared)
    lacking = {name: LACKS[why] for name in BY if (why := money.standing(name)) != "shared" and by in ("", name)}
    return BesideBudget(label, tuple(found), tables, _totals(tables), lacking)


def _planned(root: Path, as_of: date) -> PlanResult:
    """The run of another plan; an adopted version on the day of its adoption."""
    told = root / ADOPTED
    day = date.fromisoformat(json.loads(told.read_text(encoding="utf-8"))["adopted_on"]) if told.is_file() else as_of
    return run_plan(open_plan(root), day).planning


def _totals(tables: tuple[Table, ...]) -> dict[str, int]:
    if not tables:
        return {}
    total = next(row for row in tables[0].rows if row.kind == "total")
    pairs = zip(tables[0].columns, total.values, strict=True)
    return {column.key: int(value or 0) for column, value in pairs if column.additive}
