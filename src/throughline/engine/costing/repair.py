"""Repair and breakage of end-user devices: incidents by band and age, net of warranty cover, and losses of take-home
devices.

expected_repair = rate x mean cost x age multiplier x (1 - share covered while under warranty); expected_loss = loss
rate x replacement price x (1 - recovery rate)  (domain 1.1, 1.3; all defaults, to be replaced by the district's ticket
history).
"""

from collections.abc import Callable
from decimal import Decimal

from throughline.engine.costing.base import CostContext, block_of, grown
from throughline.engine.costing.contract_items import contract_items
from throughline.engine.ledger.block import Block
from throughline.engine.ledger.dimensions import DIRECT, OPERATING, RECURRING
from throughline.engine.ledger.trace import Fact, Step, Trace
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.lifecycle.unit_table import UNKNOWN_AGE, Kind
from throughline.engine.rulebook.catalog import PricePart

CATEGORY = "D5.2"
END_USER = "D1.1"


def unit_kinds(ctx: CostContext, policy: Policy, band: str) -> list[Kind]:
    """Repair per device-year by age, and expected loss for take-home devices; only for end-user devices."""
    if policy.asset_class.category != END_USER:
        return []
    last = int(ctx.rules.number("repair/age-multiplier-last-year"))
    warranty = ctx.rules.find(f"warranty/years/{policy.asset_class.id}") or ctx.rules.row("warranty/years")
    covered = Decimal(warranty.value)
    kinds = [
        _kind(ctx, policy, "repair.repair", "repair", lambda y, a: _repair(ctx, band, y, a, last, covered), last + 1)
    ]
    device = next((part for part in policy.parts if part.part == "device"), None)
    if device is not None and band in ("elementary", "middle", "high"):
        price = Fact("device price", device.cents, "cents", device.ref)
        kinds.append(_kind(ctx, policy, "repair.loss", "loss and theft", lambda y, _a: _loss(ctx, price, device, y), 1))
    return kinds


def _kind(
    ctx: CostContext, policy: Policy, name: str, label: str, unit: Callable[[int, int], Trace], ages: int
) -> Kind:
    category = ctx.category(CATEGORY)
    years = len(ctx.horizon)
    return Kind(
        name,
        label,
        CATEGORY,
        DIRECT,
        (OPERATING,) * years,
        RECURRING,
        (category.object,) * years,
        policy.asset_class.function,
        category.obligation_month,
        "service",
        unit,
        ages,
    )


def _repair(ctx: CostContext, band: str, year: int, age: int, last: int, warranty_years: Decimal) -> Trace:
    key = (band, year, age, age != UNKNOWN_AGE and age < warranty_years)
    if key not in ctx.repairs:
        ctx.repairs[key] = _expected(ctx, band, year, age, last, key[3])
    return ctx.repairs[key]


def _expected(ctx: CostContext, band: str, year: int, age: int, last: int, under_warranty: bool) -> Trace:
    own = f"repair/incident-rate/{band}"
    path = own if ctx.rules.find(own) else "repair/incident-rate/default"
    cost = grown(ctx, ctx.rule("repair/mean-cost", "mean repair cost"), "growth/services", year, "mean repair cost")
    terms: list[Trace] = [ctx.rule(path, "repairs per device and year"), cost]
    if age != UNKNOWN_AGE:
        path = f"repair/age-multiplier/{min(age, last - 1) + 1}"
        terms.append(ctx.rule(path, f"multiplier in year {age + 1} of service"))
        if under_warranty:
            covered = ctx.rule("repair/warranty-covered-share", "share covered by warranty")
            terms.append(Step("share not covered", "complement", (covered,), unit="share"))
    return Step(
        f"repair per device, {ctx.horizon.labels[year]}", "round", (Step("expected repair", "product", tuple(terms)),)
    )


def _loss(ctx: CostContext, price: Fact, device: PricePart, year: int) -> Trace:
    rate = ctx.rule("loss/rate", "share lost or stolen a year")
    kept = Step("not recovered", "complement", (ctx.rule("loss/recovery-rate", "share recovered"),), unit="share")
    value = grown(ctx, price, device.growth, year, "replacement price", device.priced_on)
    return Step(
        f"loss per device, {ctx.horizon.labels[year]}",
        "round",
        (Step("expected loss", "product", (rate, kept, value)),),
    )


def lines(ctx: CostContext) -> Block | None:
    """Repair, warranty and insurance contracts (TCO D5.2)."""
    return block_of(ctx, "repair", contract_items(ctx, (CATEGORY,)))
