"""A ledger of the second kind: budgeted, encumbered or actual amounts from the finance system, one row per imported line.

Its traces end in the imported cell, credits stay below zero. It has the dimensions of the plan's ledger and two more, account and
fund, so variance is the ordinary comparison of two ledgers. What a line does not state is the member NONE there, never a guess.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from throughline.engine.ledger.block import ROW, Block, members
from throughline.engine.ledger.dimensions import DIMENSIONS, DIRECT, NONE
from throughline.engine.ledger.ledger import Ledger
from throughline.engine.ledger.trace import Fact, Trace
from throughline.engine.plan.finance import FinanceKind, FinanceLine
from throughline.engine.refs import EntryRef

_STATED = ("function", "object", "program", "category", "site")
ACCOUNT, FUND = "account", "fund"


def finance_ledger(kind: FinanceKind, lines: Sequence[FinanceLine], funds: Mapping[str, str] | None = None) -> Ledger:
    """The ledger of one kind among `lines`; `funds` are the plan's names of the finance system's fund codes."""
    rows = [line for line in lines if line.kind is kind]
    if not rows:
        return Ledger((), kind)
    labels = [labels_of(line, funds or {}) for line in rows]
    dims = {name: members(ROW, [row.get(name, NONE) for row in labels]) for name in (*DIMENSIONS, ACCOUNT, FUND)}
    cents = np.array([row.cents for row in rows], np.int64).reshape(-1, 1, 1)

    def explain(row: int, _year: int, _kind: int) -> Trace:
        return fact_of(rows[row])

    def key(row: int, _year: int, _kind: int) -> str:
        return f"{kind}/{rows[row].id}"

    return Ledger((Block(kind, cents, dims, explain, key),), kind)


def fact_of(line: FinanceLine) -> Fact:
    """The amount of a line with the cell it was read from."""
    words = " ".join(part for part in (line.account or codes_of(line), line.description) if part)
    return Fact(words or line.id, line.cents, "cents", line.source or EntryRef(f"finance_lines/{line.id}"))


def codes_of(line: FinanceLine) -> str:
    """The stated codes of a line in the handbook's order, as one text."""
    codes = (line.fund_code, line.program, line.function, line.object, line.project, line.level, line.location)
    return "-".join(code for code in codes if code)


def labels_of(line: FinanceLine, funds: Mapping[str, str]) -> Mapping[str, str]:
    """The members of a line in the dimensions it can state."""
    stated = {name: getattr(line, name) or NONE for name in _STATED}
    own = {ACCOUNT: line.account or NONE, FUND: funds.get(line.fund_code, line.fund_code) or NONE}
    return {**stated, **own, "fiscal_year": f"FY{line.fiscal_year}", "cost_type": DIRECT}
