"""The plan as a budget request: each part of its cost with the account the district's own chart has for it.

An account of the map that the imported export holds brings that account's segments as the finance system writes them; else its
string is taken apart in the export's order; else the codes are the plan's own (NCES) and the fund's account code. Amounts are
whole cents and add up to the budget cost of the plan, what no fund pays included.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from throughline.engine.calendar import Horizon
from throughline.engine.funding.against import Part, parts_of
from throughline.engine.funding.allocation import Allocation
from throughline.engine.funding.costclass import ALL_SITES
from throughline.engine.plan.finance import FinanceExport, FinanceLine
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import UNFUNDED

SEGMENTS = ("fund", "program", "function", "object", "project", "level", "site")
OWN_NAMES = {"fund": "fund_code", "site": "location"}  # segments that a finance line calls otherwise
NOT_FUNDED, NOT_MAPPED = "Not funded, no account yet", "Not in the account map"


@dataclass(frozen=True, slots=True)
class Asked:
    """One line of the request: the account and its segments by field name, what it is for, and the year."""

    fiscal_year: int
    account: str
    segments: tuple[str, ...]  # in the order of SEGMENTS
    category: str
    fund: str

    def field(self, name: str) -> str:
        """A field of the export's layout; '' for one that a request has not."""
        known: Mapping[str, str] = {"account": self.account, **dict(zip(SEGMENTS, self.segments, strict=True))}
        return known.get(name, "")


def layout_of(plan: Plan) -> FinanceExport | None:
    """The layout of the export with the most recent amounts, None when none was imported."""
    newest: dict[str, tuple[int, str]] = {}
    for line in plan.finance_lines:
        found = (line.fiscal_year, line.as_of.isoformat() if line.as_of else "")
        newest[line.document] = max(newest.get(line.document, found), found)
    by_id = {export.id: export for export in plan.finance_exports}
    of_document = {line.document: line.id.partition(".")[0] for line in plan.finance_lines}
    ranked = sorted(newest, key=lambda name: (newest[name], name))
    return next((by_id[of_document[name]] for name in reversed(ranked) if of_document[name] in by_id), None)


def request(allocation: Allocation, plan: Plan, horizon: Horizon) -> dict[Asked, int]:
    """Cents by line of the request, in the order of the years and accounts."""
    layout = layout_of(plan)
    sums: dict[Asked, int] = defaultdict(int)
    for year in horizon.years:
        for part in parts_of(allocation, plan, year.end_year):
            asked = Asked(year.end_year, _account(part), _segments(part, plan, layout), part.category, part.fund)
            sums[asked] += part.cents
    return dict(sorted(sums.items(), key=lambda item: _order(item[0])))


def _order(asked: Asked) -> tuple[object, ...]:
    return (
        asked.fiscal_year,
        asked.fund == UNFUNDED,
        asked.account == NOT_MAPPED,
        asked.account,
        asked.segments,
        asked.category,
    )


def _account(part: Part) -> str:
    if part.rule is not None:
        return part.rule.account
    return NOT_FUNDED if part.fund == UNFUNDED else NOT_MAPPED


def _segments(part: Part, plan: Plan, layout: FinanceExport | None) -> tuple[str, ...]:
    if part.line is not None:
        return tuple(_of_line(part.line))
    cut: dict[str, str] = {}
    if part.rule is not None and layout is not None and layout.separator and layout.separator in part.rule.account:
        cut = dict(zip(layout.parts, part.rule.account.split(layout.separator), strict=False))
    fund = plan.fund_by_id.get(part.fund)
    own = {
        "fund": (fund.account_fund or fund.id) if fund else "",
        "function": part.function,
        "object": part.object,
        "site": "" if part.site_group == ALL_SITES else part.site_group,
    }
    return tuple(cut.get(name) or own.get(name, "") for name in SEGMENTS)


def _of_line(line: FinanceLine) -> Iterator[str]:
    """Segments as the finance system writes them."""
    for name in SEGMENTS:
        yield str(getattr(line, OWN_NAMES.get(name, name)))
