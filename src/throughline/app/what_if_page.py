"""What if, as a page shows it: levers with their values in words, and an answer as texts and cents that a script can draw.

Nothing is computed here beside differences that the answer names; a lever at its value in force is not moved.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from throughline.app.screen_charts import in_unit, short_dollars
from throughline.app.what_if.fast import Answer, Figures
from throughline.app.what_if.lever import Lever, Measure, WhatIfError
from throughline.engine.money import round_half_up

GROUPS = {
    # a kind of lever, or the beginning of its name -> what stands above
    "life-": "How long devices are kept",
    "lease-": "Lease instead of buying",
    "devices": "Spares, growth and waiting",
    "prices": "Prices",
    "money": "Money",
    "pupils": "Pupils",
}
HEAT = 4
NEAR = 5  # lives shown beside the picture: those of the classes that cost most
ALWAYS = ("spares", "delay", "growth-devices")
MINUS, DASH = "\N{MINUS SIGN}", "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class ShownLever:
    """A lever: `now` is in force, `at` where it stands; `words` and `was` are both as people say them."""

    id: str
    label: str
    measure: str
    least: str
    most: str
    step: str
    now: str
    at: str
    words: str
    was: str
    help: str
    moved: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Levers of one kind."""

    title: str
    levers: tuple[ShownLever, ...]
    help: str  # '' where each lever has its own
    moved: bool


def read_moved(levers: Iterable[Lever], told: Mapping[str, str]) -> dict[str, Decimal]:
    """The levers that are moved, of what a form or address says; raises WhatIfError for a value that is none or out of range."""
    moved = {}
    for lever in levers:
        text = told.get(lever.id, "").strip()
        if not text:
            continue
        try:
            value = lever.read(Decimal(text))
        except InvalidOperation:
            raise WhatIfError(f"{lever.label}: {text} is not a number") from None
        if value != lever.value:
            moved[lever.id] = value
    return moved


def groups(levers: Sequence[Lever], moved: Mapping[str, Decimal]) -> tuple[Group, ...]:
    """All levers by kind."""
    found: dict[str, list[ShownLever]] = {kind: [] for kind in GROUPS}
    for each in levers:
        kind = next((name for name in GROUPS if each.id.startswith(name)), each.group)
        found[kind].append(_shown(each, moved))
    return tuple(_group(GROUPS[kind], shown) for kind, shown in found.items() if shown)


def _group(title: str, levers: Sequence[ShownLever]) -> Group:
    """Words that all levers of a group share are said once; one lever's are its own."""
    shared = {each.help.partition(". ")[0] for each in levers}
    said = f"{shared.pop().rstrip('.')}." if len(levers) > 1 and len(shared) == 1 else ""
    return Group(title, tuple(levers), said, any(each.moved for each in levers))


def near(levers: Sequence[Lever], moved: Mapping[str, Decimal], plan: Figures) -> tuple[ShownLever, ...]:
    """The few levers that stand beside the picture of devices, and those that are moved."""
    dearest = sorted(plan.bought, key=lambda name: (-sum(plan.bought[name]), name))[:NEAR]
    wanted = {*(f"life-{name}" for name in dearest), *ALWAYS, *moved}
    return tuple(_shown(each, moved) for each in levers if each.id in wanted)


def _shown(lever: Lever, moved: Mapping[str, Decimal]) -> ShownLever:
    at = moved.get(lever.id, lever.value)
    return ShownLever(
        lever.id, lever.label, lever.measure.value, _plain(lever.least), _plain(lever.most), _plain(lever.step),
        _plain(lever.value), _plain(at), words(lever.measure, at), words(lever.measure, lever.value), lever.help,
        lever.id in moved,
    )  # fmt: skip


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def words(measure: Measure, value: Decimal) -> str:
    """A value as people say it."""
    number = _plain(abs(value))
    sign = MINUS if value < 0 else ""
    if measure is Measure.YEARS:
        return f"{sign}{number} year{'' if number == '1' else 's'}"
    if measure is Measure.PERCENT:
        return f"{sign}{number}%"
    if measure is Measure.POINTS:
        return f"{sign or '+' if value else ''}{number} point{'' if number == '1' else 's'}"
    if measure is Measure.FISCAL_YEAR:
        return f"FY{number}"
    if measure is Measure.YES_NO:
        return "yes" if value else "no"
    return f"{sign}${int(value):,}" if value else "off"


def answer_page(answer: Answer, moved: Iterable[str], standards: Sequence[str]) -> dict[str, Any]:
    """The answer for a picture, its key figures and the table of standards by year, ready to be sent."""
    return {
        "years": list(answer.years),
        "device_bars": _bars(answer, _devices(answer.plan), _devices(answer.figures)),
        "cost_bars": _bars(answer, answer.plan.cost, answer.figures.cost),
        "sentence": _sentence(answer),
        "keys": _keys(answer),
        "matrix": _matrix(answer, standards),
        "moved": sorted(moved),
        "note": answer.note,
    }


def _devices(figures: Figures) -> list[int]:
    return [sum(year) for year in zip(*figures.bought.values(), strict=True)] or [0] * len(figures.cost)


def _bars(answer: Answer, plan: Sequence[int], what_if: Sequence[int]) -> list[dict[str, Any]]:
    bars = []
    label = in_unit(max((*plan, *what_if), default=0))
    for year, before, after in zip(answer.years, plan, what_if, strict=True):
        bars.append({"year": year, "series": "plan", "cents": before, "label": label(before), "beside": True})
        bars.append({"year": year, "series": "what-if", "cents": after, "label": label(after), "beside": False})
    return bars


def _sentence(answer: Answer) -> str:
    """What moved levers do, in one sentence."""
    cost, gap = answer.cost_difference, answer.unfunded_difference
    if not cost and not gap:
        return "Nothing changes in the years of the plan."
    said = (
        f"The plan would cost {_spoken(abs(cost))} {'more' if cost > 0 else 'less'}"
        if cost
        else "The cost stays the same"
    )
    if not gap:
        return f"{said}; what has no fund stays the same."
    return f"{said}, and {_spoken(abs(gap))} {'more' if gap > 0 else 'less'} would have no fund."


def _spoken(cents: int) -> str:
    return (
        short_dollars(cents).replace("\N{NO-BREAK SPACE}M", "\N{NO-BREAK SPACE}million")
        if cents >= 10**8
        else _dollars(cents)
    )


def _dollars(cents: int) -> str:
    return f"{MINUS if cents < 0 else ''}${round_half_up(Decimal(abs(cents)) / 100):,}"


def _signed(cents: int) -> str:
    return f"+{_dollars(cents)}" if cents > 0 else _dollars(cents) if cents else "no change"


def _keys(answer: Answer) -> list[dict[str, str]]:
    plan, after = answer.plan, answer.figures
    past = answer.past_support_difference
    return [
        {
            "id": "cost",
            "label": "Cost of all years",
            "value": _signed(answer.cost_difference),
            "why": f"{_dollars(plan.total)} to {_dollars(after.total)}",
        },
        {
            "id": "unfunded",
            "label": "Not funded",
            "value": _signed(answer.unfunded_difference),
            "why": f"{_dollars(sum(plan.unfunded))} to {_dollars(sum(after.unfunded))}",
        },
        {
            "id": "peak",
            "label": "Dearest year",
            "value": _dollars(after.cost[after.peak]),
            "why": f"{answer.years[after.peak]}; in the plan {_dollars(plan.cost[plan.peak])} in {answer.years[plan.peak]}",
        },
        {
            "id": "support",
            "label": "Past the end of updates, last year",
            "value": f"{after.past_support[-1]:,}",
            "why": "as in the plan"
            if not past
            else f"{abs(past):,} {'more' if past > 0 else 'fewer'} than in the plan",
        },
    ]


def _matrix(answer: Answer, standards: Sequence[str]) -> list[list[dict[str, Any]]]:
    """A row for each standard and one for all of them: year cells, then the sum."""
    figures = answer.figures
    nothing = (0,) * len(answer.years)
    most = max((cents for name in standards for cents in figures.bought.get(name, nothing)), default=0)
    rows = []
    for name in standards:
        cents, units = figures.bought.get(name, nothing), figures.units.get(name, nothing)
        before = answer.plan.bought.get(name, nothing)
        rows.append(
            [_cell(c, u, b, -(-c * HEAT // most) if most else 0) for c, u, b in zip(cents, units, before, strict=True)]
            + [_cell(sum(cents), 0, sum(before), 0)]
        )
    counts = [sum(y) for y in zip(*figures.units.values(), strict=True)] or [0] * len(figures.cost)
    sums = _devices(figures), _devices(answer.plan), counts
    rows.append(
        [_cell(c, u, b, 0, True) for c, b, u in zip(*sums, strict=True)]
        + [_cell(sum(sums[0]), 0, sum(sums[1]), 0, True)]
    )
    return rows


def _cell(cents: int, units: int, before: int, step: int, total: bool = False) -> dict[str, Any]:
    text = _dollars(cents) if cents or total else DASH
    return {"text": text, "under": f"{units:,}" if units else "", "step": step, "changed": cents != before}
