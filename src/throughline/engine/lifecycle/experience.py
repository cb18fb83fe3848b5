"""How long the district's own devices last: lists of devices that left together with those still in service, by class.

Ages are whole months from the month of purchase. A list watches the months from the first to the last in which a device left;
a device bought earlier is watched from the age it had when the lists begin, one that is still in service to the age it had when
they end. What was lost or stolen is out of sight from then on: it says nothing about wear (it counts in `loss/rate` instead).
The suggested life is the last whole year before the share `experience/gone-share` has left, at least one year; nothing is
suggested from fewer than `experience/least-departures` devices.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from throughline.engine.calendar import month_index
from throughline.engine.lifecycle.kaplan_meier import Spell, Step, age_when_gone, kaplan_meier, share_at
from throughline.engine.plan.retirements import Leaving, Retirement
from throughline.engine.rulebook.book import RulesAt

GONE, LEAST = "experience/gone-share", "experience/least-departures"
MONTHS = 12


@dataclass(frozen=True, slots=True)
class InService:
    """Units of a class in service that were bought, or else first enrolled, in one month (index of the calendar, None = not known)."""

    asset_class: str
    bought: int | None
    units: int


@dataclass(frozen=True, slots=True)
class Experience:
    """What lists and inventory say of a class. `left` and `lost` are units with a purchase date, `undated` those without.

    `gone_months` is the age at which the share `gone_share` has left, None = more than the rest is still there at every age seen;
    `life_years` the suggested life, None = nothing is suggested. `last_seen` is the highest age that was watched.
    """

    asset_class: str
    documents: tuple[str, ...]
    since: date
    until: date
    left: int
    lost: int
    undated: int
    in_service: int
    in_service_undated: int
    steps: tuple[Step, ...]
    last_seen: int
    gone_share: Decimal
    least: int
    gone_months: int | None
    life_years: int | None

    @property
    def gone_years(self) -> Decimal | None:
        """`gone_months` in years."""
        return None if self.gone_months is None else Decimal(self.gone_months) / MONTHS

    def gone_by(self, years: int) -> Decimal:
        """The share that has left at an age in years; what was seen at the highest age is all that is known beyond it."""
        return 1 - share_at(self.steps, years * MONTHS)

    @property
    def words(self) -> str:
        """What it was counted from, for the explanation of a value that follows it."""
        lists = ", ".join(self.documents)
        return (
            f"{lists}: {self.left:,} left and {self.in_service:,} in service, {self.since:%Y-%m} to {self.until:%Y-%m}"
        )


def experiences(
    retirements: Sequence[Retirement], in_service: Iterable[InService], rules: RulesAt
) -> tuple[Experience, ...]:
    """What every class of the lists shows, by class id; the lists' months are those of all of them together."""
    if not retirements:
        return ()
    since, until = min(item.left_on for item in retirements), max(item.left_on for item in retirements)
    share, least = rules.number(GONE), int(rules.number(LEAST))
    there = list(in_service)
    return tuple(
        _of_class(
            name,
            [item for item in retirements if item.asset_class == name],
            [item for item in there if item.asset_class == name],
            (since, until),
            (share, least),
        )
        for name in sorted({item.asset_class for item in retirements})
    )


def _of_class(
    name: str,
    gone: Sequence[Retirement],
    there: Sequence[InService],
    watched: tuple[date, date],
    wanted: tuple[Decimal, int],
) -> Experience:
    first, last = (month_index(day) for day in watched)
    spells: list[Spell] = []
    counts = {Leaving.WORN: 0, Leaving.LOST: 0}
    undated = 0
    for item in gone:
        if item.bought_on is None or item.bought_on > item.left_on:
            undated += item.units
            continue
        bought = month_index(item.bought_on)
        counts[item.reason] += item.units
        spells.append(
            Spell(max(0, first - bought), month_index(item.left_on) - bought, item.reason is Leaving.WORN, item.units)
        )
    spells += [
        Spell(max(0, first - item.bought), last - item.bought, False, item.units)
        for item in there
        if item.bought is not None and item.bought <= last
    ]
    share, least = wanted
    steps = kaplan_meier(spells)
    months = age_when_gone(steps, share)
    enough = counts[Leaving.WORN] >= least and months is not None
    return Experience(
        name,
        tuple(sorted({item.document for item in gone if item.document})),
        *watched,
        counts[Leaving.WORN],
        counts[Leaving.LOST],
        undated,
        sum(item.units for item in there if item.bought is not None),
        sum(item.units for item in there if item.bought is None),
        steps,
        max((spell.exit for spell in spells), default=0),
        share,
        least,
        months,
        max(1, (months or 0) // MONTHS) if enough else None,
    )
