"""May a fund pay a cost class? The answer names the rule that decided and where that rule stands.

Tested in order: site, category, object, function, outlay, recurrence, estimated life. Dates and amounts are the purse's questions
(`purse.py`). Life is the shortest planned life of the asset class (the district's standards, else the catalog); unknown
life never qualifies.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from throughline.engine.funding.costclass import CostClass, SiteGroups
from throughline.engine.funding.settings import Settings
from throughline.engine.ledger.dimensions import CAPITAL, ONE_TIME
from throughline.engine.plan.funds import Fund
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import Source
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.rulebook.fundrule import FundRule


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether the fund may pay; `code` is the reason (`eligible`, `site`, `category`, `object`, `function`,
    `capital_only`, `one_time_only`, `life_unknown`, `life_too_short`), `args` its values, `refs` the rule and the facts it looked at.
    """

    allowed: bool
    code: str = "eligible"
    args: tuple[tuple[str, str | int], ...] = ()
    refs: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Life:
    """Planned life of an asset class in years and where it was said."""

    years: int
    source: Source | None


def lives(plan: Plan, rules: RulesAt) -> dict[str, Life]:
    """Life by asset class: the catalog's, replaced by the shortest life among the district's standards of the class."""
    found = {item.id: Life(item.life_years, item.ref) for item in rules.book.asset_classes.values()}
    own: dict[str, Life] = {}
    for standard in plan.standards:
        if standard.life_years is not None:
            shorter = own.get(standard.asset_class)
            if shorter is None or standard.life_years < shorter.years:
                own[standard.asset_class] = Life(standard.life_years, standard.source)
    return found | own


def least_life(rule: FundRule, fund: Fund) -> int | None:
    """Least life in years the fund asks for: the district's setting (its state's law), else the rule's."""
    given = Settings(fund).years("min_life_years")
    return rule.min_life_years if given is None else given


def eligible(rule: FundRule, fund: Fund, cost: CostClass, life: Life | None, groups: SiteGroups) -> Verdict:
    """Whether `fund`, which follows `rule`, may pay `cost`; `life` is that of the asset class, None when unknown."""
    refs: tuple[Source, ...] = (rule.ref,) if rule.ref else ()
    if fund.sites and not groups.sites_of(cost.site_group) & set(fund.sites):
        return Verdict(False, "site", (("sites", ", ".join(fund.sites)),), (fund.source,) if fund.source else ())
    if not _matches(cost.category, rule.eligible_categories, rule.excluded_categories):
        return Verdict(False, "category", (("category", cost.category),), refs)
    if not _matches(cost.object, rule.eligible_objects, rule.excluded_objects):
        return Verdict(False, "object", (("object", cost.object),), refs)
    if not _matches(cost.function, rule.eligible_functions, ()):
        return Verdict(False, "function", (("function", cost.function),), refs)
    if rule.capital_only and cost.outlay != CAPITAL:
        return Verdict(False, "capital_only", (("outlay", cost.outlay),), refs)
    if rule.one_time_only and cost.recurrence != ONE_TIME:
        return Verdict(False, "one_time_only", (("recurrence", cost.recurrence),), refs)
    least = least_life(rule, fund)
    if least is not None:
        if life is None:
            return Verdict(False, "life_unknown", (("least", least), ("asset_class", cost.asset_class)), refs)
        refs = (*refs, life.source) if life.source else refs
        if life.years < least:
            return Verdict(False, "life_too_short", (("least", least), ("life", life.years)), refs)
    return Verdict(True, refs=refs)


def _matches(code: str, allowed: Iterable[str], excluded: Iterable[str]) -> bool:
    """Codes match by prefix; an empty allowed list allows all, exclusions win."""
    allowed = tuple(allowed)
    return (not allowed or code.startswith(allowed)) and not code.startswith(tuple(excluded))
