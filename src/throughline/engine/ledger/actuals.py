"""A ledger of the second kind: budgeted, encumbered or actual amounts from the finance system, one row per imported line.

Its traces end in the imported cell. It has the dimensions of the plan's ledger, so variance is the ordinary comparison of two ledgers.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from throughline.engine.ledger.block import ROW, Block, members
from throughline.engine.ledger.dimensions import DIMENSIONS, DIRECT, NONE
from throughline.engine.ledger.ledger import Ledger
from throughline.engine.ledger.trace import Fact, Trace
from throughline.engine.refs import BASELINE, DISTRICT, NO_GOAL, Source

KINDS = frozenset({"budget", "encumbered", "actual"})
_DEFAULTS = {"site": DISTRICT, "cost_type": DIRECT, "initiative": BASELINE, "goal": NO_GOAL}


@dataclass(frozen=True, slots=True)
class FinanceRow:
    """One amount of the finance system (cents >= 0) with the dimensions it states; others are "not one in particular"."""

    id: str
    cents: int
    source: Source
    labels: Mapping[str, str] = field(default_factory=dict)


def finance_ledger(kind: str, rows: Sequence[FinanceRow]) -> Ledger:
    """A ledger of `kind`; raises ValueError for an unknown kind or a label that is no dimension."""
    if kind not in KINDS:
        raise ValueError(f"a finance ledger is one of {', '.join(sorted(KINDS))}, not {kind}")
    if strange := {name for row in rows for name in row.labels} - set(DIMENSIONS):
        raise ValueError(f"not dimensions of a cost line: {', '.join(sorted(strange))}")
    if not rows:
        return Ledger((), kind)
    dims = {
        name: members(ROW, [row.labels.get(name, _DEFAULTS.get(name, NONE)) for row in rows]) for name in DIMENSIONS
    }
    cents = np.array([row.cents for row in rows], np.int64).reshape(-1, 1, 1)

    def explain(row: int, _year: int, _kind: int) -> Trace:
        return Fact(rows[row].id, rows[row].cents, "cents", rows[row].source)

    def key(row: int, _year: int, _kind: int) -> str:
        return f"{kind}/{rows[row].id}"

    return Ledger((Block(kind, cents, dims, explain, key),), kind)
