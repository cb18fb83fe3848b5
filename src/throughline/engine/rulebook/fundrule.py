"""FundRule: what a fund may pay, how much there is and until when, and what conditions follow; dated data with
citations.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from throughline.engine.refs import PackRef


@dataclass(frozen=True, slots=True)
class Earmark:
    """A limit or minimum on part of the money: `op` is at_most or at_least, `share` of the allocation, for
    `categories`; a minimum without categories is kept for work that no line of a technology plan holds.

    `share_from` names the parameter that holds the share, `from_allocation` the one that holds the least allocation of a
    year for which the earmark counts. `portion` names the setting (a share of the allocation) that `share` is taken
    of, `beside` the setting whose money is outside the limit. What a run works with is made by `funding.earmarks`.
    """

    id: str
    op: str
    share: Decimal
    categories: tuple[str, ...]
    ref: PackRef
    share_from: str = ""
    from_allocation: str = ""
    portion: str = ""
    beside: str = ""
    least_cents: int | None = None  # `from_allocation` in cents, None = counts for any allocation


@dataclass(frozen=True, slots=True)
class CarryLimit:
    """Of an allocation at most `share` may be spent later than `after_months` after it begins, when it is at least
    `from_allocation`; the agency may waive that once in `waiver_years`. All are parameter paths.
    """

    share: str
    from_allocation: str
    after_months: str
    waiver_years: str


@dataclass(frozen=True, slots=True)
class CostShare:
    """Parameter paths of the share of a project's cost that local money brings, by the federal fiscal year of the award: the
    usual one, and that of a project of several entities.
    """

    single: str
    group: str


@dataclass(frozen=True, slots=True)
class AlternativeUse:
    """Other programs whose purposes a fund may pay once the district says so, the earmarks that then do not hold, the
    parameter with the attendance below which a district is small, and the conditions that follow instead of its own.
    """

    programs: tuple[str, ...]
    lifts: tuple[str, ...]
    small_below: str
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetAside:
    """Money that a fund may set aside for work outside this plan: at most a share of the allocation (a parameter path)."""

    id: str
    most_share: str


@dataclass(frozen=True, slots=True)
class Discount:
    """A fund that pays a share of eligible cost (E-Rate). With a budget it draws that down in pre-discount dollars;
    without one (no `per_pupil`) it pays its share of every eligible cost.
    """

    rate_from: str  # "erate_c2_matrix"
    cycle_first_funding_year: int = 0
    cycle_last_funding_year: int = 0
    per_pupil: str = ""  # parameter paths
    floor_per_entity: str = ""
    hybrid_max_entities: str = ""

    @property
    def has_budget(self) -> bool:
        """Whether what it pays is limited by a budget of several years."""
        return bool(self.per_pupil)


@dataclass(frozen=True, slots=True)
class FundRule:
    """Rule of a kind of fund. Tuples of codes match by prefix (`D3.2`, `65*` without the star); empty allows all.

    `availability`: annual (lapses at fiscal-year end unless carried), term (settings or appropriation dates bound it),
    one_time (obligation and liquidation deadlines), cycle (discount budget of several years), gift (until spent),
    federal (each allocation from 1 July for `availability_months`), open (a share of each eligible cost, no budget).
    `one_time_money` marks money that ends: recurring cost on it is a funding cliff.
    """

    id: str
    title: str
    fund_type: str  # NCES fund: general, special_revenue, capital_projects, debt_service ...
    priority: int  # rule-order allocation, lower pays first; restricted before flexible
    availability: str
    eligible_categories: tuple[str, ...] = ()
    excluded_categories: tuple[str, ...] = ()
    eligible_objects: tuple[str, ...] = ()
    excluded_objects: tuple[str, ...] = ()
    capital_only: bool = False
    one_time_only: bool = False
    min_life_years: int | None = None
    one_time_money: bool = False
    carryover_share: Decimal = Decimal(0)  # of the unspent balance that may pass to the next fiscal year
    match_share: Decimal = Decimal(0)  # local dollars required per dollar of this fund
    earmarks: tuple[Earmark, ...] = ()
    discount: Discount | None = None
    obligation_deadline: date | None = None  # fixed by law for a named program; appropriations may set their own
    liquidation_deadline: date | None = None
    renewable: bool = False  # a levy or bond that can be put to the voters again
    settings: tuple[str, ...] = ()  # names the district must give, for forms and findings
    conditions: tuple[str, ...] = ()  # finding codes that follow from using the fund
    ref: PackRef | None = None
    eligible_functions: tuple[str, ...] = ()
    availability_months: str = ""  # parameter paths: how long an allocation may be committed,
    liquidation_days: str = ""  # and how long after that it may be paid
    carry_limit: CarryLimit | None = None
    transfer: str = ""  # in, out or both: money may be moved by the district to or from other funds of its kind
    cost_share: CostShare | None = None
    alternative_use: AlternativeUse | None = None
    set_aside: SetAside | None = None
    effort_share: str = ""  # parameter path: least part of last year's local spending that must be spent again

    @property
    def budgeted(self) -> bool:
        """Whether it draws down a discount budget, which counts amounts before the discount."""
        return self.discount is not None and self.discount.has_budget

    @property
    def unlimited(self) -> bool:
        """Whether it pays its share of every eligible cost."""
        return self.discount is not None and not self.discount.has_budget
