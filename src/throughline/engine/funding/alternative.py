"""Alternative use: a small rural district spends a fund on the purposes of other programs, without moving the money.

ESEA 5211(a) (20 U.S.C. 7345): a district that qualifies for the small rural program may use Title II-A and IV-A money for
activities of Title I-A, II-A, III, IV-A and IV-B. What the fund may pay becomes what any of these may pay, and earmarks that
belong to the fund's own purpose do not hold. The district declares it per fund, after it told the state.
"""

from collections.abc import Iterable
from dataclasses import replace

from throughline.engine.funding.settings import Settings
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.rulebook.fundrule import FundRule

SETTING = "alternative_use"


def declared(rule: FundRule, settings: Settings) -> bool:
    """Whether the district uses the fund for other programs."""
    return rule.alternative_use is not None and bool(settings.yes(SETTING))


def widened(rule: FundRule, settings: Settings, rules: RulesAt) -> FundRule:
    """The rule as it stands, or with the purposes of the other programs when the district declared it."""
    if rule.alternative_use is None or not declared(rule, settings):
        return rule
    terms = rule.alternative_use
    others = [rule, *(rules.book.fund_rules[name] for name in terms.programs)]
    return replace(
        rule,
        eligible_categories=_any(item.eligible_categories for item in others),
        excluded_categories=_all([item.excluded_categories for item in others]),
        excluded_objects=_all([item.excluded_objects for item in others]),
        eligible_functions=_any(item.eligible_functions for item in others),
        eligible_objects=_any(item.eligible_objects for item in others),
        earmarks=tuple(item for item in rule.earmarks if item.id not in terms.lifts),
        conditions=terms.conditions,
    )


def _any(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Prefixes of every list; an empty list allows all, and so does the result."""
    found = list(lists)
    return () if not all(found) else tuple(sorted({prefix for prefixes in found for prefix in prefixes}))


def _all(lists: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Prefixes that every list holds."""
    return tuple(prefix for prefix in lists[0] if all(prefix in other for other in lists))
