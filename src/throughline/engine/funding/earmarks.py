"""Earmarks as a run works with them: shares looked up, portions taken from the district's settings, limits in cents.

Of an allocation A (a year's money, brought-forward money left out), an earmark with share s of a portion p (a share of
A) that leaves out b (another share of A) limits its categories to A x (s x p + b), rounded down, or asks for that,
rounded up. Example, ESEA 4106 and 4109(b): A = $120,000, technology portion 35 %: at least $24,000 and $24,000, and at
most 15 % of $42,000 = $6,300 for infrastructure.
"""

from collections.abc import Iterable
from dataclasses import replace
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from throughline.engine.findings import Severity, finding
from throughline.engine.funding.resource import BROUGHT_FORWARD, Resource
from throughline.engine.funding.settings import Settings
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.rulebook.fundrule import Earmark, FundRule


def resolved(rule: FundRule, settings: Settings, rules: RulesAt) -> FundRule:
    """The rule with every earmark in effect as a plain share of the allocation, and its least allocation in cents."""
    if not rule.earmarks:
        return rule
    held = [item for item in rule.earmarks if not item.share_from or rules.find(item.share_from)]
    return replace(rule, earmarks=tuple(_resolved(item, settings, rules) for item in held))


def _resolved(earmark: Earmark, settings: Settings, rules: RulesAt) -> Earmark:
    row = rules.row(earmark.share_from) if earmark.share_from else None
    share = earmark.share if row is None else Decimal(row.value)
    if earmark.portion:
        portion = settings.share(earmark.portion)
        if portion is None and not settings.text(earmark.portion):
            settings.findings.append(
                finding(
                    "TL-FUND-048",
                    Severity.WARNING,
                    f"funds/{settings.fund.id}",
                    cents=None,
                    rule=str(earmark.ref),
                    fund=settings.fund.name,
                    setting=earmark.portion,
                    earmark=earmark.id,
                )
            )
        share *= portion or 0
    if earmark.beside:
        share = min(share + (settings.share(earmark.beside) or 0), Decimal(1))
    least = rules.cents(earmark.from_allocation) if earmark.from_allocation else earmark.least_cents
    return replace(earmark, share=share, ref=earmark.ref if row is None else row.ref(), least_cents=least)


def counted(earmark: Earmark, allocation: int, whole: int | None = None) -> int:
    """The part of an allocation on which the earmark counts: all of it, or nothing below the least allocation.

    Money left of an earlier award keeps the shares of that award, so its size decides: `whole`, where it is known.
    """
    size = allocation if whole is None else whole
    return allocation if earmark.least_cents is None or size >= earmark.least_cents else 0


def most(earmark: Earmark, base: int) -> int:
    """Cents an at_most earmark allows."""
    return int((base * earmark.share).to_integral_value(ROUND_FLOOR))


def least(earmark: Earmark, base: int) -> int:
    """Cents an at_least earmark asks for."""
    return int((base * earmark.share).to_integral_value(ROUND_CEILING))


def allocations(resources: Iterable[Resource]) -> dict[int, int]:
    """Cents by fiscal year in which they arrive; what earlier years left counts with its first year."""
    found: dict[int, int] = {}
    for row in resources:
        found[row.fiscal_year] = found.get(row.fiscal_year, 0) + row.cents
    return found


def awarded(resources: Iterable[Resource]) -> dict[int, int]:
    """As `allocations`, without what earlier years left."""
    return allocations(row for row in resources if row.kind not in BROUGHT_FORWARD)
