"""Small fleets and plans for engine tests, written the way a person would say them."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import numpy as np

from throughline.engine.lifecycle.cohorts import CONDITIONS, Cohorts, empty_cohorts
from throughline.engine.plan.plan import Plan
from throughline.engine.run import PlanResult, RunInput, run
from throughline.packs.loader import load_rulebook

BOOK = load_rulebook("")
AS_OF = date(2026, 11, 22)


class Devices(NamedTuple):
    """Some devices alike: class, site, count, purchase fiscal year (0 unknown), support end month (-1 unknown) and so on."""

    asset_class: str
    site: str
    count: int
    year: int = 0
    support: int = -1
    role: str = "student"
    condition: str = "unknown"
    model: str = ""
    on_order: int = 0


def fleet(rows: Iterable[Devices]) -> Cohorts:
    """Cohorts of the rows, in the canonical order."""
    rows = list(rows)
    if not rows:
        return empty_cohorts()
    classes = tuple(sorted({r.asset_class for r in rows}))
    sites = tuple(sorted({r.site for r in rows}))
    roles = tuple(sorted({r.role for r in rows}))
    models = tuple(sorted({r.model for r in rows}))
    cells = sorted({(classes.index(r.asset_class), sites.index(r.site), roles.index(r.role)) for r in rows})
    states = sorted({_state(r, models) for r in rows})
    entries: dict[tuple[int, int], list[int]] = {}
    for r in rows:
        cell = cells.index((classes.index(r.asset_class), sites.index(r.site), roles.index(r.role)))
        found = entries.setdefault((cell, states.index(_state(r, models))), [0, 0])
        found[0] += r.count
        found[1] += r.on_order
    order = sorted(entries)
    pointer = np.searchsorted([cell for cell, _ in order], range(len(cells) + 1)).astype(np.int64)
    ints = np.int32
    zeros = np.zeros(len(cells), ints)
    return Cohorts(
        "test-fleet", classes, sites, roles, ("",), ("",), models,
        np.array([c for c, _, _ in cells], ints), np.array([s for _, s, _ in cells], ints),
        np.array([r for _, _, r in cells], ints), zeros, zeros,
        *(np.array([s[i] for s in states], ints) for i in range(4)),
        pointer, np.array([s for _, s in order], ints),
        np.array([entries[key][0] for key in order], np.int64), np.array([entries[key][1] for key in order], np.int64),
    )  # fmt: skip


def _state(row: Devices, models: tuple[str, ...]) -> tuple[int, int, int, int]:
    return models.index(row.model), row.year, CONDITIONS.index(row.condition), row.support


def result_of(plan: Plan, rows: Iterable[Devices] = (), as_of: date = AS_OF, **more: object) -> PlanResult:
    """A run over the shipped rulebook."""
    return run(RunInput(plan, BOOK, fleet(rows), as_of, "plan", "test", **more))  # type: ignore[arg-type]
