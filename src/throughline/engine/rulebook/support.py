"""Picks one vendor support end among what several lists state, and says where they disagree.

Rule: lists in the order of the parameter `support/origin-order`, the newest day within a list, a stated day before no
statement. Only months are compared, since the lists themselves mean months. A list newer than the day of the plan is used
only when no older one knows the model: late knowledge is better than none, and the row says of which day it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from throughline.engine.findings import Finding, Severity, finding
from throughline.engine.rulebook.catalog import SupportEnd


class Standing(StrEnum):
    """What is known of a model's vendor support."""

    DATED = "dated"
    ENDED = "ended"  # over, the day not stated
    NONE_ANNOUNCED = "none_announced"  # supported when the list was made, no end announced
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class SupportView:
    """The chosen statement. `end` is set when the standing is DATED; `others` are statements of a different month or kind."""

    standing: Standing
    end: date | None
    chosen: SupportEnd | None
    others: tuple[SupportEnd, ...] = ()


UNKNOWN = SupportView(Standing.UNKNOWN, None, None)


def resolve_support(ends: Sequence[SupportEnd], order: Sequence[str], on: date | None = None) -> SupportView:
    """The support end of one model. `order` names lists, best first (unnamed ones come last); `on` is the plan's day."""
    if not ends:
        return UNKNOWN
    known = [row for row in ends if on is None or row.as_of <= on]
    newest = _newest_per_list(known or ends)
    rank = {origin: place for place, origin in enumerate(order)}
    chosen = min(newest, key=lambda row: (_silent(row), rank.get(row.origin, len(rank)), row.origin))
    others = tuple(row for row in newest if row is not chosen and not _silent(row) and _differs(row, chosen))
    return SupportView(standing_of(chosen), chosen.end, chosen, others)


def standing_of(row: SupportEnd) -> Standing:
    """What one statement says."""
    if row.end is not None:
        return Standing.DATED
    if row.ended:
        return Standing.ENDED
    return Standing.NONE_ANNOUNCED if row.known_none else Standing.UNKNOWN


def disagreement(model: str, view: SupportView, tolerance_months: int, superseded_months: int) -> Finding | None:
    """TL-RULE-011 when another list states a month further off than the tolerance.

    A list older than the chosen one by more than `superseded_months` was revised since and contradicts nothing.
    """
    chosen = view.chosen
    if chosen is None or chosen.end is None:
        return None
    rivals = [row for row in view.others if row.end and _age(row, chosen) <= superseded_months]
    other = max(rivals, key=lambda row: _apart(row, chosen), default=None)
    if other is None or other.end is None or _apart(other, chosen) <= tolerance_months:
        return None
    return finding(
        "TL-RULE-011",
        Severity.NOTE,
        f"models/{model}",
        rule=chosen.ref.path,
        source=chosen.ref,
        model=model,
        chosen_month=chosen.end.isoformat()[:7],
        chosen_list=chosen.origin,
        chosen_as_of=chosen.as_of.isoformat(),
        other_month=other.end.isoformat()[:7],
        other_list=other.origin,
        other_as_of=other.as_of.isoformat(),
    )


def _newest_per_list(ends: Sequence[SupportEnd]) -> list[SupportEnd]:
    """One statement per list: the newest, and of several on one day the earliest stated end (the cautious one)."""
    best: dict[str, SupportEnd] = {}
    for row in sorted(ends, key=lambda row: (row.as_of, not _silent(row), -_month(row.end), row.origin)):
        best[row.origin] = row
    return list(best.values())


def _silent(row: SupportEnd) -> bool:
    return standing_of(row) is Standing.UNKNOWN


def _differs(row: SupportEnd, chosen: SupportEnd) -> bool:
    return standing_of(row) is not standing_of(chosen) or _month(row.end) != _month(chosen.end)


def _apart(row: SupportEnd, chosen: SupportEnd) -> int:
    return abs(_month(row.end) - _month(chosen.end))


def _age(row: SupportEnd, chosen: SupportEnd) -> int:
    return _month(chosen.as_of) - _month(row.as_of)


def _month(day: date | None) -> int:
    return day.year * 12 + day.month if day else 0
