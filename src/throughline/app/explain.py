"""Explain a figure: the lines it is made of, each down to rule, terms and sources; the same tree on screen and in footnotes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from throughline.engine.funding.costclass import class_key
from throughline.engine.funding.lines import split_lines, trace_funding
from throughline.engine.funding.reasons import why
from throughline.engine.ledger.dimensions import DIMENSIONS
from throughline.engine.ledger.line import CostLine
from throughline.engine.ledger.trace import Deferred, Fact, Number, Trace, evaluate
from throughline.engine.money import dollars
from throughline.engine.refs import NOT_CASH, UNASSIGNED, UNFUNDED, SetRef
from throughline.engine.run import PlanResult
from throughline.reports.base import TraceLine

LARGEST = 6
FUND = "fund"
RowsOf = Callable[[SetRef], list[str]]


class ExplainError(ValueError):
    """The selector names no figure of this plan; the text says what exists."""


@dataclass(frozen=True)
class Explained:
    """A figure with its rendered tree. `cents` is what the tree evaluates to."""

    title: str
    cents: int
    lines: tuple[TraceLine, ...]


def parse_selector(words: list[str]) -> dict[str, str]:
    """`['FY2028', 'category=D1.1']` -> conditions. A bare word is a fiscal year, `total`, or a line id."""
    where: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if equals and (name in DIMENSIONS or name == FUND):
            where[name] = value
        elif word.startswith("FY"):
            where["fiscal_year"] = word
        elif word in ("unfunded", "UNFUNDED"):
            where[FUND] = UNFUNDED
        elif "/" in word:
            where["line"] = word
        elif word != "total":
            raise ExplainError(
                f"{word}: use total, unfunded, FY2028, a line id, or dimension=member with one of {', '.join(DIMENSIONS)}, fund"
            )
    return where


def explain(result: PlanResult, where: Mapping[str, str], rows_of: RowsOf | None = None) -> Explained:
    """Explain a line (`line`), or the total of all budget lines that match; raises ExplainError when nothing does."""
    if "line" in where:
        return _line(result, where["line"], where.get(FUND, ""), rows_of)
    parts = list(_matching(result, dict(where)))
    if not parts:
        raise ExplainError(f"no cost line matches {dict(where)}; fiscal years are {', '.join(result.horizon.labels)}")
    cents = sum(part for _, _, part in parts)
    title = ", ".join(f"{name} {value}" for name, value in where.items()) or "all cost lines of the plan"
    top = [TraceLine(0, title, dollars(cents), f"sum of {len(parts)} cost lines")]
    ordered = sorted(parts, key=lambda item: (-item[2], item[0].id))
    for line, fund, part in ordered[:LARGEST]:
        top += _render(result.ledger.explain(line.id), 1, rows_of, name=_named(result, line, fund, part), limit=4)
    rest = ordered[LARGEST:]
    if rest:
        amount = sum(part for _, _, part in rest)
        top.append(
            TraceLine(1, f"{len(rest)} smaller cost lines", dollars(amount), "list them with: throughline plan --out")
        )
    if FUND in where:
        top += _fund_words(result, where[FUND])
    return Explained(title, cents, tuple(top))


def _matching(result: PlanResult, where: dict[str, str]) -> Iterator[tuple[CostLine, str, int]]:
    fund = where.pop(FUND, None)
    conditions = where if fund == NOT_CASH or "cost_type" in where else {**where, "cost_type": "direct"}
    if fund is None:
        for line in result.ledger.lines(conditions):
            yield line, "", line.cents
        return
    for line, payer, part in split_lines(result.ledger, result.allocation):
        if payer == fund and all(line.labels[name] == value for name, value in conditions.items()):
            yield line, payer, part


def _named(result: PlanResult, line: CostLine, fund: str, part: int) -> str:
    paid = f", of which {dollars(part)} paid by {fund_name(result, fund)}" if fund and part != line.cents else ""
    return f"{line_name(result, line)}{paid}"


def fund_name(result: PlanResult, fund: str) -> str:
    """A fund as people call it."""
    return "nobody" if fund == UNFUNDED else next((f.name for f in result.plan.funds if f.id == fund), fund)


def line_name(result: PlanResult, line: CostLine) -> str:
    """A cost line in words: what, where, which part of the cost, when."""
    book, labels = result.rules.book, line.labels
    known = book.asset_classes.get(labels["asset_class"])
    record = next((c.name for c in result.plan.contracts if c.id == labels["subject"]), labels["subject"])
    what = known.label if known and line.producer == "devices" else record
    site = result.plan.site_by_id.get(labels["site"])
    where = f" at {site.name}" if site else (", no site known" if labels["site"] == UNASSIGNED else "")
    return f"{what}{where}: {book.categories[labels['category']].label.lower()}, {labels['fiscal_year']}"


def _line(result: PlanResult, line_id: str, fund: str, rows_of: RowsOf | None) -> Explained:
    try:
        trace = (
            trace_funding(result.ledger, result.allocation, line_id, fund) if fund else result.ledger.explain(line_id)
        )
    except KeyError:
        raise ExplainError(f"no cost line is called {line_id}; line ids stand in the cost-line file") from None
    cents = int(evaluate(trace))
    lines = list(_render(trace, 0, rows_of, name=line_id))
    found = next((line for line in result.ledger.lines() if line.id == line_id), None)
    if found is not None and not fund and found.labels["cost_type"] == "direct":
        position = result.allocation.position[class_key(found.labels, result.allocation.groups)]
        lines.append(TraceLine(0, "Who pays for costs of this kind", ""))
        names = {f.id: f.name for f in result.plan.funds}
        for entry in result.allocation.fills_of(position):
            amount = dollars(entry.cents) if entry.cents else ""
            owner = result.allocation.owner_by_id.get(entry.fund)
            source = str(owner.rule.ref) if owner and owner.rule.ref else ""
            lines.append(TraceLine(1, f"{names.get(entry.fund, entry.fund)} {why(entry)}", amount, "", source))
    return Explained(line_id, cents, tuple(lines))


def _fund_words(result: PlanResult, fund: str) -> list[TraceLine]:
    owner = result.allocation.owner_by_id.get(fund)
    if owner is None:
        return [TraceLine(0, "No fund may or can pay these costs; see the findings for what would change that", "")]
    source = str(owner.rule.ref) if owner.rule.ref else ""
    return [TraceLine(0, f"{owner.fund.name}: rule {owner.rule.title}", "", owner.rule.availability, source)]


def _render(
    trace: Trace, depth: int, rows_of: RowsOf | None, name: str = "", limit: int | None = None
) -> Iterator[TraceLine]:
    value = shown(evaluate(trace), trace.unit)
    if isinstance(trace, Fact):
        yield TraceLine(depth, name or trace.name, value, "", str(trace.source))
        if rows_of is not None and isinstance(trace.source, SetRef):
            for row in rows_of(trace.source):
                yield TraceLine(depth + 1, row, "")
        return
    if isinstance(trace, Deferred):
        yield from _render(trace.tree, depth, rows_of, name or trace.name, limit)
        return
    words = {
        "product": "multiplied",
        "sum": "added",
        "difference": "first less the rest",
        "round": "rounded to whole cents",
    }
    yield TraceLine(depth, name or trace.name, value, trace.rule or words.get(trace.op, trace.op))
    if limit == 0 and len(trace.terms) > 1:
        return
    for term in trace.terms:
        yield from _render(term, depth + 1, rows_of, limit=None if limit is None else limit - 1)


def shown(value: Number, unit: str) -> str:
    """A value with its unit as a person reads it."""
    number = Decimal(value)
    if unit == "cents":
        return dollars(int(number)) if number == int(number) else f"${number / 100:,.4f}"
    if unit in ("share", "factor"):
        return f"{number.normalize():f}"
    text = f"{number.normalize():,f}" if number != int(number) else f"{int(number):,}"
    return f"{text} {unit}".strip()
