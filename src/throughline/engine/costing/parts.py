"""Kinds of cost that come straight from the parts of a unit price bundle, or from one rulebook value per unit."""

from collections.abc import Callable

from throughline.engine.costing.base import CostContext, capitalization_threshold, fact, grown
from throughline.engine.ledger.dimensions import CAPITAL, DIRECT, ONE_TIME, OPERATING, RECURRING
from throughline.engine.ledger.trace import Fact, Trace, amount
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.lifecycle.unit_table import Kind
from throughline.engine.rulebook.catalog import PricePart


def part_kinds(ctx: CostContext, policy: Policy, producer: str, prefixes: tuple[str, ...]) -> list[Kind]:
    """Kinds of the bundle parts whose TCO category starts with one of `prefixes`."""
    return [_kind(ctx, policy, producer, part) for part in policy.parts if part.category.startswith(prefixes)]


def _kind(ctx: CostContext, policy: Policy, producer: str, part: PricePart) -> Kind:
    category = ctx.category(part.category)
    years = range(len(ctx.horizon))
    unit = _unit(ctx, part)
    threshold = capitalization_threshold(ctx)
    device = part.category == policy.asset_class.category and not part.recurs
    reaches = [device and int(amount(unit(y, 0))) >= threshold for y in years]
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
        unit=unit,
    )


def _unit(ctx: CostContext, part: PricePart) -> Callable[[int, int], Trace]:
    price = Fact(f"{part.part} price", part.cents, "cents", part.ref)

    def trace(year: int, _age: int) -> Trace:
        return grown(ctx, price, part.growth, year, f"{part.part} price")

    return trace


def rule_kind(ctx: CostContext, policy: Policy, name: str, label: str, code: str, when: str, path: str) -> list[Kind]:
    """A one-time operating cost per unit that the rulebook states under `path`; none when the value is absent or 0."""
    row = ctx.rules.find(path)
    if row is None or not row.value:
        return []
    category = ctx.category(code)
    years = len(ctx.horizon)
    price = fact(row, f"{label} per device")

    def unit(year: int, _age: int) -> Trace:
        return grown(ctx, price, "growth/services", year, price.name)

    return [
        Kind(
            name,
            label,
            code,
            DIRECT,
            (OPERATING,) * years,
            ONE_TIME,
            (category.object,) * years,
            policy.asset_class.function,
            category.obligation_month,
            when,
            unit,
        )
    ]
