"""A figure as a page opens it: its tree, its parts, the larger figures that contain it, and the through-line it lies on.

Larger figures are the same selector with one condition less. The through-line has six stops: document, cost line, fund rule,
devices or record, goal, voices; a stop that nothing is known of says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from throughline.app.explain import FUND, Explained, Members, Where, explain
from throughline.app.explain_sources import STANDINGS
from throughline.app.explain_words import RowsOf
from throughline.app.names import Names
from throughline.app.selectors import selector
from throughline.app.worked import WORKED
from throughline.engine.ledger.line import CostLine
from throughline.engine.money import dollars
from throughline.engine.refs import BASELINE, NO_GOAL, NOT_CASH, UNFUNDED
from throughline.engine.run import PlanResult
from throughline.reports.base import TraceLine

LINE = "line "
TOTAL_DEPTH, LINE_DEPTH = 3, 5
CONTEXT = ("site", "category", "subject", FUND)  # conditions that a larger figure leaves out first
APART = {"cost_type": "direct and indirect cost are in no common sum"}
LARGER = 4


@dataclass(frozen=True)
class Node:
    """A line of the tree with what it is made of. `kind` of its source: file, rule, entry, rows or ''; `cut` = more below."""

    name: str
    value: str
    rule: str
    source: str
    kind: str
    explain: str
    children: tuple["Node", ...] = ()
    cut: bool = False
    devices: str = ""  # query of the device list that shows exactly the devices counted here


@dataclass(frozen=True, slots=True)
class Portion:
    """A figure that is part of this one, or that this one is part of; `share` in hundredths of a percent."""

    name: str
    cents: int
    explain: str
    share: int


@dataclass(frozen=True, slots=True)
class Stop:
    """A stop of the through-line: what kind of thing, what it is here, and the room where it is kept."""

    kind: str
    text: str
    room: str = ""
    here: bool = False


@dataclass(frozen=True)
class FigurePage:
    """`amount` has cents; `check` says how the figure was proved."""

    title: str
    cents: int
    amount: str
    formula: str
    selector: str
    is_line: bool  # one amount worked out, not a total of parts
    tree: tuple[Node, ...]
    parts: tuple[Portion, ...]
    larger: tuple[Portion, ...]
    thread: tuple[Stop, ...]
    check: str
    footnote: str


def figure_page(
    result: PlanResult, where: Where, rows_of: RowsOf | None = None, deepest: int | None = None
) -> FigurePage:
    """The page of a selector; raises ExplainError when it names no figure."""
    is_line = "line" in where or WORKED in where
    depth = deepest if deepest is not None else LINE_DEPTH if is_line else TOTAL_DEPTH
    found = explain(result, where, rows_of, depth)
    top, *rest = found.lines
    nodes = _nest([top, *rest], 0, depth)
    first, others = nodes[0], nodes[1:]
    parts = () if is_line else tuple(_parts(found, where))
    line = _line(result, where, found)
    names = Names(result)
    title = found.title
    return FigurePage(
        title,
        found.cents,
        found.said or dollars(found.cents),
        first.rule,
        selector(where),
        is_line,
        (*(first.children if is_line else ()), *others),
        parts,
        tuple(_larger(result, where, found, line)),
        () if WORKED in where else tuple(_thread(result, names, where, found, line)),
        _check(found, is_line, line, where),
        f"{title}: {found.said or dollars(found.cents)}. Run {result.digest[:12]}.",
    )


def _nest(lines: list[TraceLine], depth: int, deepest: int) -> tuple[Node, ...]:
    """The flat tree as nodes; what lies deeper than `deepest` only marks its parent."""
    nodes: list[Node] = []
    start = 0
    while start < len(lines):
        end = start + 1
        while end < len(lines) and lines[end].depth > depth:
            end += 1
        own, below = lines[start], lines[start + 1 : end]
        shown = _nest(below, depth + 1, deepest) if depth < deepest else ()
        nodes.append(_node(own, shown, bool(below) and not shown))
        start = end
    return tuple(nodes)


def _node(own: TraceLine, children: tuple[Node, ...], cut: bool) -> Node:
    source, opens = own.source, ""
    if source.startswith(LINE):
        source, opens = "", selector({"line": source.removeprefix(LINE)})
    rule = "" if own.rule == "named with --json" else own.rule
    return Node(own.name, own.value, rule, source, _kind(source), opens, children, cut, own.rows)


def _kind(source: str) -> str:
    if not source:
        return ""
    if source.endswith(STANDINGS):
        return "rule"
    if source.startswith("inventory rows: "):
        return "rows"
    return "entry" if source.startswith("entered") or " entered " in source else "file"


def _parts(found: Explained, where: Where) -> Iterator[Portion]:
    """All items of a total, each with the selector of what it contributes."""
    for key, name, cents in found.parts:
        dimension, _, member = key.partition("=")
        opens = selector({**where, dimension: member}) if key and len(found.parts) > 1 else ""
        yield Portion(name, cents, opens, _share(cents, found.cents))


def _share(part: int, whole: int) -> int:
    return round(10_000 * part / whole) if whole else 0


def _line(result: PlanResult, where: Where, found: Explained) -> CostLine | None:
    """The line itself, or the largest one of a total as the tree works it out."""
    if "line" in where:
        return result.ledger.line(str(where["line"]))
    for item in found.lines:
        if item.source.startswith(LINE):
            return result.ledger.line(item.source.removeprefix(LINE))
    return None


def _larger(result: PlanResult, where: Where, found: Explained, line: CostLine | None) -> Iterator[Portion]:
    """The largest figures last; the same amount twice is said once."""
    asked: list[dict[str, Members]] = []
    if "line" in where:
        if line is None:
            return
        labels = line.labels
        year = {"fiscal_year": labels["fiscal_year"]} | (
            {"cost_type": labels["cost_type"]} if labels["cost_type"] != "direct" else {}
        )
        asked = [
            {**year, "subject": labels["subject"]},
            {**year, "category": labels["category"]},
            {**year, "site": labels["site"]},
            dict(year),
        ]
    elif WORKED in where:
        return
    elif where:
        names = sorted(where.keys() - APART.keys(), key=_first_dropped)
        asked = [{k: v for k, v in where.items() if k != name} for name in names]
    if where.get(FUND) == NOT_CASH:
        return
    kind = {name: where[name] for name in where.keys() & APART.keys()} if "line" not in where else asked[-1]
    seen = {found.cents}
    for each in [*asked, kind if "line" not in where else _kind_of(kind)][: LARGER + 1]:
        whole = explain(result, each, None, 0)
        if whole.cents > found.cents and whole.cents not in seen:
            seen.add(whole.cents)
            yield Portion(whole.title, whole.cents, selector(each), _share(found.cents, whole.cents))


def _kind_of(where: Where) -> Where:
    return {name: value for name, value in where.items() if name in APART}


def _first_dropped(name: str) -> int:
    return CONTEXT.index(name) if name in CONTEXT else len(CONTEXT)


def _thread(result: PlanResult, names: Names, where: Where, found: Explained, line: CostLine | None) -> Iterator[Stop]:
    labels = line.labels if line is not None else {}
    indirect = labels.get("cost_type") == "indirect"
    yield Stop("Board page", "Cost by fund and year" if not indirect else "Beside the budget", "documents")
    yield Stop("Cost line" if "line" in where else "Cost lines", dollars(found.cents), "costs", True)
    yield Stop("Fund rule", _payer(result, names, where, line), "funds")
    subject = labels.get("subject", "")
    devices = subject in names.policies
    what = names.item(subject) or (names.categories.get(labels.get("category", ""), "") if labels else "")
    yield Stop("Devices" if devices else "Record", what or "None", "refresh" if devices else "costs")
    yield Stop("Goal", names.goals.get(labels.get("goal", NO_GOAL), "No goal named"), "goals")
    asked = names.initiatives.get(labels.get("initiative", BASELINE))
    yield Stop("Voices", f"Asked for through {asked}" if asked else "None recorded", "voices")


def _payer(result: PlanResult, names: Names, where: Where, line: CostLine | None) -> str:
    """The fund that the figure is about, else how the largest line is paid."""
    fund = where.get(FUND, "")
    if isinstance(fund, str) and fund and fund not in (UNFUNDED, NOT_CASH):
        owner = result.allocation.owner_by_id.get(fund)
        return owner.rule.title if owner else names.fund(fund)
    if fund == UNFUNDED:
        return "No fund pays"
    if isinstance(fund, frozenset) and len(fund) > 1:
        return f"{len(fund)} funds"
    if line is None or line.labels["cost_type"] == "indirect":
        return "Not budgeted" if line is not None else "None"
    payers = [payer for payer, cents in _shares(result, line).items() if cents]
    if len(payers) == 1:
        return "No fund pays" if payers[0] == UNFUNDED else names.fund(payers[0])
    return f"{len(payers)} funds share it"


def _shares(result: PlanResult, line: CostLine) -> dict[str, int]:
    from throughline.engine.funding.lines import split_lines

    paid: dict[str, int] = {}
    for each, payer, cents in split_lines(result.ledger, result.allocation):
        if each.id == line.id:
            paid[payer] = paid.get(payer, 0) + cents
    return paid


def _check(found: Explained, is_line: bool, line: CostLine | None, where: Where) -> str:
    """Said only when it holds: the arithmetic of a line gives its amount, the items of a total give the total."""
    if WORKED in where:
        return f"Worked out again from its sources: {found.said}."
    if is_line:
        same = line is not None and (FUND in where or line.cents == found.cents)
        return f"Worked out again from the sources: {dollars(found.cents)}, equal to the cent." if same else ""
    if found.parts and sum(cents for _, _, cents in found.parts) == found.cents:
        count = len(found.parts)
        return f"Its {count} parts add up to {dollars(found.cents)}, equal to the cent." if count > 1 else ""
    return ""
