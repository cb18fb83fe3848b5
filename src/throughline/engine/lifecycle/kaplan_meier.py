"""The share still in service at each age: the product-limit estimate, with units that are still in service counted as such.

    S(t) = product over ages a <= t at which units left of  (1 - d_a / n_a)

d_a units left at age a; n_a were watched at that age: those that had been seen by then and had neither left nor gone out of
sight before (E. L. Kaplan, P. Meier, "Nonparametric Estimation from Incomplete Observations", Journal of the American
Statistical Association 53 (1958), 457-481; what goes out of sight at an age counts as watched at that age, as there). A unit
that came into sight when it was already some ages old is watched from that age on, so that a list of one year says nothing of
ages nobody watched. Standard error by Greenwood's formula (M. Greenwood, 1926): S(t) * sqrt(sum d_a / (n_a (n_a - d_a))).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Spell:
    """`units` alike, watched from age `entry` to age `exit`, both included; `left` says whether they left at the end."""

    entry: int
    exit: int
    left: bool
    units: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """An age at which units left. `share` is what is still in service after it, `error` the standard error of that share."""

    age: int
    watched: int
    left: int
    share: Decimal
    error: Decimal


def kaplan_meier(spells: Iterable[Spell]) -> tuple[Step, ...]:
    """Steps by age; none when nothing left. Raises ValueError for a spell that ends before it begins."""
    change: dict[int, int] = {}  # units that come into sight at an age, less those that went out before it
    leaving: dict[int, int] = {}
    for spell in spells:
        if spell.exit < spell.entry or spell.units < 0:
            raise ValueError(f"a spell from {spell.entry} to {spell.exit} of {spell.units} units")
        change[spell.entry] = change.get(spell.entry, 0) + spell.units
        change[spell.exit + 1] = change.get(spell.exit + 1, 0) - spell.units
        if spell.left and spell.units:
            leaving[spell.exit] = leaving.get(spell.exit, 0) + spell.units
    steps: list[Step] = []
    watched, share, variance = 0, Fraction(1), Fraction(0)
    for age in sorted(change.keys() | leaving.keys()):
        watched += change.get(age, 0)
        if not (gone := leaving.get(age, 0)):
            continue
        share *= Fraction(watched - gone, watched)
        if gone < watched:
            variance += Fraction(gone, watched * (watched - gone))
        steps.append(Step(age, watched, gone, _decimal(share), _root(share * share * variance)))
    return tuple(steps)


def share_at(steps: Iterable[Step], age: int) -> Decimal:
    """The share still in service after an age; 1 before the first unit left."""
    return next((step.share for step in reversed(tuple(steps)) if step.age <= age), Decimal(1))


def age_when_gone(steps: Iterable[Step], gone: Decimal) -> int | None:
    """The first age at which at least the share `gone` has left (0.5: the median); None when that was not seen."""
    return next((step.age for step in steps if step.share <= 1 - gone), None)


def _decimal(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / Decimal(value.denominator)


def _root(value: Fraction) -> Decimal:
    return _decimal(value).sqrt()
