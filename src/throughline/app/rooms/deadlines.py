"""Days that the plan knows of: the board meets, money must be spent or paid out, contracts end."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from throughline.app.selectors import selector
from throughline.engine.run import PlanResult


@dataclass(frozen=True, slots=True)
class Deadline:
    """A day: `kind` is board_meeting, spend_by, pay_by, contract_ends or contract_renews; `cents` the money it is about."""

    day: date
    kind: str
    name: str
    subject: str
    cents: int | None = None
    explain: str = ""


def deadlines(result: PlanResult, most: int | None = None) -> tuple[Deadline, ...]:
    """Days from the plan's own day on, the next one first."""
    found = [item for item in (*_meeting(result), *_money(result), *_contracts(result)) if item.day >= result.rules.on]
    return tuple(sorted(found, key=lambda item: (item.day, item.kind, item.name))[:most])


def _meeting(result: PlanResult) -> Iterator[Deadline]:
    day = result.plan.district.meeting_date
    try:
        yield Deadline(date.fromisoformat(day), "board_meeting", result.plan.district.name, "district")
    except ValueError:
        return


def _money(result: PlanResult) -> Iterator[Deadline]:
    """Last days of a fund's money, one for each day, with what becomes available until then."""
    for owner in result.allocation.owners:
        by_day: dict[tuple[date, str], int] = {}
        for row in owner.resources:
            for day, kind in ((row.obligation_deadline, "spend_by"), (row.liquidation_deadline, "pay_by")):
                if day is not None:
                    by_day[day, kind] = by_day.get((day, kind), 0) + row.cents
        for (day, kind), cents in by_day.items():
            yield Deadline(day, kind, owner.fund.name, f"funds/{owner.fund.id}", cents)


def _contracts(result: PlanResult) -> Iterator[Deadline]:
    spent = result.ledger.by("subject", where={"cost_type": "direct"})
    for item in result.plan.contracts:
        if item.end is not None:
            kind = "contract_renews" if item.renews else "contract_ends"
            explain = selector({"subject": item.id}) if (item.id,) in spent else ""
            yield Deadline(item.end, kind, item.name, f"contracts/{item.id}", spent.get((item.id,)), explain)
