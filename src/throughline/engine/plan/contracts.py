"""Contracts and subscriptions: recurring purchases with a term, a basis and an escalator."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from throughline.engine.plan.fields import c1, c2, c3
from throughline.engine.refs import Source


@dataclass(frozen=True, slots=True)
class Contract:
    """A contract. `basis` is flat (cents per year), student, staff or device (cents per one and year).

    `start` and `end` are the current term, end inclusive; `renews` = the plan assumes renewal on the same terms
    after `end`.
    `escalator` is the yearly price growth of renewals (0.03 = 3 %), None = the rulebook's default for the category.
    `category` is a TCO code (D2.2); empty = not given, which is a finding.

    The rest decides how statements show it (GASB 87 and 96), never its cash. `conveys` is what the payment gives: software,
    equipment, perpetual_licence, support or service; empty = software for a category of software, else service.
    `option_months` are extensions that the contract allows, `cancellable_months` those months of the longest term that
    both sides may cancel without penalty. `due` is advance or arrears; empty = advance. `vendor_rate` is the rate the
    vendor charges, None = the district's. `implementation_cents` is the cost of initial implementation only; what
    planning or training cost is an expense.
    """

    id: str = c1()
    name: str = c1()
    vendor: str = c1("")
    category: str = c1("")
    basis: str = c1("flat")
    annual_cents: int | None = c3(None)
    start: date | None = c1(None)
    end: date | None = c1(None)
    renews: bool = c1(True)
    escalator: Decimal | None = c1(None)
    site: str = c1("DISTRICT")
    asset_class: str = c1("")  # device basis: the class whose active devices are counted
    object: str = c2("")
    function: str = c2("")
    program: str = c2("")
    procurement_vehicle: str = c2("")
    goal: str = c1("")
    initiative: str = c1("")
    conveys: str = c1("")
    option_months: int | None = c1(None)
    cancellable_months: int | None = c1(None)
    due: str = c1("")
    vendor_rate: Decimal | None = c1(None)
    implementation_cents: int | None = c3(None)
    prepaid_cents: int | None = c3(None)
    incentive_cents: int | None = c3(None)
    source: Source | None = c2(None)
