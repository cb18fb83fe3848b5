"""The ordinary run at class grain: every stage as `engine.run` runs it, over kept counts with alike sites added up.

Demand is shared out in whole devices by site, so classes bought by need, by grade or for growth go through that stage with
all their sites, and are added up after it; their results are remembered until something they depend on moves. Indirect cost,
which no fund pays, and checks are left out. Sums by year, category and fund equal those of the full run to the cent. Only where
a decision names a number of devices may the two differ: which devices it takes depends on the order of the sites.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from throughline.app.what_if.remembered import Remembered
from throughline.engine.calendar import Horizon, month_index
from throughline.engine.costing import contingency, indirect, repair
from throughline.engine.costing.base import CostContext
from throughline.engine.costing.producers import (
    LISTS,
    OF_CONTRACTS,
    ListProducer,
    common_kinds,
    device_blocks,
    list_block,
)
from throughline.engine.demand.pupil_trace import PupilTraces
from throughline.engine.demand.pupils import Pupils
from throughline.engine.demand.purchases import Stock
from throughline.engine.demand.settings import projecting
from throughline.engine.funding.allocate import allocate_classes
from throughline.engine.funding.allocation import Allocation
from throughline.engine.funding.costclass import cost_classes, site_groups
from throughline.engine.ledger.block import Block
from throughline.engine.ledger.ledger import Ledger
from throughline.engine.lifecycle.clocks import vendor_months
from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.engine.lifecycle.decide import decided
from throughline.engine.lifecycle.early import without_surplus
from throughline.engine.lifecycle.fleet_trace import FleetTraces
from throughline.engine.lifecycle.fold import alike, fold
from throughline.engine.lifecycle.groups import Group, Part, groups_of, parts_of
from throughline.engine.lifecycle.holdings import Holdings
from throughline.engine.lifecycle.new_units import Needed, NewUnits, demanded, needed, sited, stock
from throughline.engine.lifecycle.policies import ANY_ROLE, END_USER, Policy, policies
from throughline.engine.lifecycle.projection import FleetProjection, PolicyUnits, fleet_of, sites_of, units_of
from throughline.engine.lifecycle.unit_table import Kind
from throughline.engine.plan.decisions import ANY
from throughline.engine.plan.overlay import Override, Scenario, overlay, rule_overrides
from throughline.engine.plan.plan import NOUNS, Plan, without_records
from throughline.engine.plan.standards import Driver
from throughline.engine.plan.usable import usable
from throughline.engine.refs import DISTRICT
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.rulebook.district import district_rows, unreadable
from throughline.engine.run import PlanResult

QUICK = frozenset(
    {"standards", "decisions", "funds", "appropriations", "given_amounts", "contracts", "goals", "initiatives"}
)  # nouns whose change needs no new folding
OF_DEVICES = ("spare/", "enrollment/", "devices/")  # rules that move counts, never what one costs
REPAIR = "growth/services"  # growth of what a repair costs
OF_PARTS = ("growth/hardware", "growth/licence")  # growth of prices in bundles, never of a contract or salary
KEPT = 2_000  # results remembered, of stages and of cost lists each


@dataclass(frozen=True)
class Sums:
    """What a run at class grain comes to."""

    plan: Plan
    horizon: Horizon
    ledger: Ledger  # without indirect cost
    allocation: Allocation
    fleet: FleetProjection


class ClassGrain:
    """One plan prepared for many small runs. Not shared between threads: it remembers what stages found."""

    def __init__(self, result: PlanResult) -> None:
        self.result, self.inputs = result, result.inputs
        self.ahead = result.horizon.ahead(self.inputs.as_of)
        cohorts, plan = self.inputs.cohorts, result.plan
        names, apart = {*cohorts.sites, *plan.site_by_id}, _apart(plan)
        level, plain = (alike(names, plan.site_by_id, apart, levels) for levels in (True, False))
        self.folding = fold(cohorts, level, _plain(result), plain)
        self.months = vendor_months(cohorts, self.inputs.support)
        self._found = Remembered(KEPT)
        self._costs = Remembered(KEPT)

    def exact(self, plan: Plan) -> bool:
        """Whether sums equal those of the full run to the cent."""
        return all(item.count is None for item in plan.decisions)

    def fits(self, overrides: Sequence[Override]) -> bool:
        """Whether a run at class grain can answer; what moves sites or pupils themselves is for the full run."""
        nouns = {item.path.partition("/")[0] for item in overrides}
        return self.inputs.decisions is None and nouns <= {*QUICK, "rules"}

    def run(self, overrides: Sequence[Override]) -> Sums:
        """The plan with overrides on top of its scenario; raises OverrideError for one that does not fit."""
        scenario = Scenario("what-if", tuple(overrides))
        plan = self._usable(overlay(self.result.plan, scenario), {o.path.partition("/")[0] for o in overrides})
        changed = rule_overrides(scenario)
        rules = self._rules(plan, changed)
        pupils = self._pupils(rules)
        folded = self.folding.folded
        chosen = policies(plan, rules, folded)
        held, new, fleet = self._fleet(plan, chosen, pupils)
        counted = PupilTraces(pupils)
        holdings = Holdings(folded, [g for groups in held.values() for g in groups], self.ahead, plan.decisions)
        traces = FleetTraces(plan, chosen, holdings, list(new.values()), counted, fleet)
        ctx = CostContext(
            plan,
            rules,
            self.ahead,
            self.inputs.as_of,
            folded,
            lambda year, site: counted.total(self.ahead.years[year], site),
            traces.serving,
            self._costs,
            self._found.once(("repairs", _moved(changed, frozenset({REPAIR}))), dict),
        )
        blocks: list[Block] = []
        for policy in chosen:
            blocks += self._devices(ctx, policy, held[policy.id], new.get(policy.id), traces, changed)
        blocks += self._lists(ctx, changed, fleet, pupils)
        over = contingency.lines(ctx, blocks)
        ledger = Ledger((*blocks, *([over] if over else [])))
        parts = site_groups(plan)
        allocation = allocate_classes(cost_classes(ledger, parts), parts, plan, rules, self.result.horizon)
        for trees in (
            ctx.prices,
            ctx.factors,
        ):  # nothing is explained while a lever moves; unit costs are kept as cents
            trees.clear()
        return Sums(plan, self.ahead, ledger, allocation, fleet)

    def _fleet(
        self, plan: Plan, chosen: Sequence[Policy], pupils: Pupils
    ) -> tuple[dict[str, list[Group]], dict[str, NewUnits], FleetProjection]:
        """Groups and purchases by policy, and what they come to; neither depends on a price."""
        folded = self.folding.folded
        held = self._groups(plan, chosen)
        new: dict[str, NewUnits] = {}
        for policy in chosen:
            if not policy.renews or policy.grows:
                held[policy.id], bought = self._demand(plan, policy, chosen, pupils, held[policy.id])
                new |= {policy.id: bought} if bought is not None else {}
        sites = sites_of(folded, new.values())
        rows = [self._units(policy, held[policy.id], new.get(policy.id), sites) for policy in chosen]
        key = ("fleet", _named(chosen), sites, tuple(map(id, rows)))
        fleet = fleet_of(folded, chosen, [row for row in rows if row is not None], self.ahead, sites)
        return held, new, self._found.once(key, lambda: (rows, fleet))[1]

    def _groups(self, plan: Plan, chosen: Sequence[Policy]) -> dict[str, list[Group]]:
        """The fleet by policy. While nothing moves it stays the same object: blocks go by it."""
        keys = {policy.id: ("groups", policy.id, self._leaving(plan, chosen, policy)) for policy in chosen}
        missing = {name for name, key in keys.items() if key not in self._found}
        if missing:
            made: dict[str, list[Group]] = {name: [] for name in keys}
            for group in self._decided(plan, chosen, self.folding.folded, missing if self.exact(plan) else None):
                made[group.policy.id].append(group)
            for name in missing:
                self._found[keys[name]] = made[name]
        return {name: self._found[key] for name, key in keys.items()}

    def _leaving(self, plan: Plan, chosen: Sequence[Policy], policy: Policy) -> Hashable:
        """What decides which devices are a policy's, and when they leave."""
        # a decision that counts devices may take them from one policy or another
        clocks = _clocks(policy) if self.exact(plan) else tuple(map(_clocks, chosen))
        return clocks, _named(chosen), plan.decisions

    def _decided(
        self, plan: Plan, chosen: Sequence[Policy], cohorts: Cohorts, only: Collection[str] | None
    ) -> tuple[Group, ...]:
        """Groups of some policies. Those of the policies alone stay while only decisions move."""
        mine = [policy for policy in chosen if only is None or policy.id in only]
        as_of = month_index(self.inputs.as_of)

        def undecided() -> tuple[list[Part], tuple[Group, ...]]:
            parts = parts_of(cohorts, chosen, plan.site_by_id, self.months, self.ahead, as_of, only)
            return parts, groups_of(parts, cohorts, self.ahead)

        # the cohorts stay as long as this object, so that nothing else can take their place
        key = ("undecided", id(cohorts), tuple(map(_clocks, mine)), _named(chosen))
        return decided(*self._found.once(key, undecided), cohorts, self.ahead, plan.decisions)[0]

    def _units(
        self, policy: Policy, groups: Sequence[Group], new: NewUnits | None, sites: tuple[str, ...]
    ) -> PolicyUnits | None:
        """Counts of a policy; None when it has no devices and buys none."""
        if not groups and new is None:
            return None
        # groups and purchases are kept beside what they come to, so that nothing else can take their place
        key = ("units", _counted(policy), id(groups), id(new), sites)
        folded = self.folding.folded
        return self._found.once(key, lambda: (groups, new, units_of(folded, policy, groups, new, self.ahead, sites)))[2]

    def _devices(
        self,
        ctx: CostContext,
        policy: Policy,
        groups: Sequence[Group],
        new: NewUnits | None,
        traces: FleetTraces,
        changed: Mapping[str, str],
    ) -> list[Block]:
        """Blocks of one policy, made again when its devices or a price of theirs has moved."""
        moved = _prices(policy, changed)

        def kinds_at(of: Policy, band: str) -> Sequence[Kind]:
            key = (of.id, of.asset_class.id, of.parts, of.lease, of.life_years if of.lease else 0, moved)
            shared = self._found.once(("kinds", key), lambda: common_kinds(ctx, of))
            return self._found.once(("kinds", key, band), lambda: [*shared, *repair.unit_kinds(ctx, of, band)])

        def make() -> tuple[object, object, list[Block]]:
            mine = [replace(group, policy=policy) for group in groups]
            bought = [replace(new, policy=policy)] if new is not None else []
            return groups, new, device_blocks(ctx, mine, bought, traces, "numpy", kinds_at)

        # groups and purchases are kept beside the blocks, so that nothing else can take their place
        return self._found.once(("devices", policy, moved, id(groups), id(new)), make)[2]

    def _usable(self, plan: Plan, nouns: set[str]) -> Plan:
        """The plan without changed records that cannot be computed with; the others were looked through before."""
        mine = [noun for noun in nouns if noun in NOUNS]
        if not mine:
            return plan
        part = Plan(plan.district, **{noun: getattr(plan, noun) for noun in mine})
        book = self.inputs.rulebook
        checked, _ = usable(
            part, book.asset_classes, lambda item: unreadable(book, item), self.ahead.first.end_year - 1
        )
        for noun in mine:
            gone = {r.id for r in getattr(part, noun)} - {r.id for r in getattr(checked, noun)}
            plan = without_records(plan, noun, frozenset(gone)) if gone else plan
        return plan

    def _rules(self, plan: Plan, changed: Mapping[str, str]) -> RulesAt:
        if not changed:
            return self.result.rules
        known = rule_overrides(self.inputs.scenario)
        return district_rows(self.inputs.rulebook, plan, {**known, **changed}, self.inputs.as_of).at(self.inputs.as_of)

    def _pupils(self, rules: RulesAt) -> Pupils:
        """Pupils under the rules; what was counted is not read again."""
        base = self.result.pupils
        how = projecting(rules) if rules is not self.result.rules else base.how
        if how == base.how:
            return base
        return self._found.once(("pupils", how), lambda: base.under(how))

    def _demand(
        self, plan: Plan, policy: Policy, chosen: Sequence[Policy], pupils: Pupils, held: list[Group]
    ) -> tuple[list[Group], NewUnits | None]:
        """Fleet and purchases of a class that demand drives: shared out with all sites, then added up over alike ones."""
        asks = policy.standard.per == "pupil" or policy.standard.driver is not Driver.NEED
        counts = pupils.how if asks else None
        key = ("demand", _counted(policy), counts, self._met_by(plan, chosen, policy))
        groups, new = self._found.once(key, lambda: self._demanded(plan, policy, chosen, pupils))
        return held if groups is None else groups, new

    def _demanded(
        self, plan: Plan, policy: Policy, chosen: Sequence[Policy], pupils: Pupils
    ) -> tuple[list[Group] | None, NewUnits | None]:
        """Purchases, and the fleet where devices of it leave early; None where it is as the clocks have it."""
        full = self.folding.by_class.get(policy.standard.asset_class)
        if full is None:
            new = demanded(plan, policy, (), self.folding.folded, pupils, self.ahead)
            return None, self.folding.purchases(new, self.ahead) if new is not None else None
        mine, there = self._there(plan, policy, chosen, full, sited(policy, pupils, self.ahead))
        need = self._need(plan, policy, pupils) if policy.standard.driver is Driver.NEED else None
        new = demanded(plan, policy, mine, full, pupils, self.ahead, there, need)
        if new is None:
            return None, None
        left = without_surplus(mine, [new], full, self.ahead)
        early = any(after is not before for after, before in zip(left, mine, strict=True))
        return [self.folding.group(group) for group in left] if early else None, self.folding.purchases(new, self.ahead)

    def _need(self, plan: Plan, policy: Policy, pupils: Pupils) -> Needed:
        """What a class needs, whatever there is already and however long it lives."""
        item = policy.standard
        key = ("need", policy.id, item.per, item.ratio, item.grades, item.staff_roles, policy.spare_share, pupils.how)
        return self._found.once(key, lambda: needed(plan, policy, pupils, self.ahead))

    def _there(
        self, plan: Plan, policy: Policy, chosen: Sequence[Policy], full: Cohorts, by_site: bool
    ) -> tuple[list[Group], Stock]:
        """The fleet of a class with all its sites, and what of it meets need: neither depends on how much is needed."""

        def make() -> tuple[list[Group], Stock]:
            found = self._decided(plan, chosen, full, {policy.id} if self.exact(plan) else None)
            mine = [group for group in found if group.policy.id == policy.id]
            return mine, stock(mine, full, self.ahead, by_site)

        return self._found.once(("there", policy.id, self._met_by(plan, chosen, policy), by_site), make)

    def _met_by(self, plan: Plan, chosen: Sequence[Policy], policy: Policy) -> Hashable:
        """What decides which devices meet the need of a policy: only where need is met from the fleet, when they leave."""
        needed = policy.standard.driver is Driver.NEED or not self.exact(plan)
        return self._leaving(plan, chosen, policy) if needed else _named(chosen)

    def _lists(
        self, ctx: CostContext, changed: Mapping[str, str], fleet: FleetProjection, pupils: Pupils
    ) -> list[Block]:
        """Blocks of contracts, staff and published requests, made again when something they read has moved."""
        moving = any(item.basis == "device" for item in ctx.plan.contracts)
        serving = tuple(row.in_service.tobytes() for row in fleet.rows) if moving else ()
        rules = tuple(sorted(item for item in changed.items() if not item[0].startswith((*OF_DEVICES, *OF_PARTS))))
        nouns = tuple(getattr(ctx.plan, noun) for noun in ("contracts", "goals", "initiatives"))

        def blocks(item: ListProducer) -> tuple[object, Block | None]:
            # the nouns are kept beside their block, so that nothing else can take their place
            return nouns, list_block(ctx, item, self.result.horizon)

        found = []
        for item in LISTS:
            asked = serving if item in OF_CONTRACTS else ()
            key = ("list", item, tuple(map(id, nouns)), pupils.how, asked, rules)
            if item is not indirect.lines and (block := self._found.once(key, partial(blocks, item))[1]) is not None:
                found.append(block)
        return found


def _counted(policy: Policy) -> Hashable:
    """What of a policy its devices depend on: all but prices."""
    standard = replace(policy.standard, unit_price_cents=None, lease_year_cents=None, price_note="")
    return standard, policy.life_years, policy.spare_share, policy.growth


def _clocks(policy: Policy) -> Hashable:
    """What of a policy decides when its devices leave."""
    return policy.id, policy.life_years, policy.standard.clocks, policy.standard.driver


def _named(chosen: Sequence[Policy]) -> Hashable:
    """What decides which device is of which policy."""
    return tuple((policy.id, policy.asset_class.id, policy.standard.role, policy.implied) for policy in chosen)


def _prices(policy: Policy, changed: Mapping[str, str]) -> Hashable:
    """Moved rules that a cost of the policy's devices may depend on."""
    return _moved(changed, frozenset({part.growth for part in policy.parts} | {"growth/hardware", REPAIR}))


def _moved(changed: Mapping[str, str], growth: Collection[str]) -> Hashable:
    """Moved rules but those of counts, and of price growth only those named."""
    return tuple(
        sorted(
            (path, value)
            for path, value in changed.items()
            if not path.startswith(OF_DEVICES) and (path in growth or not path.startswith("growth/"))
        )
    )


def _plain(result: PlanResult) -> frozenset[str]:
    """Classes without a repair rate of their own; none where a standard or decision asks for the role."""
    if any(item.role != ANY for item in result.plan.decisions):
        return frozenset()
    asked = {item.asset_class for item in result.plan.standards if item.role != ANY_ROLE}
    known = result.rules.book.asset_classes
    return frozenset(name for name, item in known.items() if item.category != END_USER and name not in asked)


def _apart(plan: Plan) -> dict[str, set[str]]:
    """What names a site, so that it is added up only with sites named by the same."""
    found: dict[str, set[str]] = defaultdict(set)
    for fund in plan.funds:
        for site in fund.sites:
            found[site].add(f"fund {fund.id}")
    named = [
        *(rule.site for rule in plan.account_rules),
        *(item.site for item in plan.contracts if item.basis == "device"),
        *(item.site for item in plan.decisions),
    ]
    for site in named:
        if site not in ("*", DISTRICT):
            found[site].add(f"site {site}")
    return found
