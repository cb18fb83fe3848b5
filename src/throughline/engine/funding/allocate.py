"""Allocate: pay cost classes from funds under one of two policies with the same rules.

Rule order: year by year, funds in order of (priority, fund id); each fund pays what it may of what is still unpaid.
Within a year a lasting fund pays recurring cost first (staff and licences before new devices), money that ends pays
one-time cost first (so that it leaves the smaller cliff); then classes go by their key, the parts of one by time. Given
amounts: the same walk, but a fund pays a class only out of amounts a person (or the optimizer) gave it for that year and
category. A shared cost (a discount, or a match) is paid together with the local share of other eligible funds, in the same
order, or not at all. Cents are conserved per class, purses never overdrawn, and the order of the input is irrelevant.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from throughline.engine.calendar import FiscalYear, Horizon
from throughline.engine.funding.allocation import Allocation, Lapse, Unused
from throughline.engine.funding.allowances import Allowances
from throughline.engine.funding.costclass import CostClass, SiteGroups, cost_classes, cut, site_groups
from throughline.engine.funding.discounted import committed
from throughline.engine.funding.eligibility import lives
from throughline.engine.funding.payment import Run
from throughline.engine.funding.purse import Balance, purses
from throughline.engine.funding.resources import Purposed, money
from throughline.engine.funding.turns import turns
from throughline.engine.ledger.dimensions import ONE_TIME, RECURRING
from throughline.engine.ledger.ledger import Ledger
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import UNFUNDED
from throughline.engine.rulebook.book import RulesAt

GIVEN_AMOUNTS, RULE_ORDER = "given_amounts", "rule_order"


def allocate(ledger: Ledger, plan: Plan, rules: RulesAt, horizon: Horizon) -> Allocation:
    """Pay the budget lines of `ledger` from the plan's funds under the district's policy."""
    groups = site_groups(plan)
    classes = cost_classes(ledger, groups)
    return allocate_classes(classes, groups, plan, rules, horizon)


def allocate_classes(
    classes: Sequence[CostClass], groups: SiteGroups, plan: Plan, rules: RulesAt, horizon: Horizon
) -> Allocation:
    """As `allocate`, for classes already summed (a what-if runs the real allocation)."""
    owners, findings = money(plan, rules, horizon)
    ordered = tuple(sorted(cut(classes, turns(owners)), key=lambda item: (item.whole, item.since)))
    given = plan.district.allocation_policy == GIVEN_AMOUNTS
    run = Run(
        ordered,
        purses(owners),
        groups,
        lives(plan, rules),
        Allowances([row for row in plan.given_amounts if row.cents > 0] if given else None),
        [item.cents for item in ordered],
        [[0] * (len(owners) + 1) for _ in ordered],
    )
    balances, lapses = _walk(run, horizon)
    owners = tuple(_with_commitments(owner, balances, horizon) for owner in owners)
    for position, rest in enumerate(run.unpaid):
        run.paid[position][-1] = rest
    return Allocation(
        GIVEN_AMOUNTS if given else RULE_ORDER,
        ordered,
        (*(item.fund.id for item in owners), UNFUNDED),
        np.array(run.paid, np.int64).reshape(len(ordered), len(owners) + 1),
        tuple(run.fills),
        tuple(balances),
        tuple(lapses),
        _unused(run),
        owners,
        groups,
        findings,
    )


def _walk(run: Run, horizon: Horizon) -> tuple[list[Balance], list[Lapse]]:
    positions: dict[int, list[int]] = {}
    for position, item in enumerate(run.classes):
        positions.setdefault(item.fiscal_year, []).append(position)
    years = {year.end_year for year in horizon.years} | positions.keys()
    balances: list[Balance] = []
    lapses: list[Lapse] = []
    for end_year in sorted(years):
        year = FiscalYear(end_year, horizon.first.start_month)
        for purse in run.purses:
            purse.open_year(year)
        for which, purse in enumerate(run.purses):
            first = ONE_TIME if purse.owner.rule.one_time_money else RECURRING
            for position in sorted(positions.get(end_year, ()), key=lambda i: run.classes[i].recurrence != first):
                run.pay(which, position)
        for purse in run.purses:
            balance, lost = purse.close_year(year)
            balances.append(balance)
            lapses.extend(Lapse(resource, end_year, cents) for resource, cents in lost)
    return balances, lapses


def _with_commitments(owner: Purposed, balances: Sequence[Balance], horizon: Horizon) -> Purposed:
    """A discount without a budget with what it brought, year by year; other funds as they are."""
    if not owner.rule.unlimited:
        return owner
    start = horizon.first.start_month
    mine = [item for item in balances if item.fund == owner.fund.id and item.new]
    return replace(
        owner, resources=tuple(committed(owner, FiscalYear(item.fiscal_year, start), item.new) for item in mine)
    )


def _unused(run: Run) -> tuple[Unused, ...]:
    """Given amounts that were not honoured in full, each with the commonest reason the log gives for it."""
    found: list[Unused] = []
    for row in run.allowances.rows or []:
        rest = run.allowances.left[row.id]
        if not rest:
            continue
        matching = {
            i
            for i, item in enumerate(run.classes)
            if item.fiscal_year == row.fiscal_year and item.category.startswith(row.category)
        }
        reasons = Counter(
            str(dict(fill.args).get("stop", fill.code))
            for fill in run.fills
            if fill.fund == row.fund and fill.position in matching and (not fill.cents or fill.code == "paid_in_part")
        )
        code = min(reasons, key=lambda name: (-reasons[name], name)) if reasons else "covered"
        found.append(Unused(row, rest, code if matching else "no_cost"))
    return tuple(sorted(found, key=lambda item: item.given.id))
