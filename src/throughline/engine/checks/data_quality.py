"""Checks on the inputs: what the inventory lacks, which sources disagree, what a plan needs and does not have."""

from collections import Counter
from collections.abc import Iterator

from throughline.engine.checks.base import CheckInput
from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.refs import UNASSIGNED

NOTHING = 0  # nothing in the plan depends on what was once paid
UNSEEN = "inventory/unseen-days"
CODES = {
    "no_serial": ("TL-DATA-001", Severity.NOTE),
    "duplicate_serial": ("TL-DATA-002", Severity.WARNING),
    "no_site": ("TL-DATA-003", Severity.WARNING),
    "no_purchase_date": ("TL-DATA-004", Severity.NOTE),
    "no_price": ("TL-DATA-005", Severity.NOTE),
    "no_model": ("TL-DATA-006", Severity.NOTE),
    "sources_disagree": ("TL-DATA-007", Severity.WARNING),
    "only_managed": ("TL-DATA-030", Severity.WARNING),
    "only_registered": ("TL-DATA-031", Severity.WARNING),
    "unseen": ("TL-DATA-032", Severity.WARNING),
    "serial_collision": ("TL-DATA-033", Severity.WARNING),
}


def check_data(run: CheckInput) -> Iterator[Finding]:
    """One finding per kind of gap with the replacement value of the devices concerned (without a site: their planned cost),
    then gaps of the plan itself.
    """
    value = {row.policy.asset_class.id: run.prices.get(row.policy.id) for row in run.fleet.rows} if run.fleet else {}
    units: Counter[str] = Counter()
    cents: Counter[str] = Counter()
    unpriced: set[str] = set()
    for item in run.quality:
        units[item.code] += item.units
        price = value.get(item.asset_class)
        if price:
            cents[item.code] += item.units * price[0]
        else:
            unpriced.add(item.code)
    unassigned = run.ledger.total(where={"site": UNASSIGNED, "cost_type": "direct"})
    for name, (code, severity) in CODES.items():
        if units[name]:
            money = None if name in unpriced and not cents[name] else cents[name]
            money = unassigned if name == "no_site" else NOTHING if name == "no_price" else money
            if name == "unseen":
                rule = run.rules.row(UNSEEN)
                days = int(rule.value)
                yield finding(
                    code, severity, "inventory", cents=money, rule=str(rule.ref()), units=units[name], days=days
                )
            else:
                yield finding(code, severity, "inventory", cents=money, units=units[name])
    if unassigned and not units["no_site"]:
        yield finding("TL-DATA-010", Severity.WARNING, f"sites/{UNASSIGNED}", cents=unassigned)
    if not run.plan.enrollment:
        yield finding("TL-DATA-011", Severity.NOTE, "enrollment", cents=None)
