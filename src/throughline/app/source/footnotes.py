"""How the key figures of the packet come about, in lines a board member can follow: amounts, rule, largest parts, sources.

Each note ends at sources (a file with its row, a rule, or an entry); ids of lines stay in the workbook and in
`throughline explain`. What a note adds up is the figure itself.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from throughline.app.explain import explain
from throughline.app.explain_sources import without_place
from throughline.app.fund_words import GROUPS
from throughline.app.source.money_tables import unfunded_by
from throughline.app.source.students import student_years
from throughline.engine.money import dollars
from throughline.engine.refs import UNFUNDED
from throughline.engine.run import PlanResult
from throughline.engine.table import Table
from throughline.reports.base import Explanation, Figure, TraceLine

BUDGET = {"cost_type": "direct"}
DEEPEST = 4  # lines of an explanation below it are for `throughline explain`
IDS = ("line ", "subject=", "category=", "decision ")
REPEATED = "as above"
NAMED = re.compile(r"(?P<what>\b(?:site|sites:|asset class|category) )(?P<id>[\w.-]*\w)")
Parts = Iterable[tuple[str, int]]


def footnotes(result: PlanResult, named: dict[str, Figure], tables: dict[str, Table]) -> tuple[Explanation, ...]:
    """A note for each key figure that the run has."""
    made: dict[str, Callable[[], Note]] = {
        "cost": lambda: _cost(result),
        "funded_share": lambda: _funded(result),
        "gap": lambda: _gap(result),
        "per_student": lambda: _per_student(result),
        "devices_bought": lambda: _devices(result, tables),
        "cliff_first_cost": lambda: _cliff(tables, named),
    }
    found = ((name, make()) for name, make in made.items() if name in named and named[name].value)
    return tuple(Explanation(name, title, lines) for name, (title, lines) in found if lines)


Note = tuple[str, tuple[TraceLine, ...]]


def _sum(name: str, parts: Parts, depth: int = 0) -> TraceLine:
    """One line whose parts add up to it."""
    listed = [(label, cents) for label, cents in parts if cents]
    how = " + ".join(f"{label} {dollars(cents)}" for label, cents in listed) if len(listed) > 1 else ""
    return TraceLine(depth, name, dollars(sum(cents for _, cents in listed)), how)


def _years(result: PlanResult, cents: dict[int, int]) -> Parts:
    return [(year.label, cents.get(year.end_year, 0)) for year in result.horizon.years]


def _groups(result: PlanResult, by_category: dict[str, int]) -> Parts:
    totals: dict[str, int] = {}
    for code, cents in sorted(by_category.items()):
        label = GROUPS.get(code[:2]) or result.rules.book.categories[code].label
        totals[label] = totals.get(label, 0) + cents
    return sorted(totals.items(), key=lambda item: -item[1])


def _cost(result: PlanResult) -> Note:
    cents = {year: amount for (year,), amount in result.ledger.by("fiscal_year", where=BUDGET).items()}
    by_category = {code: amount for (code,), amount in result.ledger.by("category", where=BUDGET).items()}
    count = result.ledger.count(BUDGET)
    return "What the plan costs", (
        TraceLine(
            0, f"Every cost is a line: one thing, in one place, in one year. The plan adds up {count:,} of them", ""
        ),
        _sum("By year", [(label, cents.get(label, 0)) for label in result.horizon.labels]),
        _sum("The same by kind of cost", _groups(result, by_category)),
        *_worked(result, {}),
    )


def _gap(result: PlanResult) -> Note:
    by_year = dict(result.allocation.unfunded_by_year())
    explained = explain(result, {"fund": UNFUNDED})
    return "What is not funded", (
        TraceLine(0, "Each cost is offered to the funds in the order the district set. What none of them may or can pay is not funded", ""),
        _sum("By year", _years(result, by_year)),
        _sum("The same by kind of cost", _groups(result, unfunded_by(result, "category"))),
        *_section(explained.lines, "Why no fund pays", _Words(result)),
        *_worked(result, {"fund": UNFUNDED}),
    )  # fmt: skip


def _funded(result: PlanResult) -> Note:
    total = result.ledger.total(BUDGET)
    paid = result.allocation.by_fund_year()
    gap = sum(paid.get(UNFUNDED, {}).values())
    share = (Decimal(total - gap) * 100 / Decimal(total)).quantize(Decimal("0.01"))
    funds = [(owner.fund.name, sum(paid.get(owner.fund.id, {}).values())) for owner in result.allocation.owners]
    rules = [
        TraceLine(1, owner.fund.name, dollars(sum(paid[owner.fund.id].values())), "", owner.rule.ref.source if owner.rule.ref else "")
        for owner in result.allocation.owners
        if sum(paid.get(owner.fund.id, {}).values())
    ]  # fmt: skip
    return "What is funded", (
        TraceLine(0, "Share of the cost that a fund pays", f"{share}%", f"{dollars(total - gap)} ÷ {dollars(total)}"),
        TraceLine(0, "Paid by", dollars(sum(cents for _, cents in funds))),
        *rules,
    )


def _per_student(result: PlanResult) -> Note:
    years = student_years(result)
    total, pupils = sum(year.direct for year in years), sum((year.students for year in years), Decimal(0))
    each = f"{total / pupils / 100:,.2f}"
    listed = ", ".join(f"{year.label} {year.students:,.0f}" for year in years)
    files = sorted({str(row.source).partition(",")[0] for row in result.plan.enrollment if row.source})[:3]
    counted = f"Counted in {', '.join(files)}, then carried forward grade by grade" if files else ""
    return "Cost for each student, each year", (
        TraceLine(0, "Cost ÷ students, added up over the years", f"${each}", f"{dollars(total)} ÷ {pupils:,.0f}"),
        TraceLine(0, f"Students a year: {listed}", "", "", counted),
    )


def _devices(result: PlanResult, tables: dict[str, Table]) -> Note:
    rule = (
        "A device is bought when updates or its planned life end, when it is in poor condition, or when more are needed"
    )
    lines = [TraceLine(0, rule, "")]
    why = tables.get("refresh_why")
    for row in why.rows if why else ():
        units = [int(value or 0) for value in row.values[1:]]
        if row.kind == "total":
            lines.insert(1, TraceLine(0, "Devices to buy", f"{sum(units):,}", _counts(result.horizon.labels, units)))
        else:
            lines.append(TraceLine(1, str(row.values[0]), f"{sum(units):,}", _counts(result.horizon.labels, units)))
    snapshot = result.inputs.plan.snapshot
    if snapshot is not None:
        files = ", ".join(name.rpartition(" ")[0] for name in snapshot.files)
        lines.append(TraceLine(0, f"Counted in the inventories of {snapshot.taken_on}", "", "", files))
    return "Devices to buy", tuple(lines)


def _counts(labels: Iterable[str], units: list[int]) -> str:
    return " + ".join(f"{label} {count:,}" for label, count in zip(labels, units, strict=True) if count)


def _cliff(tables: dict[str, Table], named: dict[str, Figure]) -> Note:
    table, fund = tables.get("cliffs"), named["cliff_first_fund"].value
    if table is None:
        return "", ()
    years = [column.key for column in table.columns if column.key.startswith("FY")]
    rows = [row for row in table.rows if row.kind == "body" and row.values[table.index("fund")] == fund]
    totals = {year: sum(int(row.values[table.index(year)] or 0) for row in rows) for year in years}
    most = max(totals, key=lambda year: totals[year])
    parts = [(str(row.values[0]), int(row.values[table.index(most)] or 0)) for row in rows]
    return "What needs other money", (
        TraceLine(0, f"{fund} pays costs that come again every year. They go on after it ends", ""),
        _sum(f"Most of all in {most}", parts),
        _sum("All years", totals.items()),
    )


def _worked(result: PlanResult, where: dict[str, str]) -> Iterator[TraceLine]:
    """The largest line, as explain works it out, without ids."""
    return _section(explain(result, where).lines, "The largest line of", _Words(result))


def _section(lines: tuple[TraceLine, ...], start: str, words: "_Words") -> Iterator[TraceLine]:
    """The first section that begins so, down to its sources; parts made the same way are shown once."""
    found: list[TraceLine] = []
    seen: dict[int, set[str]] = {}
    hidden = DEEPEST
    for line in lines:
        if line.depth == 0:
            if found:
                break
            if not line.name.startswith(start):
                continue
        elif not found:
            continue
        seen = {depth: names for depth, names in seen.items() if depth <= line.depth}
        if line.depth > hidden or line.rule == REPEATED:
            continue
        again = line.name in seen.setdefault(line.depth, set())
        hidden = line.depth if again else DEEPEST
        seen[line.depth].add(line.name)
        source = "" if line.source.startswith(IDS) else words(without_place(line.source))
        rule = words(line.rule).replace(" FTE", " positions")
        value = words(line.value).replace(" FTE", " positions")
        found.append(TraceLine(line.depth, words(line.name), value, rule, source))
    return iter(found if len(found) > 1 else ())


class _Words:
    """Ids inside a text as people call them: sites, categories, classes of devices."""

    def __init__(self, result: PlanResult) -> None:
        book = result.rules.book
        known = {site.id: site.name for site in result.plan.sites}
        known |= {code: row.label.lower() for code, row in book.categories.items()}
        known |= {name: row.label for name, row in book.asset_classes.items()}
        self.known = known | {"DISTRICT": "the whole district", "UNASSIGNED": "not known"}

    def __call__(self, text: str) -> str:
        """The text with ids after "site", "sites:", "asset class" and "category" replaced."""
        text = text.replace(" %", "%")
        return NAMED.sub(lambda found: found["what"] + self.known.get(found["id"], found["id"]), text)
