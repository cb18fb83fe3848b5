"""Procurement: the method each purchase needs, by the strictest threshold that applies, and what the board must
approve.

A purchase is what one plan record buys in one fiscal year, all sites together (splitting it would not change the
method). Salaries, memo cost, contingency and contracts already in force are no purchases. Up to the micro-purchase threshold no
quotes are needed; up to the formal threshold quotes; above it bids or proposals (2 CFR 200.320). The formal threshold
is the lowest of the federal one, the state's and the district's own.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from throughline.engine.checks.base import CheckInput
from throughline.engine.findings import Finding, Severity, finding, listed
from throughline.engine.ledger.dimensions import DIRECT, OPTION, PLANNED
from throughline.engine.ledger.ledger import Ledger
from throughline.engine.money import whole_dollars
from throughline.engine.plan.district import District
from throughline.engine.plan.plan import Plan
from throughline.engine.rulebook.book import RulesAt

MICRO, QUOTES, FORMAL = "micro-purchase", "quotes", "formal bids or proposals"
RESERVE = "contingency"
SHOWN = 3
PAYROLL = ("1", "2")  # NCES objects 100 and 200: salaries and benefits


@dataclass(frozen=True, slots=True)
class Threshold:
    """An amount in cents above which a stricter method applies, and the row that says so."""

    cents: int
    rule: str


@dataclass(frozen=True, slots=True)
class Purchase:
    """What one plan record buys in one fiscal year (label), the method it needs and the row that decides; board
    approval or not.
    """

    subject: str
    fiscal_year: str
    cents: int
    method: str
    rule: str
    board_approval: bool


def purchases(ledger: Ledger, district: District, rules: RulesAt) -> tuple[Purchase, ...]:
    """Every purchase of the plan in order of record and year; empty when the rulebook knows no thresholds."""
    micro, formal = thresholds(district, rules)
    if micro is None or formal is None:
        return ()
    planned: dict[str, str | frozenset[str]] = {"cost_type": DIRECT, "commitment": frozenset({PLANNED, OPTION})}
    amounts: dict[tuple[str, str], int] = defaultdict(int)
    bought = Ledger(tuple(block for block in ledger.blocks if block.producer != RESERVE), ledger.kind)
    for (subject, year, object_), cents in bought.by("subject", "fiscal_year", "object", where=planned).items():
        if not object_.startswith(PAYROLL):
            amounts[subject, year] += cents
    board = district.board_approval_threshold_cents
    found: list[Purchase] = []
    for (subject, year), cents in sorted(amounts.items()):
        method, rule = method_of(cents, micro, formal)
        found.append(Purchase(subject, year, cents, method, rule, board is not None and cents >= board))
    return tuple(found)


def method_of(cents: int, micro: Threshold, formal: Threshold) -> tuple[str, str]:
    """Method of a purchase and the row that decides: a threshold's own amount still falls under the easier method."""
    if cents <= micro.cents:
        return MICRO, micro.rule
    return (QUOTES, micro.rule) if cents <= formal.cents else (FORMAL, formal.rule)


def thresholds(district: District, rules: RulesAt) -> tuple[Threshold | None, Threshold | None]:
    """Micro-purchase and formal thresholds, the strictest that applies; None when the rulebook has no row."""
    micro_row, formal_row = rules.find("procurement/micro-purchase"), rules.find("procurement/simplified-acquisition")
    if micro_row is None or formal_row is None:
        return None, None
    formal = Threshold(int(formal_row.value), str(formal_row.ref()))
    own = district.local_bid_threshold_cents
    if own is not None and own < formal.cents:
        formal = Threshold(own, "the district's own bid threshold")
    micro = Threshold(int(micro_row.value), str(micro_row.ref()))
    return (micro if micro.cents < formal.cents else formal), formal


CODES = {
    (QUOTES, False): "TL-PROC-001",
    (FORMAL, False): "TL-PROC-002",
    (MICRO, True): "TL-PROC-003",
    (QUOTES, True): "TL-PROC-005",
    (FORMAL, True): "TL-PROC-006",
}


def check_procurement(run: CheckInput) -> Iterator[Finding]:
    """One note per method that records need, by their largest purchase. A procedure to plan for is no fault.

    TL-PROC-004 says that the district's own threshold is not known.
    """
    found = purchases(run.ledger, run.plan.district, run.rules)
    if found and run.plan.district.local_bid_threshold_cents is None:
        _, formal = thresholds(run.plan.district, run.rules)
        if formal is not None:
            yield finding(
                "TL-PROC-004", Severity.NOTE, "district", cents=0, rule=formal.rule, amount=whole_dollars(formal.cents)
            )
    by_subject: dict[str, list[Purchase]] = defaultdict(list)
    for item in found:
        if item.method != MICRO or item.board_approval:
            by_subject[item.subject].append(item)
    by_code: dict[str, list[Purchase]] = defaultdict(list)
    for items in by_subject.values():
        largest = max(items, key=lambda item: item.cents)
        by_code[CODES[largest.method, largest.board_approval]].append(largest)
    names = record_names(run.plan, run.rules)
    for code, items in sorted(by_code.items()):
        items.sort(key=lambda item: (-item.cents, item.subject))
        cents = sum(item.cents for item in items)
        shown = [f"{names.get(x.subject, x.subject)} ({whole_dollars(x.cents)} in {x.fiscal_year})" for x in items]
        yield finding(
            code,
            Severity.NOTE,
            "purchases",
            cents=cents,
            rule=items[0].rule if items[0].method != MICRO else "the board's approval threshold",
            count=len(items),
            amount=whole_dollars(cents),
            names=listed(shown, SHOWN),
        )


def record_names(plan: Plan, rules: RulesAt) -> dict[str, str]:
    """What people call a plan record by its id: contracts by name, refresh standards by asset class, plan lines by
    item.
    """
    labels = {item.id: item.label for item in rules.book.asset_classes.values()}
    names = {f"default-{class_id}": label for class_id, label in labels.items()}
    for item in plan.standards:
        label = labels.get(item.asset_class, item.asset_class)
        names[item.id] = label if item.role == "*" else f"{label} ({item.role.replace('-', ' ')})"
    names |= {f"{line.document}/{line.item}": line.item for line in plan.plan_lines}
    names |= {f"training-{staff.id}": "Training bought" for staff in plan.staffing}
    return names | {contract.id: contract.name for contract in plan.contracts}
