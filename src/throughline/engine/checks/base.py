"""CheckInput: what every check reads. A check is a function `(CheckInput) -> Iterable[Finding]`; it changes nothing."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from throughline.engine.calendar import Horizon
from throughline.engine.demand.pupils import Pupils
from throughline.engine.findings import Finding
from throughline.engine.funding.allocation import Allocation
from throughline.engine.ledger.ledger import Ledger
from throughline.engine.lifecycle.experience import InService
from throughline.engine.lifecycle.projection import FleetProjection
from throughline.engine.lifecycle.systems import SystemUse
from throughline.engine.plan.plan import Plan
from throughline.engine.rulebook.book import RulesAt


@dataclass(frozen=True, slots=True)
class QualityCount:
    """Units of the inventory that lack something: `code` names what (keys of `data_quality.CODES`), by asset class."""

    code: str
    asset_class: str
    units: int


@dataclass(frozen=True)
class CheckInput:
    """Inputs and results of one run, in the years still to be planned; `whole` is the allocation of earlier years as well
    (None: there are no others). `fleet` is None when no inventory was brought.

    `prices`: cents to buy one unit by policy id and plan year; a policy without a sourced price is absent.
    """

    plan: Plan
    rules: RulesAt
    ledger: Ledger
    allocation: Allocation
    horizon: Horizon
    as_of: date
    fleet: FleetProjection | None = None
    pupils: Pupils | None = None
    prices: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    quality: tuple[QualityCount, ...] = ()
    whole: Allocation | None = None
    named_awards: tuple[str, ...] = ()  # awards that devices of the inventory name
    in_service: tuple[InService, ...] = ()  # by month of purchase, counted when the plan has lists of devices that left
    systems: tuple[SystemUse, ...] = ()  # devices by release of their operating system

    @property
    def all_years(self) -> Allocation:
        """The allocation over every year, those before the plan included."""
        return self.whole or self.allocation


Check = Callable[[CheckInput], Iterable[Finding]]
