"""Local account strings: the row of the imported account map that fits a cost and its fund, the most specific row
winning.

A row names fund, function, object, category and site, or `*` for any. Function and object codes are hierarchical (NCES
2015-347): 2200 takes 2230, 600 takes 650. Of the rows that fit, the one with the most named codes wins; among equals the
one that names the earlier of fund, function, object, category, site, then the one with finer codes, then the earlier
id. No row = unmapped.
"""

from collections.abc import Iterable

from throughline.engine.funding.costclass import CostClass
from throughline.engine.plan.assumptions import AccountRule
from throughline.engine.plan.funds import Fund

ANY = "*"


def account_of(rules: Iterable[AccountRule], fund: Fund, cost: CostClass) -> AccountRule | None:
    """The account row for a class paid by `fund`; a row may name our fund id or the local chart's fund code."""
    codes = {fund.id, fund.account_fund} - {""}
    fitting = [
        rule
        for rule in rules
        if (rule.fund == ANY or rule.fund in codes)
        and _takes(rule.function, cost.function)
        and _takes(rule.object, cost.object)
        and rule.category in (ANY, cost.category)
        and rule.site in (ANY, cost.site_group)
    ]
    return min(fitting, key=_specificity, default=None)


def _takes(stated: str, code: str) -> bool:
    """Whether a stated code is the code, a level above it, or any."""
    return stated in (ANY, code) or (
        len(stated) == len(code) and stated[-1:] == "0" and code.startswith(_level(stated))
    )


def _level(code: str) -> str:
    """The digits that a level of the chart shares: `22` of 2200."""
    return code.rstrip("0") or code


def _specificity(rule: AccountRule) -> tuple[int, tuple[bool, ...], int, str]:
    open_codes = tuple(code == ANY for code in (rule.fund, rule.function, rule.object, rule.category, rule.site))
    finer = len(_level(rule.function)) + len(_level(rule.object))
    return sum(open_codes), open_codes, -finer, rule.id
