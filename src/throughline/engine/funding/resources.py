"""Resources: the money of every fund of a plan. Money in is never a negative cost.

Annual money ends with its fiscal year except for the share that may be carried; term money with the term; one-time
money on its obligation deadline; federal money so many months after 1 July; a discount cycle with its last funding year;
a gift when it is spent. A discount without a budget has no money of its own: it brings what it pays.
"""

from throughline.engine.calendar import Horizon
from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.funding.alternative import widened
from throughline.engine.funding.appropriated import appropriated
from throughline.engine.funding.costshare import pays_of
from throughline.engine.funding.discounted import discounted, not_used
from throughline.engine.funding.earmarks import resolved
from throughline.engine.funding.resource import BROUGHT_FORWARD, Purposed, Resource
from throughline.engine.funding.settings import Settings
from throughline.engine.plan.plan import Plan
from throughline.engine.rulebook.book import RulesAt

__all__ = ["BROUGHT_FORWARD", "Purposed", "Resource", "money", "resources"]


def money(plan: Plan, rules: RulesAt, horizon: Horizon) -> tuple[tuple[Purposed, ...], tuple[Finding, ...]]:
    """Every fund whose rule is known, with its resources, in rule order; and what could not be used."""
    findings: list[Finding] = []
    found: list[Purposed] = []
    for fund in plan.funds:
        rule = rules.book.fund_rules.get(fund.kind)
        if rule is None:
            findings.append(
                finding("TL-FUND-001", Severity.ERROR, f"funds/{fund.id}", cents=None, fund=fund.name, kind=fund.kind)
            )
            continue
        settings = Settings(fund)
        priority = rule.priority if fund.priority is None else fund.priority
        own = [row for row in plan.appropriations if row.fund == fund.id]
        if rule.discount is not None:
            pays, rows = discounted(fund, rule.discount, settings, plan, rules, horizon)
            findings.extend(not_used(own, fund, rule.discount))
        else:
            pays, known = pays_of(rule, settings, rules)
            rows = appropriated(fund, rule, own, settings, rules, horizon, findings) if known else ()
        rule = resolved(widened(rule, settings, rules), settings, rules)
        settings.check(rule.settings)
        findings.extend(dict.fromkeys(settings.findings))
        found.append(Purposed(fund, rule, priority, pays, rows))
    return tuple(sorted(found, key=lambda item: item.order)), tuple(findings)


def resources(plan: Plan, rules: RulesAt, horizon: Horizon) -> tuple[Resource, ...]:
    """All resources in rule order of their funds."""
    return tuple(row for item in money(plan, rules, horizon)[0] for row in item.resources)
