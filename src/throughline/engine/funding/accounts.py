"""Local account strings: the row of the imported account map that fits a cost and its fund, the most specific row
winning.

A row names fund, function, object, category and site, or `*` for any. Of the rows that fit, the one with the most named
codes wins; among equals the one that names the earlier of fund, function, object, category, site, then the earlier id.
No row = unmapped.
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
        and rule.function in (ANY, cost.function)
        and rule.object in (ANY, cost.object)
        and rule.category in (ANY, cost.category)
        and rule.site in (ANY, cost.site_group)
    ]
    return min(fitting, key=_specificity, default=None)


def _specificity(rule: AccountRule) -> tuple[int, tuple[bool, ...], str]:
    open_codes = tuple(code == ANY for code in (rule.fund, rule.function, rule.object, rule.category, rule.site))
    return sum(open_codes), open_codes, rule.id
