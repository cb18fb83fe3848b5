"""Explain a figure: first what it is made of, then its largest lines, each down to rule, terms and sources.

One line: its arithmetic, and who pays for it. A total: its items with their amounts, which add up to the total; years;
then the largest line of each of the first items, worked out; then who pays, or why nobody does.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from throughline.app.explain_sources import reason, short
from throughline.app.explain_words import BOTTOM, RowsOf, render, shown
from throughline.app.names import Names
from throughline.app.source.earlier import span
from throughline.app.worked import WORKED as BY_NAME
from throughline.app.worked import worked_figure
from throughline.engine.funding.allocation import Fill
from throughline.engine.funding.costclass import class_key
from throughline.engine.funding.lines import split_lines, trace_funding
from throughline.engine.ledger.dimensions import DIMENSIONS
from throughline.engine.ledger.line import CostLine
from throughline.engine.ledger.trace import evaluate, rounded
from throughline.engine.money import dollars
from throughline.engine.refs import NOT_CASH, UNFUNDED
from throughline.engine.run import PlanResult
from throughline.reports.base import TraceLine

ITEMS = 8  # items of a total that are named; the rest is one amount
WORKED = 2  # items whose largest line is worked out
FUND = "fund"
Members = str | frozenset[str]  # a set means any of them
Where = Mapping[str, Members]


class ExplainError(ValueError):
    """The selector names no figure of this plan; the text says what exists."""


@dataclass(frozen=True)
class Explained:
    """A figure with its rendered tree. `cents` is what the tree evaluates to; `parts` (id, name, cents) add up to it."""

    title: str
    cents: int
    lines: tuple[TraceLine, ...]
    parts: tuple[tuple[str, str, int], ...] = ()
    said: str = ""  # the figure as people read it, when it is no sum of cost lines


@dataclass(frozen=True)
class _Part:
    """A line with the cents of it that belong to the figure."""

    line: CostLine
    fund: str
    cents: int


def show_explained(found: Explained) -> dict[str, Any]:
    """The figure as one JSON-ready value: title, cents, parts that add up to it, and the tree."""
    return {
        "title": found.title,
        "cents": found.cents,
        **({"value": found.said} if found.said else {}),
        "parts": [{"id": key, "name": name, "cents": cents} for key, name, cents in found.parts],
        "tree": [
            {"depth": t.depth, "name": t.name, "value": t.value, "rule": t.rule, "source": t.source}
            for t in found.lines
        ],
    }


def parse_selector(words: list[str]) -> dict[str, str]:
    """`['FY2028', 'category=D1.1']` -> conditions. A bare word is a fiscal year, `total`, `unfunded`, or a line id."""
    where: dict[str, str] = {}
    for word in words:
        name, equals, value = word.partition("=")
        if equals and (name in DIMENSIONS or name in (FUND, BY_NAME)):
            where[name] = value
        elif word.startswith("FY") and word[2:].isdecimal():
            where["fiscal_year"] = word
        elif word.casefold() == "unfunded":
            where[FUND] = UNFUNDED
        elif "/" in word:
            where["line"] = word
        elif word != "total":
            raise ExplainError(
                f"{word or 'an empty word'} names no figure. Use total, unfunded, FY2028, a line id of the cost lines, or "
                f"dimension=member with one of {', '.join((*DIMENSIONS, FUND))}"
            )
    return where


def explain(result: PlanResult, where: Where, rows_of: RowsOf | None = None, deepest: int = BOTTOM) -> Explained:
    """Explain a line (`line`), or the total of all budget lines that match; raises ExplainError when nothing does.

    A total is that of the planning years. What imported plans name before them is said apart, and explained when its
    year, a line of it, or what only it holds is asked for. That nothing is unfunded is an answer, of 0 cents.
    """
    names = Names(result)
    if "line" in where:
        return _line(result, names, str(where["line"]), str(where.get(FUND, "")), rows_of, deepest)
    if BY_NAME in where:
        return _worked(result.planning, names, str(where[BY_NAME]), rows_of, deepest)
    history = result.history
    if history is None:
        return _total(result, names, where, rows_of, {}, deepest)
    if _any(where.get("fiscal_year", ""), history.horizon.labels):
        return _total(history, names, where, rows_of, {}, deepest)
    conditions, fund = _conditions(result, names, where)
    before = _by_year(history, conditions, fund)
    if before and not _by_year(result.planning, conditions, fund):
        return _total(history, names, where, rows_of, {}, deepest)
    return _total(result.planning, names, where, rows_of, before, deepest)


def _conditions(result: PlanResult, names: Names, where: Where) -> tuple[dict[str, Members], Members | None]:
    """What lines must match, budget lines unless another kind is asked for, and the fund."""
    conditions: dict[str, Members] = {
        name: _member(result, names, name, value)
        if isinstance(value, str)
        else frozenset(_member(result, names, name, item) for item in value)
        for name, value in where.items()
    }
    fund = conditions.pop(FUND, None)
    if fund != NOT_CASH and "cost_type" not in conditions:
        conditions["cost_type"] = "direct"
    return conditions, fund


def _any(wanted: Members, of: tuple[str, ...]) -> bool:
    """Whether a condition names one of these members."""
    return not {wanted}.isdisjoint(of) if isinstance(wanted, str) else not wanted.isdisjoint(of)


def _listed(wanted: Members) -> str:
    return wanted if isinstance(wanted, str) else ", ".join(sorted(wanted))


def _total(
    result: PlanResult, names: Names, where: Where, rows_of: RowsOf | None, before: Mapping[str, int], deepest: int
) -> Explained:
    """The total of the years of `result`; `before` is what matches in earlier years, and in no sum here."""
    conditions, fund = _conditions(result, names, where)
    items, count = _items_of(result, names, conditions, fund)
    if not items and fund == UNFUNDED:
        title = _title(result, names, conditions, fund)
        return Explained(title, 0, (TraceLine(0, f"{title}: all of the planned cost has a fund", dollars(0)),), ())
    if not items:
        asked = " with " + " ".join(f"{name}={_listed(value)}" for name, value in where.items()) if where else ""
        raise ExplainError(f"there is no planned cost{asked}; fiscal years are {', '.join(result.horizon.labels)}")
    cents = sum(item.cents for item in items)
    title = _title(result, names, conditions, fund)
    top = [TraceLine(0, title, dollars(cents), f"{count:,} cost lines" if count > 1 else "1 cost line")]
    top += _items(items, names)
    by_year = _by_year(result, conditions, fund)
    if len(by_year) > 1:
        top += [TraceLine(0, "By year", ""), *(TraceLine(1, year, dollars(c)) for year, c in by_year.items())]
    if before:
        said = f"{span(tuple(before))}, not in this total"
        top.append(TraceLine(0, "Earlier years in imported plans", dollars(sum(before.values())), said))
    top += _payers(result, names, conditions, fund, items)
    for item in items[:WORKED]:
        part = item.largest
        top.append(TraceLine(0, f"The largest line of {item.name}: {names.line(part.line)}{_share(names, part)}", ""))
        whole = "the whole line" if part.cents != part.line.cents else "the line"
        top += render(
            result.ledger.explain(part.line.id), 1, names, rows_of, whole, f"line {part.line.id}", None, deepest
        )
    return Explained(title, cents, tuple(top), tuple((item.key, item.name, item.cents) for item in items))


def _member(result: PlanResult, names: Names, name: str, value: str) -> str:
    """The member of a dimension that a word means: its id, or its name whatever the case; raises ExplainError."""
    known: dict[str, str]
    if name == FUND:
        known = {**names.funds, UNFUNDED: "not funded", NOT_CASH: "not cash"}
    else:
        labels = {label for block in result.ledger.blocks for label in block.dims[name].labels if block.cents.size}
        spoken = {"category": names.categories, "site": names.sites, "asset_class": names.classes}.get(name, {})
        known = {label: spoken.get(label) or names.item(label) or label for label in labels}
    if value in known:
        return value
    meant = [member for member, words in known.items() if value.casefold() in (member.casefold(), words.casefold())]
    if len(meant) == 1:
        return meant[0]
    like = get_close_matches(value, known, 3, 0.6)
    listed = f"did you mean {', '.join(like)}?" if like else f"there are {', '.join(sorted(known)[:30])}"
    raise ExplainError(f"no planned cost has {name} {value}; {listed}")


@dataclass(frozen=True)
class _Item:
    """Lines that people think of as one thing: a record's, or those of a category when no record has a name."""

    key: str  # `dimension=member`, which explains it when given as a selector; empty when no selector gives just this
    name: str
    cents: int
    largest: _Part


def _items_of(result: PlanResult, names: Names, where: Where, fund: Members | None) -> tuple[list[_Item], int]:
    """The items of a figure, largest first, and the number of its lines."""
    cents: dict[tuple[str, str], int] = defaultdict(int)
    subjects: dict[tuple[str, str], set[str]] = defaultdict(set)
    best: dict[tuple[str, str], _Part] = {}
    mixed: set[str] = set()  # categories in which other items have a name of their own
    count = 0

    def key_of(subject: str, category: str) -> tuple[str, str]:
        if not names.item(subject):
            return "category", category
        mixed.add(category)
        return "subject", subject

    if fund is None:
        count = result.ledger.count(where)
        for (subject, category), amount in result.ledger.by("subject", "category", where=where).items():
            key = key_of(subject, category)
            cents[key] += amount
            subjects[key].add(subject)
    else:
        for part in _shares(result, where, fund):
            labels = part.line.labels
            key = key_of(labels["subject"], labels["category"])
            count += 1
            cents[key] += part.cents
            if key not in best or part.cents > best[key].cents:
                best[key] = part
    items = []
    for key in sorted(cents, key=lambda item: (-cents[item], item)):
        dimension, member = key
        if key not in best:
            own = {"subject": frozenset(subjects[key])} | ({"category": member} if dimension == "category" else {})
            line = result.ledger.largest({**where, **own}, 1)[0]
            best[key] = _Part(line, "", line.cents)
        name = names.item(member) if dimension == "subject" else names.categories[member]
        selector = "" if dimension == "category" and member in mixed else f"{dimension}={member}"
        items.append(_Item(selector, name, cents[key], best[key]))
    return items, count


def _shares(result: PlanResult, where: Where, fund: Members) -> Iterator[_Part]:
    for line, payer, cents in split_lines(result.ledger, result.allocation):
        if _any(fund, (payer,)) and all(_any(value, (line.labels[name],)) for name, value in where.items()):
            yield _Part(line, payer, cents)


def _title(result: PlanResult, names: Names, where: Where, fund: Members | None) -> str:
    years = result.horizon.labels
    when = _listed(where.get("fiscal_year") or (f"{years[0]} to {years[-1]}" if len(years) > 1 else years[0]))
    who = "Not funded" if fund == UNFUNDED else f"Paid by {_payer(names, fund)}" if fund else "Planned cost"
    if where.get("cost_type") == "indirect":
        who = "Staff time and downtime, not budgeted"
    what = [_spoken(names, name, value) for name, value in where.items() if name not in ("fiscal_year", "cost_type")]
    return ", ".join([who, *what, when])


def _payer(names: Names, fund: Members) -> str:
    return names.fund(fund) if isinstance(fund, str) else f"{len(fund)} funds"


def _spoken(names: Names, name: str, value: Members) -> str:
    if not isinstance(value, str):
        first, *rest = (_spoken(names, name, item) for item in sorted(value))
        return f"{first} and {len(rest)} more" if rest else first
    return names.member(name, value)


def _items(items: list[_Item], names: Names) -> Iterator[TraceLine]:
    for item in items[:ITEMS]:
        line = item.largest.line
        site = names.sites.get(line.labels["site"], "")
        said = f"most of it {names.category(line.labels['category'])}" if item.key.startswith("subject") else ""
        if item.largest.cents == item.cents:
            said = f"{names.category(line.labels['category'])}{f' at {site}' if site else ''}, {line.labels['fiscal_year']}"
        yield TraceLine(1, item.name, dollars(item.cents), said)
    rest = items[ITEMS:]
    if rest:
        yield TraceLine(1, f"{len(rest)} smaller items", dollars(sum(item.cents for item in rest)), "named with --json")


def _by_year(result: PlanResult, where: Where, fund: Members | None) -> dict[str, int]:
    if fund is None:
        return {year: cents for (year,), cents in result.ledger.by("fiscal_year", where=where).items()}
    found: dict[str, int] = defaultdict(int)
    for part in _shares(result, where, fund):
        found[part.line.labels["fiscal_year"]] += part.cents
    return dict(sorted(found.items()))


def _share(names: Names, part: _Part) -> str:
    if not part.fund or part.cents == part.line.cents:
        return ""
    verb = "are not funded" if part.fund == UNFUNDED else f"are paid by {names.fund(part.fund)}"
    return f"; {dollars(part.cents)} of its {dollars(part.line.cents)} {verb}"


def _payers(
    result: PlanResult, names: Names, where: Where, fund: Members | None, items: list[_Item]
) -> Iterator[TraceLine]:
    """Who pays the whole plan or year; the rule of one fund; or why no fund paid the largest unfunded line."""
    if fund is None and where.keys() <= {"cost_type", "fiscal_year"} and where.get("cost_type") == "direct":
        year = where.get("fiscal_year")
        paid = result.allocation.by_fund_year()
        yield TraceLine(0, "Who pays", "")
        for payer in result.allocation.funds:
            cents = sum(c for y, c in paid.get(payer, {}).items() if year is None or _any(year, (f"FY{y}",)))
            if cents:
                yield TraceLine(1, "Not funded" if payer == UNFUNDED else names.fund(payer), dollars(cents))
    elif fund == UNFUNDED:
        part = max((item.largest for item in items), key=lambda found: found.cents)
        yield TraceLine(0, f"Why no fund pays the largest of it ({names.line(part.line)})", "")
        yield from _log(result, names, part.line)
    elif isinstance(fund, str) and (owner := result.allocation.owner_by_id.get(fund)) is not None:
        source = short(owner.rule.ref, names) if owner.rule.ref else ""
        yield TraceLine(0, f"What {owner.fund.name} may pay: {owner.rule.title}", "", "", source)


def _log(result: PlanResult, names: Names, line: CostLine) -> Iterator[TraceLine]:
    """Every fund in the order in which it was asked, those that pay first; of cost that is performed over the year, for the
    months before and after money begins or ends.
    """
    positions = result.allocation.positions[class_key(line.labels, result.allocation.groups)]
    for position in positions:
        part, depth = result.allocation.classes[position], 1
        if len(positions) > 1:
            yield TraceLine(1, f"Done or used {part.months.replace('..', ' to ')}", dollars(part.cents))
            depth = 2
        entries = sorted(result.allocation.fills_of(position), key=lambda entry: not entry.cents)
        for entry in entries:
            owner = result.allocation.owner_by_id.get(entry.fund)
            source = short(owner.rule.ref, names) if owner and owner.rule.ref and entry.cents else ""
            amount = f"{dollars(entry.cents)} of all such costs" if entry.cents else ""
            yield TraceLine(depth, f"{names.fund(entry.fund)} {_reason(entry, names)}", amount, "", source)


def _reason(entry: Fill, names: Names) -> str:
    text = reason(entry, names)
    return text if len(text) <= 120 else text[:119].rstrip() + "\N{HORIZONTAL ELLIPSIS}"


def _line(result: PlanResult, names: Names, line_id: str, fund: str, rows_of: RowsOf | None, deepest: int) -> Explained:
    try:
        line = result.ledger.line(line_id)
        fund = _member(result, names, FUND, fund) if fund else ""
        trace = (
            trace_funding(result.ledger, result.allocation, line_id, fund) if fund else result.ledger.explain(line_id)
        )
    except KeyError:
        raise ExplainError(f"no cost line is called {line_id}; line ids stand in the cost-line file") from None
    cents = int(evaluate(trace))
    title = names.line(line) + (f", paid by {names.fund(fund)}" if fund else "")
    lines = list(render(trace, 0, names, rows_of, title, f"line {line_id}", None, deepest))
    if not fund and line.labels["cost_type"] == "direct":
        lines.append(TraceLine(0, "Who pays for costs of this kind", ""))
        lines += _log(result, names, line)
    return Explained(title, cents, tuple(lines), ((line_id, title, cents),))


def _worked(result: PlanResult, names: Names, name: str, rows_of: RowsOf | None, deepest: int) -> Explained:
    """A figure that is worked out from others; `cents` is 0 when it is no amount of money."""
    figure = worked_figure(result, name)
    if figure is None:
        raise ExplainError(f"{name} names no figure of this plan; the pages link to those that exist")
    trace = rounded(figure.trace.name, figure.trace, "") if figure.trace.unit == "cents" else figure.trace
    value = evaluate(trace)
    lines = tuple(render(trace, 0, names, rows_of, figure.title, "", None, deepest))
    return Explained(figure.title, int(value) if trace.unit == "cents" else 0, lines, said=shown(value, trace.unit))
