"""Which contracts become a liability with an asset, and which are an expense.

In this order (GASB 87, GASB 96; domain 2.3): what does the payment convey? is the longest possible term over 12 months? is
the liability at or above the district's threshold? Only then a schedule, else an expense. A perpetual licence is an
intangible asset (GASB 51), support alone is a service; software that is insignificant to leased equipment follows the
lease, so such a contract is entered as equipment. Of implementation only the initial stage joins the asset; planning,
operation and training are expense, so they are not entered with the contract.
"""

from dataclasses import dataclass
from enum import StrEnum

SHORT_TERM_MONTHS = 12  # "12 months (or less)" is the definition of both statements, so it is no setting


class Conveys(StrEnum):
    """What a payment gives."""

    SOFTWARE = "software"
    EQUIPMENT = "equipment"
    PERPETUAL = "perpetual_licence"
    SUPPORT = "support"
    SERVICE = "service"


class Kind(StrEnum):
    """How statements show a contract."""

    SBITA = "subscription (GASB 96)"
    LEASE = "lease (GASB 87)"
    INTANGIBLE = "intangible asset (GASB 51)"
    EXPENSE = "expense"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind with the reason that decided it."""

    kind: Kind
    reason: str

    @property
    def scheduled(self) -> bool:
        """Whether it has a liability and an asset that is amortized."""
        return self.kind in (Kind.SBITA, Kind.LEASE)


def classify(conveys: Conveys, longest_months: int, liability_cents: int, threshold_cents: int) -> Verdict:
    """What a contract is; `liability_cents` is the present value of its fixed payments."""
    if conveys is Conveys.PERPETUAL:
        return Verdict(Kind.INTANGIBLE, "a perpetual license is bought, not subscribed to")
    if conveys in (Conveys.SUPPORT, Conveys.SERVICE):
        return Verdict(Kind.EXPENSE, f"{conveys.value} gives no right to use software or equipment")
    if longest_months <= SHORT_TERM_MONTHS:
        return Verdict(Kind.EXPENSE, f"its longest term is {longest_months} months, 12 or fewer are short-term")
    if liability_cents < threshold_cents:
        return Verdict(Kind.EXPENSE, "below the district's threshold")
    kind = Kind.SBITA if conveys is Conveys.SOFTWARE else Kind.LEASE
    return Verdict(kind, f"its longest term is {longest_months} months")


def asset_value(liability_cents: int, prepaid_cents: int, implementation_cents: int, incentive_cents: int) -> int:
    """Cents of the right to use: liability + prepayments + capitalizable implementation - incentives, never below 0."""
    return max(0, liability_cents + prepaid_cents + implementation_cents - incentive_cents)
