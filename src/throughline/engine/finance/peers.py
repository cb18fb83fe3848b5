"""Peers: the districts nearest in size and wealth, by a method that is said beside every result.

distance = sqrt(ln(pupils / own)^2 + ln(wealth / own)^2), wealth = full value of taxable property for each pupil; the nearest
`count` are the peers. Logarithms, because half and double are equally far. Without the own wealth, size alone decides.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import hypot, log

from throughline.engine.refs import PackRef


@dataclass(frozen=True, slots=True)
class DistrictFinance:
    """What one district reported for one fiscal year."""

    code: str
    name: str
    state: str
    fiscal_year: int
    pupils: int
    full_value_cents: int
    expenditure_cents: int
    instruction_cents: int
    ref: PackRef

    @property
    def wealth(self) -> Decimal:
        """Cents of taxable property for each pupil."""
        return Decimal(self.full_value_cents) / self.pupils


@dataclass(frozen=True, slots=True)
class Peer:
    """A district with its distance from the own one."""

    district: DistrictFinance
    distance: float


def peers(
    known: Sequence[DistrictFinance], pupils: Decimal, wealth: Decimal | None, count: int, own_code: str = ""
) -> tuple[Peer, ...]:
    """The nearest districts, nearest first; equal ones in the order of their codes. The own district is none of them."""
    if pupils <= 0 or (wealth is not None and wealth <= 0):
        raise ValueError("peers are chosen by pupils, and by wealth where it is known; both are above 0")

    def distance(other: DistrictFinance) -> float:
        size = log(Decimal(other.pupils) / pupils)
        return hypot(size, log(other.wealth / wealth)) if wealth is not None else abs(size)

    found = [Peer(other, distance(other)) for other in known if other.code != own_code]
    return tuple(sorted(found, key=lambda peer: (peer.distance, peer.district.code))[:count])
