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
    `categories`.
    """

    id: str
    op: str
    share: Decimal
    categories: tuple[str, ...]
    ref: PackRef


@dataclass(frozen=True, slots=True)
class Discount:
    """A fund that pays a share of eligible cost and draws down its cap in pre-discount dollars (E-Rate)."""

    rate_from: str  # "erate_c2_matrix"
    cycle_first_funding_year: int
    cycle_last_funding_year: int
    per_pupil: str  # parameter paths
    floor_per_entity: str
    hybrid_max_entities: str


@dataclass(frozen=True, slots=True)
class FundRule:
    """Rule of a kind of fund. Tuples of codes match by prefix (`D3.2`, `65*` without the star); empty allows all.

    `availability`: annual (lapses at fiscal-year end unless carried), term (settings or appropriation dates bound it),
    one_time (obligation and liquidation deadlines), cycle (discount budget of several years), gift (until spent).
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
