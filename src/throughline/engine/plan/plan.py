"""Plan: the aggregate of everything a district brings and decides, as one immutable value."""

from dataclasses import dataclass, fields
from functools import cached_property

from throughline.engine.plan.assumptions import AccountRule, Assumption, ImportMemory, ModelChoice, SnapshotRef
from throughline.engine.plan.awards import Award, Disposal, Prospect
from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.decisions import DeviceDecision
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import EnrollmentCount, StaffCount
from throughline.engine.plan.finance import FinanceExport, FinanceLine
from throughline.engine.plan.funds import Appropriation, Fund, GivenAmount
from throughline.engine.plan.goals import Goal, Initiative
from throughline.engine.plan.groups import GroupCount
from throughline.engine.plan.options import Option, OptionCost, OptionRating, OptionSet
from throughline.engine.plan.planlines import PlanLine, StatedTotal
from throughline.engine.plan.retirements import Retirement
from throughline.engine.plan.scenarios import KeptScenario
from throughline.engine.plan.sites import Site, SiteRule
from throughline.engine.plan.standards import Standard
from throughline.engine.plan.texts import PlanText

NOUNS: dict[str, type] = {
    "sites": Site,
    "site_rules": SiteRule,
    "enrollment": EnrollmentCount,
    "group_counts": GroupCount,
    "staffing": StaffCount,
    "standards": Standard,
    "contracts": Contract,
    "goals": Goal,
    "initiatives": Initiative,
    "funds": Fund,
    "appropriations": Appropriation,
    "given_amounts": GivenAmount,
    "plan_lines": PlanLine,
    "stated_totals": StatedTotal,
    "finance_lines": FinanceLine,
    "finance_exports": FinanceExport,
    "assumptions": Assumption,
    "model_choices": ModelChoice,
    "import_memory": ImportMemory,
    "account_rules": AccountRule,
    "decisions": DeviceDecision,
    "awards": Award,
    "disposals": Disposal,
    "retirements": Retirement,
    "prospects": Prospect,
    "option_sets": OptionSet,
    "options": Option,
    "option_costs": OptionCost,
    "option_ratings": OptionRating,
    "texts": PlanText,
    "scenarios": KeptScenario,
    "snapshots": SnapshotRef,
}


@dataclass(frozen=True)
class Plan:
    """A district and its records by noun; each tuple is sorted by id, ids are unique within a noun."""

    district: District
    sites: tuple[Site, ...] = ()
    site_rules: tuple[SiteRule, ...] = ()
    enrollment: tuple[EnrollmentCount, ...] = ()
    group_counts: tuple[GroupCount, ...] = ()
    staffing: tuple[StaffCount, ...] = ()
    standards: tuple[Standard, ...] = ()
    contracts: tuple[Contract, ...] = ()
    goals: tuple[Goal, ...] = ()
    initiatives: tuple[Initiative, ...] = ()
    funds: tuple[Fund, ...] = ()
    appropriations: tuple[Appropriation, ...] = ()
    given_amounts: tuple[GivenAmount, ...] = ()
    plan_lines: tuple[PlanLine, ...] = ()
    stated_totals: tuple[StatedTotal, ...] = ()
    finance_lines: tuple[FinanceLine, ...] = ()
    finance_exports: tuple[FinanceExport, ...] = ()
    assumptions: tuple[Assumption, ...] = ()
    model_choices: tuple[ModelChoice, ...] = ()
    import_memory: tuple[ImportMemory, ...] = ()
    account_rules: tuple[AccountRule, ...] = ()
    decisions: tuple[DeviceDecision, ...] = ()
    awards: tuple[Award, ...] = ()
    disposals: tuple[Disposal, ...] = ()
    retirements: tuple[Retirement, ...] = ()
    prospects: tuple[Prospect, ...] = ()
    option_sets: tuple[OptionSet, ...] = ()
    options: tuple[Option, ...] = ()
    option_costs: tuple[OptionCost, ...] = ()
    option_ratings: tuple[OptionRating, ...] = ()
    texts: tuple[PlanText, ...] = ()
    scenarios: tuple[KeptScenario, ...] = ()
    snapshots: tuple[SnapshotRef, ...] = ()

    def __post_init__(self) -> None:
        for item in fields(self):
            if item.name == "district":
                continue
            ids = [record.id for record in getattr(self, item.name)]
            if ids != sorted(ids) or len(set(ids)) != len(ids):
                raise ValueError(f"{item.name} must be sorted by unique id")

    @cached_property
    def site_by_id(self) -> dict[str, Site]:
        """Sites by id."""
        return {site.id: site for site in self.sites}

    @cached_property
    def fund_by_id(self) -> dict[str, Fund]:
        """Funds by id."""
        return {fund.id: fund for fund in self.funds}

    @property
    def snapshot(self) -> SnapshotRef | None:
        """The inventory in force: the last one taken, None when no inventory was imported."""
        return max(self.snapshots, key=lambda s: (s.taken_on, s.id), default=None)


def with_records(plan: Plan, noun: str, records: dict[str, object]) -> Plan:
    """The plan with `records` (by id) created or replaced within one noun; everything else is shared."""
    merged = {record.id: record for record in getattr(plan, noun)} | records
    return _with(plan, noun, tuple(merged[key] for key in sorted(merged)))


def without_records(plan: Plan, noun: str, ids: frozenset[str]) -> Plan:
    """The plan without the records of those ids in one noun."""
    return _with(plan, noun, tuple(record for record in getattr(plan, noun) if record.id not in ids))


def _with(plan: Plan, noun: str, records: tuple[object, ...]) -> Plan:
    """The plan with one noun replaced by records in order; the others were checked when they came in."""
    made = object.__new__(Plan)
    kept = {item.name: getattr(plan, item.name) for item in fields(plan)}
    made.__dict__.update(kept | {noun: records})
    return made
