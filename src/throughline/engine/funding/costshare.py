"""What a fund pays of each cost when local money must pay a part: a match of its dollars, or a share of the project's cost.

A match of m local dollars for each dollar of the fund: the fund pays 1 / (1 + m). A cost share s of the project (SLCGP, 6 U.S.C.
665g): the fund pays 1 - s, and s follows the federal fiscal year of the award, which begins on 1 October of the year before.
The award letter goes first where it says another share (a state may pay the local part itself).
"""

from datetime import date
from decimal import Decimal

from throughline.engine.calendar import FEDERAL_START_MONTH
from throughline.engine.findings import Severity, finding
from throughline.engine.funding.settings import Settings
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.rulebook.fundrule import CostShare, FundRule
from throughline.engine.rulebook.parameter import Parameter


def pays_of(rule: FundRule, settings: Settings, rules: RulesAt) -> tuple[tuple[int, int] | None, bool]:
    """The part of each cost that the fund pays as (part, whole), None = all of it; and whether that is known at all."""
    if rule.cost_share is not None:
        local = local_share(rule.cost_share, settings, rules)
        if local is None:
            return None, False
        part, whole = (1 - local).as_integer_ratio()
        return (None if part == whole else (part, whole)), True
    if not rule.match_share:
        return None, True
    numerator, denominator = rule.match_share.as_integer_ratio()
    return (denominator, denominator + numerator), True


def local_share(terms: CostShare, settings: Settings, rules: RulesAt) -> Decimal | None:
    """Share of a project's cost that local money brings; None when it is not known, which is a finding."""
    own = settings.share("cost_share")
    if own is not None:
        return own
    years = settings.numbers("award_year")
    if not years:
        if not settings.text("award_year"):
            settings.missing("award_year")
        return None
    row = share_row(terms, years[0], bool(settings.yes("multi_entity")), rules)
    if row is None:
        settings.findings.append(
            finding(
                "TL-FUND-056",
                Severity.ERROR,
                f"funds/{settings.fund.id}",
                cents=None,
                fund=settings.fund.name,
                award=str(years[0]),
            )
        )
        return None
    return Decimal(row.value)


def share_row(terms: CostShare, award_year: int, group: bool, rules: RulesAt) -> Parameter | None:
    """The row of the award's federal fiscal year."""
    if not date.min.year < award_year <= date.max.year:
        return None
    return rules.find(terms.group if group else terms.single, date(award_year - 1, FEDERAL_START_MONTH, 1))
