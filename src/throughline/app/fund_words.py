"""A fund rule in words: what it may pay for, and how its money lasts; and the groups that categories belong to."""

from collections.abc import Mapping

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


def pays_for(rule: FundRule, categories: Mapping[str, TcoCategory]) -> str:
    """Costs the fund may pay, with the limits that hold for all of them."""
    what = (
        ", ".join(categories[c].label if c in categories else GROUPS.get(c, c) for c in rule.eligible_categories)
        or "any lawful cost"
    )
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


def earmark_words(item: Earmark) -> str:
    """What an earmark allows or asks for; a minimum for work outside technology is named by its id."""
    share = f"{item.op.replace('_', ' ')} {(item.share * 100).normalize():f}%"
    if item.categories:
        return f"{share} for {', '.join(item.categories)}"
    return f"{share} kept for {item.id.replace('_', ' ')}, which this plan holds no cost of"
