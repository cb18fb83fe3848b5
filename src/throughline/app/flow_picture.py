"""The picture of money from funds to initiatives to goals: three columns of bars, joined by bands whose width is money.

Bars of a column stand on one scale, the largest first, with equal gaps. Bands leave and arrive in the order of the other end,
so that they cross as little as that order allows. Coordinates are those of the picture's own view box.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap

from throughline.app.rooms.goals import Flow
from throughline.app.selectors import selector
from throughline.engine.refs import BASELINE, NO_GOAL, UNFUNDED

WIDTH, HEIGHT, GAP, BAR = 960.0, 420.0, 14.0, 10.0
COLUMNS = (250.0, 500.0, 730.0)
LEAST = 1.5  # a bar this thin is still seen
LETTERS = 27  # of a line of a name
LABEL = 26.0  # bars nearer than this push their labels apart


@dataclass(frozen=True, slots=True)
class Bar:
    """A fund, an initiative or a goal; `role` is its colour, `label_y` where its name stands."""

    name: str
    cents: int
    explain: str
    role: str
    x: float
    y: float
    height: float
    label_y: float
    lines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Band:
    """Money between two bars; `path` closes around it."""

    role: str
    path: str
    words: str


@dataclass(frozen=True, slots=True)
class FlowPicture:
    """The picture; `words` stands for it."""

    width: float
    height: float
    funds: tuple[Bar, ...]
    initiatives: tuple[Bar, ...]
    goals: tuple[Bar, ...]
    bands: tuple[Band, ...]
    words: str


def flow_picture(flows: Sequence[Flow], names: Mapping[str, str]) -> FlowPicture:
    """The picture of flows; what is not funded stands last, what names no initiative or goal too."""
    roles = {flow.fund: flow.role for flow in flows}
    known = [flow for flow in flows if flow.cost.cents > 0]
    total = sum(flow.cost.cents for flow in known)
    sums = [_sums(known, lambda f: f.fund), _sums(known, lambda f: f.initiative), _sums(known, lambda f: f.goal)]
    most = max(len(each) for each in sums)
    scale = (HEIGHT - GAP * (most - 1)) / total
    makers = (
        ({"fund": name} for name in sums[0]),
        ({"initiative": name} for name in sums[1]),
        ({"goal": name} for name in sums[2]),
    )
    columns = [
        _column(x, each, names, roles if place == 0 else {}, scale, list(made))
        for place, (x, each, made) in enumerate(zip(COLUMNS, sums, makers, strict=True))
    ]
    first = _bands(known, columns[0], columns[1], lambda f: (f.fund, f.initiative), lambda f: f.role, scale, names)
    second = _bands(known, columns[1], columns[2], lambda f: (f.initiative, f.goal), _goal_role, scale, names)
    return FlowPicture(
        WIDTH,
        HEIGHT + LABEL,
        tuple(columns[0].values()),
        tuple(columns[1].values()),
        tuple(columns[2].values()),
        (*first, *second),
        "Flow of money. " + "; ".join(_said(bar) for column in columns for bar in column.values()) + ".",
    )


def _goal_role(flow: Flow) -> str:
    return "none" if flow.goal == NO_GOAL else "goal"


def _said(bar: Bar) -> str:
    return f"{bar.name} ${bar.cents // 100:,}"


def _sums(flows: Sequence[Flow], of: Callable[[Flow], str]) -> dict[str, int]:
    """Money by member, the largest first, members that stand for nothing last."""
    found: dict[str, int] = defaultdict(int)
    for flow in flows:
        found[of(flow)] += flow.cost.cents
    last = (UNFUNDED, BASELINE, NO_GOAL)
    return dict(sorted(found.items(), key=lambda item: (item[0] in last, -item[1], item[0])))


def _column(
    x: float,
    cents: Mapping[str, int],
    names: Mapping[str, str],
    roles: Mapping[str, str],
    scale: float,
    where: Sequence[Mapping[str, str]],
) -> dict[str, Bar]:
    used = sum(max(LEAST, amount * scale) for amount in cents.values())
    gap = (HEIGHT - used) / max(1, len(cents) - 1) if len(cents) > 1 else 0.0
    bars: dict[str, Bar] = {}
    y, said = LABEL / 2, 0.0
    for (name, amount), conditions in zip(cents.items(), where, strict=True):
        height = max(LEAST, amount * scale)
        said = max(y + height / 2, said + LABEL)
        role = roles.get(name, "none" if name in (BASELINE, NO_GOAL) else "other")
        explain = "" if name in (BASELINE, NO_GOAL) else selector(conditions)
        bars[name] = Bar(
            names.get(name, name),
            amount,
            explain,
            role,
            x,
            round(y, 1),
            round(height, 1),
            round(said, 1),
            _lines(names.get(name, name)),
        )
        y += height + gap
    return bars


def _lines(name: str) -> tuple[str, ...]:
    return tuple(wrap(name, LETTERS, max_lines=2, placeholder="\N{HORIZONTAL ELLIPSIS}"))


def _bands(
    flows: Sequence[Flow],
    left: Mapping[str, Bar],
    right: Mapping[str, Bar],
    ends: Callable[[Flow], tuple[str, str]],
    role: Callable[[Flow], str],
    scale: float,
    names: Mapping[str, str],
) -> list[Band]:
    cents: dict[tuple[str, str, str], int] = defaultdict(int)
    for flow in flows:
        cents[(*ends(flow), role(flow))] += flow.cost.cents
    order = {name: place for place, name in enumerate([*left, *right])}
    by_right = sorted(cents, key=lambda key: (order[key[1]], order[key[0]], key[2]))
    arrive: dict[tuple[str, str, str], float] = {}
    filled = {name: bar.y for name, bar in right.items()}
    for key in by_right:
        arrive[key] = filled[key[1]]
        filled[key[1]] += cents[key] * scale
    made = []
    leaving = {name: bar.y for name, bar in left.items()}
    for key in sorted(cents, key=lambda key: (order[key[0]], order[key[1]], key[2])):
        start, thick = leaving[key[0]], cents[key] * scale
        leaving[key[0]] += thick
        path = _path(left[key[0]].x + BAR, start, right[key[1]].x, arrive[key], thick)
        words = f"{names.get(key[0], key[0])} to {names.get(key[1], key[1])}: ${cents[key] // 100:,}"
        made.append(Band(key[2], path, words))
    return made


def _path(x1: float, y1: float, x2: float, y2: float, thick: float) -> str:
    middle = (x1 + x2) / 2
    return (
        f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
        f"V{y2 + thick:.1f}C{middle:.1f} {y2 + thick:.1f} {middle:.1f} {y1 + thick:.1f} {x1:.1f} {y1 + thick:.1f}Z"
    )
