"""Statements: the plan as accounting reads it. Worth today, leases and subscriptions, depreciation; the cash stays as it is."""

from collections.abc import Callable
from dataclasses import dataclass

from throughline.app.explain import Where
from throughline.app.rooms.bars import Bar, bars
from throughline.app.rooms.base import Room
from throughline.app.rooms.shown import Money, Picture, ShownTable, plain, worked
from throughline.app.selectors import selector
from throughline.app.source.accounting import depreciation, lease_schedules, lease_test, present_value
from throughline.app.worked import WORKED, name_of
from throughline.engine.ledger.trace import evaluate
from throughline.engine.lifecycle.policies import LEASE
from throughline.engine.money import round_half_up, whole_dollars
from throughline.engine.table import Row
from throughline.engine.views.worked import Worked, place


@dataclass(frozen=True, slots=True)
class Statements:
    """Each part is None where the plan lacks what it needs. `scheduled` counts leases and subscriptions with one."""

    worth: Money | None
    equal: Money | None
    chart: Picture | None
    present: ShownTable | None
    scheduled: int
    undecided: int
    tests: ShownTable | None
    schedules: ShownTable | None
    depreciation: ShownTable | None


def statements(room: Room) -> Statements:
    """The page of a run."""
    result = room.result
    present, tests = present_value(result), lease_test(result)
    schedules, written_off = lease_schedules(result), depreciation(result)
    kinds = [str(row.values[tests.table.index("kind")]) for row in tests.table.rows] if tests else []
    return Statements(
        _money(present, "npv"),
        _money(present, "equal"),
        _picture(present) if present else None,
        worked(present) if present else None,
        sum("GASB 96" in kind or "GASB 87" in kind for kind in kinds),
        kinds.count("not decided"),
        worked(tests) if tests else None,
        plain(schedules, _lines_of({str(subject) for (subject,) in result.ledger.by("subject")}))
        if schedules
        else None,
        plain(written_off) if written_off else None,
    )


def _lines_of(spent: set[str]) -> Callable[[Row], Where | None]:
    """The cost lines of the contract or leased devices that a row of a schedule speaks of, where the plan's years have any."""

    def where(row: Row) -> Where | None:
        subject, _, leased = row.key.rpartition("/")[0].partition("/")
        if subject not in spent:
            return None
        return {"subject": subject, "category": LEASE} if leased else {"subject": subject}

    return where


def _money(made: Worked | None, row: str) -> Money | None:
    if made is None or place(row, "present") not in made.traces:
        return None
    cents = round_half_up(evaluate(made.traces[place(row, "present")]))
    return Money(cents, selector({WORKED: name_of(made.table.id, row, "present")}))


def _picture(made: Worked) -> Picture:
    """Cash of each year with what it is worth today in front."""
    rows = []
    for row in made.table.rows:
        if row.kind == "body":
            label, cash, worth = str(row.values[0]), int(row.values[1] or 0), int(row.values[2] or 0)
            rows.append(Bar(label, worth, f"{whole_dollars(worth)} of {whole_dollars(cash)}", "first"))
    said = ", ".join(f"{bar.name} {bar.label}" for bar in rows)
    return bars(rows, "What each year's cash is worth today", f"Worth today, of the year's cash: {said}.")
