"""A fund rule in words: what it may pay for, and how its money lasts; and the groups that categories belong to."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal

from throughline.engine.messages_en.names import NAMES
from throughline.engine.money import whole_dollars
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.rulebook.catalog import TcoCategory
from throughline.engine.rulebook.fundrule import Earmark, FundRule

GROUPS = {
    "D1": "Devices and equipment",
    "D2": "Software and licenses",
    "D3": "Network and connections",
    "D4": "Technology staff",
    "D5": "Services, repair and training",
    "D6": "Set-up and disposal",
    "D7": "Insurance and incident help",
}

LASTS = {
    "annual": "every year; what is unspent lapses unless some of it may be carried over",
    "term": "for a term of years",
    "one_time": "once, until its deadlines",
    "cycle": "a budget for a cycle of years, of which a share is paid",
    "federal": "every year, each allocation for a fixed number of months",
    "open": "a share of every eligible cost, without a budget",
    "gift": "once, until spent",
}


def category_words(codes: Iterable[str], categories: Mapping[str, TcoCategory]) -> str:
    """Categories and groups of them by name."""
    return ", ".join(categories[code].label if code in categories else GROUPS.get(code, code) for code in codes)


def pays_for(rule: FundRule, categories: Mapping[str, TcoCategory]) -> str:
    """Costs the fund may pay, with the limits that hold for all of them."""
    what = category_words(rule.eligible_categories, categories) or "any lawful cost"
    limits = [
        words
        for applies, words in (
            (bool(rule.eligible_functions), f"costs of function {' or '.join(rule.eligible_functions)} only"),
            (rule.capital_only, "capital items only"),
            (rule.one_time_only, "one-time costs only"),
            (rule.min_life_years is not None, f"life of {rule.min_life_years} years or more"),
            (rule.discount is not None, "the discounted share; the district pays the rest"),
        )
        if applies
    ]
    return what + (f" ({'; '.join(limits)})" if limits else "")


def earmark_words(item: Earmark, categories: Mapping[str, TcoCategory]) -> str:
    """What an earmark allows or asks for; a minimum for work outside technology is named by its id."""
    share = f"{item.op.replace('_', ' ')} {percent(item.share)}"
    name = NAMES.get(item.id) or item.id.replace("_", " ")
    if item.categories:
        return f"{share} for {name}: {category_words(item.categories, categories).lower()}"
    return f"{share} kept for {name}, which this plan holds no cost of"


def terms(rule: FundRule, rules: RulesAt) -> list[str]:
    """What else the rule asks for or allows, one sentence each, with the values in force."""
    categories = rules.book.categories
    found: list[str] = []
    for item in rule.earmarks:
        row = rules.find(item.share_from) if item.share_from else None
        known = replace(item, share=Decimal(row.value)) if row else item
        of = " of the technology portion" if item.portion else " of the allocation"
        least = (
            f", for an allocation of {_dollars(rules, item.from_allocation)} or more" if item.from_allocation else ""
        )
        found.append(earmark_words(known, categories).replace("%", f"%{of}", 1) + least)
    if limit := rule.carry_limit:
        found.append(
            f"at most {_share(rules, limit.share)} of an allocation may be committed after {rules.row(limit.after_months).value} "
            f"months when it is {_dollars(rules, limit.from_allocation)} or more; "
            f"a waiver once in {rules.row(limit.waiver_years).value} years"
        )
    if rule.match_share:
        found.append(f"{rule.match_share} local dollars for each of its own")
    if cost := rule.cost_share:
        years = [
            f"{row.effective_from.year + 1}: {percent(Decimal(row.value))}"
            for row in rules.book.parameters[cost.single]
        ]
        found.append(f"local share of each project by federal fiscal year of the award ({', '.join(years)})")
    if rule.transfer:
        way = {"in": "in from", "out": "out to", "both": "in from and out to"}[rule.transfer]
        found.append(f"money may be transferred {way} other funds of its kind")
    if use := rule.alternative_use:
        names = ", ".join(rules.book.fund_rules[name].title for name in use.programs if name != rule.id)
        found.append(f"a small rural district may use it for purposes of {names}")
    if aside := rule.set_aside:
        found.append(
            f"at most {_share(rules, aside.most_share)} of the award set aside for {aside.id.replace('_', ' ')} services"
        )
    if rule.effort_share:
        found.append(f"local spending of at least {_share(rules, rule.effort_share)} of the year before")
    return found


def percent(share: Decimal) -> str:
    """A share as people say it."""
    return f"{(share * 100).normalize():f}%"


def _share(rules: RulesAt, path: str) -> str:
    return percent(Decimal(rules.row(path).value))


def _dollars(rules: RulesAt, path: str) -> str:
    return whole_dollars(rules.cents(path))
