"""Rates of the district's own history as assumptions: they replace the packs' defaults, with what they were counted from.

rate = events / (devices x months / 12). Months are counted from the first to the last event, both included.
"""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from throughline.engine.findings import Severity
from throughline.engine.plan.assumptions import Assumption
from throughline.engine.refs import Source
from throughline.importers.outcome import Question
from throughline.importers.rows import Tally
from throughline.importers.session import Session
from throughline.importers.values.slugs import slug

DEVICES = "devices"
COUNTED = "devices_counted"  # the hint that says where numbers of devices come from
MOST_DEVICES = 10_000_000
SHORT = 6  # months; a shorter history says more about the season than about the devices
FEW = 3  # a word that stands in fewer rows may be somebody's own and is never shown
RATE, HOURS = Decimal("0.0001"), Decimal("0.01")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def months_of(first: date, last: date) -> int:
    """Months from the first day's to the last day's, both included."""
    return (last.year - first.year) * 12 + last.month - first.month + 1


def span(first: date, last: date) -> str:
    """`12 months, Jul 2025 to Jun 2026`."""
    months = months_of(first, last)
    shown = f"{MONTHS[first.month - 1]} {first.year} to {MONTHS[last.month - 1]} {last.year}"
    return f"{months} month{'' if months == 1 else 's'}, {shown}"


@dataclass(frozen=True, slots=True)
class Devices:
    """How many devices a history is about, in words that say who told: a person, or the plan's inventory (`is_counted`)."""

    count: int
    words: str
    is_counted: bool = False


def devices_asked(session: Session, code: str, group: str = "") -> Devices | None:
    """How many devices the history is about: as answered, else as the plan's inventory has them; None when nobody knows.

    `group` asks for a part of them. What was counted stays a question, so that a better number can be given.
    """
    name = f"{DEVICES}:{group}" if group else DEVICES
    suggested = session.hints.get(name, "")
    question = Question(name, code, (), suggested, False, (("file", session.file), ("group", group)))
    given = session.ask(question).replace(",", "").strip()
    if given.isascii() and given.isdigit() and 0 < int(given) <= MOST_DEVICES:
        return Devices(int(given), f"{int(given):,} devices")
    if given:
        session.used_answers.pop(name, None)
        session.questions[name] = question
        return None
    if COUNTED in session.hints and suggested.isdigit() and 0 < int(suggested) <= MOST_DEVICES:
        return Devices(int(suggested), f"{int(suggested):,} devices in {session.hints[COUNTED]}", True)
    return None


def yearly(events: int, devices: int, months: int) -> Decimal:
    """Events per device and year."""
    return (Decimal(events * 12) / (devices * months)).quantize(RATE, ROUND_HALF_UP)


def assume(
    session: Session,
    tally: Tally,
    path: str,
    value: Decimal,
    counted: str,
    last: date,
    source: Source,
    *,
    most: int | None = 1,
) -> None:
    """Keep a rate (money in cents) as an assumption known since the `last` day; one above `most` is shown instead, since it would be no

    share, and the rule could not be read with it.
    """
    if most is not None and value > most:
        session.note("TL-REC-131", Severity.WARNING, path=path, value=f"{value:f}")
        return
    reason = f"{session.file}: {counted}"
    record = Assumption(slug(path), path, f"{value.normalize():f}", reason, "", last.isoformat(), source)
    tally.records.setdefault("assumptions", {})[record.id] = record


def link(tally: Tally, rows: list[int]) -> None:
    """Every row that was counted stands behind the rates: the first behind all of them, the others behind one."""
    made = sorted(tally.records.get("assumptions", {}))
    if not made or not rows:
        tally.blank += len(rows)
        return
    tally.line_records = [(rows[0], "assumptions", name) for name in made]
    tally.line_records += [(row, "assumptions", made[0]) for row in rows[1:]]


def listed(counts: dict[str, int], most: int = 8) -> str:
    """`screen 120, battery 80, other 7`: the commonest words; rare ones are only counted."""
    shown = sorted(((n, word) for word, n in counts.items() if word and n >= FEW), key=lambda item: (-item[0], item[1]))
    rest = sum(counts.values()) - sum(n for n, _ in shown[:most])
    parts = [f"{word} {n:,}" for n, word in shown[:most]] + ([f"other {rest:,}"] if rest else [])
    return ", ".join(parts)
