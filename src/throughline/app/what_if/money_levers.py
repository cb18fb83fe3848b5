"""Levers over money: a fund that ends, a levy that fails, a cut of the general fund by percent or by amount."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from throughline.app.what_if.lever import InForce, Lever, Measure
from throughline.engine.funding.resources import Purposed
from throughline.engine.money import largest_remainder, round_half_up
from throughline.engine.plan.funds import Appropriation
from throughline.engine.plan.overlay import REMOVE, Override
from throughline.engine.run import PlanResult

GENERAL = "general"
RECEIVED = "received"
NONE, ONE = Decimal(0), Decimal(1)


def money_levers(result: PlanResult) -> Iterator[Lever]:
    """Levers of the funds that have money in the years of the plan."""
    first, last = result.horizon.first.end_year, result.horizon.last.end_year
    for owner in result.allocation.owners:
        if _rows(result, owner.fund.id) and owner.rule.discount is None:
            yield _ends(result, owner, first, last)
    for owner in result.allocation.owners:
        if owner.rule.renewable and owner.rule.id == "levy" and _rows(result, owner.fund.id):
            yield _fails(owner)
    general = frozenset(owner.fund.id for owner in result.allocation.owners if owner.rule.id == GENERAL)
    yearly = _by_year(result.plan.appropriations, general, first, last)
    if yearly:
        yield _percent(general)
        yield _amount(general, max(sum(row.cents for row in rows) for rows in yearly.values()))


def _rows(result: PlanResult, fund: str) -> list[Appropriation]:
    first = result.horizon.first.end_year
    return [
        row for row in result.plan.appropriations if row.fund == fund and row.fiscal_year >= first and row.cents > 0
    ]


def _ends(result: PlanResult, owner: Purposed, first: int, last: int) -> Lever:
    fund = owner.fund.id
    now = min(max(row.fiscal_year for row in _rows(result, fund)), last)

    def change(at: InForce, year: Decimal) -> tuple[Override, ...]:
        later = (row for row in at.plan.appropriations if row.fund == fund and row.fiscal_year > year)
        return tuple(Override(f"appropriations/{row.id}", REMOVE) for row in later)

    return Lever(
        f"ends-{fund}", "money", f"Last year of {owner.fund.name}", Measure.FISCAL_YEAR, Decimal(first - 1), Decimal(now),
        ONE, Decimal(now),
        "No new money comes in after this fiscal year. What is left by then may still be spent as the fund's rule allows.",
        change,
    )  # fmt: skip


def _fails(owner: Purposed) -> Lever:
    fund = owner.fund.id

    def change(at: InForce, value: Decimal) -> tuple[Override, ...]:
        mine = (row for row in at.plan.appropriations if row.fund == fund and row.certainty != RECEIVED)
        return tuple(Override(f"appropriations/{row.id}", REMOVE) for row in mine if value)

    return Lever(
        f"fails-{fund}", "money", f"{owner.fund.name} fails", Measure.YES_NO, NONE, ONE, ONE, NONE,
        "Everything this levy was to bring is taken out, except amounts marked as received.", change,
    )  # fmt: skip


def _percent(general: frozenset[str]) -> Lever:
    def change(at: InForce, percent: Decimal) -> tuple[Override, ...]:
        rows = _of_plan(at, general)
        return tuple(_cents(row, round_half_up(row.cents * (100 - percent) / 100)) for row in rows)

    return Lever(
        "cut-percent", "money", "General fund cut by", Measure.PERCENT, NONE, Decimal(100), ONE, NONE,
        "Every appropriation of the general fund in the years of the plan is smaller by this share. Costs stay as they are; "
        "what other funds cannot take over is not funded.",
        change,
    )  # fmt: skip


def _amount(general: frozenset[str], most: int) -> Lever:
    """Withheld from the appropriations of a year in proportion to their size; no more than there is."""

    def change(at: InForce, amount: Decimal) -> tuple[Override, ...]:
        found: list[Override] = []
        first, last = at.horizon.first.end_year, at.horizon.last.end_year
        for rows in _by_year(at.plan.appropriations, general, first, last).values():
            cut = min(int(amount * 100), sum(row.cents for row in rows))
            parts = largest_remainder(cut, [row.cents for row in rows])
            found += [_cents(row, row.cents - part) for row, part in zip(rows, parts, strict=True)]
        return tuple(found)

    return Lever(
        "cut-amount", "money", "Withheld from the general fund each year", Measure.DOLLARS, NONE, Decimal(most // 100),
        Decimal(1000), NONE,
        "So many dollars of the general fund's appropriations are withheld in each year of the plan, no more than the year "
        "has. Costs stay as they are; what other funds cannot take over is not funded.",
        change,
    )  # fmt: skip


def _of_plan(at: InForce, funds: frozenset[str]) -> Iterator[Appropriation]:
    yearly = _by_year(at.plan.appropriations, funds, at.horizon.first.end_year, at.horizon.last.end_year)
    return (row for rows in yearly.values() for row in rows)


def _by_year(
    rows: tuple[Appropriation, ...], funds: frozenset[str], first: int, last: int
) -> dict[int, list[Appropriation]]:
    """Money that comes in by year of the plan, in order of id; amounts below zero are debts, not to be cut."""
    found: dict[int, list[Appropriation]] = defaultdict(list)
    for row in rows:
        if row.fund in funds and first <= row.fiscal_year <= last and row.cents > 0:
            found[row.fiscal_year].append(row)
    return dict(sorted(found.items()))


def _cents(row: Appropriation, cents: int) -> Override:
    return Override(f"appropriations/{row.id}/cents", str(cents))
