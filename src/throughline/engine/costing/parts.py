"""Kinds of cost that come straight from the parts of a unit price bundle, or from one rulebook value per unit.

Capital or operating is decided for one unit: the price of the device with what is needed to place it into service meets the
threshold together, and is capital together (GASB 34, paragraph 18; 2 CFR 200.1, acquisition cost). Which parts these are is
data, `capital/unit-cost/<part>`; a license, a warranty or a share of a cart is none of them.
"""

from collections.abc import Callable

from throughline.engine.costing.base import CostContext, capitalization_threshold, fact, grown
from throughline.engine.ledger.dimensions import CAPITAL, DIRECT, ONE_TIME, OPERATING, RECURRING
from throughline.engine.ledger.trace import Fact, Trace, amount
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.lifecycle.unit_table import Kind
from throughline.engine.rulebook.catalog import PricePart

UNIT_COST = "capital/unit-cost"
DEVICE, SETUP = "device", "setup"
SETUP_CATEGORY = "D6.1"


def part_kinds(ctx: CostContext, policy: Policy, producer: str, prefixes: tuple[str, ...]) -> list[Kind]:
    """Kinds of the bundle parts whose TCO category starts with one of `prefixes`."""
    return [_kind(ctx, policy, producer, part) for part in policy.parts if part.category.startswith(prefixes)]


def _kind(ctx: CostContext, policy: Policy, producer: str, part: PricePart) -> Kind:
    category = ctx.category(part.category)
    device = part.category == policy.asset_class.category and not part.recurs
    counts = _counts(ctx, part)
    reaches = [counts and hit for hit in capital_years(ctx, policy)]
    below = policy.asset_class.object_below if device else category.object
    return Kind(
        id=f"{producer}.{part.part}",
        label=part.part.replace("_", " "),
        category=part.category,
        cost_type=DIRECT,
        outlay=tuple(CAPITAL if hit else OPERATING for hit in reaches),
        recurrence=RECURRING if part.recurs else ONE_TIME,
        object=tuple(policy.asset_class.object_above if hit else below for hit in reaches),
        function=policy.asset_class.function,
        fiscal_month=category.obligation_month,
        when="service" if part.recurs else "purchase",
        unit=_unit(ctx, part),
    )


def capital_years(ctx: CostContext, policy: Policy) -> tuple[bool, ...]:
    """By plan year whether one unit reaches the district's capitalization threshold."""
    found = ctx.capital.get(policy.id)
    if found is None:
        units = [
            _unit(ctx, part)
            for part in policy.parts
            if _counts(ctx, part) and not (policy.lease and part.part == DEVICE)
        ]
        added = setup_price(ctx, policy)
        if added is not None and said(ctx, SETUP):
            units.append(_of_rule(ctx, added))
        threshold = capitalization_threshold(ctx)
        years = range(len(ctx.horizon))
        found = tuple(bool(units) and sum(int(amount(unit(y, 0))) for unit in units) >= threshold for y in years)
        ctx.capital[policy.id] = found
    return found


def setup_price(ctx: CostContext, policy: Policy) -> Fact | None:
    """What set-up of one device costs by the rulebook; None when the bundle has set-up of its own or nothing is stated."""
    if any(part.category == SETUP_CATEGORY for part in policy.parts):
        return None
    row = ctx.rules.find(f"deployment/cost/{policy.asset_class.device_kind}")
    return fact(row, "set-up per device") if row is not None and row.value else None


def _counts(ctx: CostContext, part: PricePart) -> bool:
    return not part.recurs and said(ctx, part.part)


def said(ctx: CostContext, part: str) -> bool:
    """Whether a part belongs to the cost of one unit; of a part nobody names it is not known, so it does not."""
    row = ctx.rules.find(f"{UNIT_COST}/{part}")
    return row is not None and str(row.value).casefold() == "yes"


def _unit(ctx: CostContext, part: PricePart) -> Callable[[int, int], Trace]:
    price = Fact(f"{part.part} price", part.cents, "cents", part.ref)

    def trace(year: int, _age: int) -> Trace:
        return grown(ctx, price, part.growth, year, f"{part.part} price", part.priced_on)

    return trace


def rule_kind(
    ctx: CostContext, policy: Policy, name: str, label: str, code: str, when: str, price: Fact, *, kept: bool = False
) -> Kind:
    """A one-time cost per unit that the rulebook states; `kept` = part of the cost of the unit, so capital with it."""
    category = ctx.category(code)
    reaches = capital_years(ctx, policy) if kept else (False,) * len(ctx.horizon)
    return Kind(
        name,
        label,
        code,
        DIRECT,
        tuple(CAPITAL if hit else OPERATING for hit in reaches),
        ONE_TIME,
        tuple(policy.asset_class.object_above if hit else category.object for hit in reaches),
        policy.asset_class.function,
        category.obligation_month,
        when,
        _of_rule(ctx, price),
    )


def _of_rule(ctx: CostContext, price: Fact) -> Callable[[int, int], Trace]:
    def unit(year: int, _age: int) -> Trace:
        return grown(ctx, price, "growth/services", year, price.name)

    return unit
