"""Amounts of the finance system that stand in a plan, as rows of a finance ledger: budget, encumbered or actual.

A budget export is kept as one document of plan lines for each kind of amount. Rows of the same dimensions are added; sums
below zero (credits without a charge) make no row.
"""

from collections.abc import Mapping

from throughline.engine.ledger.actuals import KINDS, FinanceRow
from throughline.engine.ledger.dimensions import NONE
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.planlines import PlanLine
from throughline.engine.refs import EntryRef

CODES = ("function", "object", "program", "project")
_ENDS = {kind: f" ({kind})" for kind in sorted(KINDS)}


def document_of(name: str, kind: str) -> str:
    """The document that holds one kind of amount of an export."""
    return name + _ENDS[kind]


def noted(codes: Mapping[str, str]) -> str:
    """Account codes as the note of a line: `function=2230; object=650`."""
    return "; ".join(f"{name}={code}" for name, code in codes.items() if code)


def codes_of(line: PlanLine) -> dict[str, str]:
    """The account codes of a line's note."""
    pairs = (part.partition("=") for part in line.note.split("; "))
    return {name: code for name, _, code in pairs if name in CODES and code}


def finance_rows(plan: Plan, kind: str, document: str = "") -> tuple[FinanceRow, ...]:
    """Rows of one kind, of one export or of all; raises KeyError for an unknown kind."""
    ending = _ENDS[kind]
    sums: dict[tuple[tuple[str, str], ...], list[PlanLine]] = {}
    for line in plan.plan_lines:
        if line.document.endswith(ending) and document in ("", line.document.removesuffix(ending)):
            sums.setdefault(tuple(sorted(_labels(line).items())), []).append(line)
    rows = []
    for labels, lines in sorted(sums.items()):
        cents = sum(line.amount_cents or 0 for line in lines)
        if cents >= 0:
            source = lines[0].source or EntryRef(f"plan_lines/{lines[0].id}")
            rows.append(FinanceRow(lines[0].id, cents, source, dict(labels)))
    return tuple(rows)


def _labels(line: PlanLine) -> dict[str, str]:
    codes = codes_of(line)
    return {
        "fiscal_year": f"FY{line.fiscal_year}" if line.fiscal_year is not None else NONE,
        "category": line.category or NONE,
        "site": line.site,
        "function": codes.get("function", NONE),
        "object": codes.get("object", NONE),
        "program": codes.get("program", NONE),
    }
