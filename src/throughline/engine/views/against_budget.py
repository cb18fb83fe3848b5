"""Plan against budget: what the plan costs in a fiscal year beside what the finance system budgeted, has on order and spent.

The ordinary comparison of two ledgers (`compare.py`), by one dimension that both state. A kind of amount that an export does not
hold has no column; what a line does not state stands in a row of its own; nothing unknown becomes 0. Every figure of the finance
system is a sum of imported cells.
"""

from collections.abc import Iterator, Mapping

from throughline.engine.findings import fill
from throughline.engine.funding.against import NO_CODE, UNMAPPED, Against
from throughline.engine.ledger.actuals import fact_of
from throughline.engine.ledger.dimensions import NONE
from throughline.engine.ledger.trace import Fact, Step, Trace, total
from throughline.engine.plan.finance import FinanceKind
from throughline.engine.refs import UNFUNDED, DerivedRef
from throughline.engine.table import Column, Row, Table, Unit, Value
from throughline.engine.views.compare import compare_sums
from throughline.engine.views.worked import Worked, place

TABLE = "against_budget"
WORDS = {FinanceKind.BUDGET: "Budget", FinanceKind.ENCUMBERED: "On order", FinanceKind.ACTUAL: "Spent"}
SAID = {FinanceKind.BUDGET: "budgeted", FinanceKind.ENCUMBERED: "on order", FinanceKind.ACTUAL: "spent"}
RULE = "added up from the imported accounts"
SPECIAL = {
    NONE: "Not stated in the export",
    UNFUNDED: "Not funded, so no account yet",
    UNMAPPED: "Not in the account map",
    NO_CODE: "No account of the export",
}
LAST = tuple(SPECIAL)


def table_name(year: int, dimension: str) -> str:
    """The id of a comparison."""
    return f"{TABLE}.{year}.{dimension}"


def against_budget(
    money: Against, dimension: str, names: Mapping[str, str], categories: Mapping[str, str] | None = None
) -> Worked:
    """One row per member as codes sort, what is not stated at the end, then the total.

    `names` are words for members, `categories` for the categories that explain them. Columns: plan and difference (plan less
    budget) where the plan has the year; budget, on order and spent where the export has them; left = budget less on order less
    spent.
    """
    sums = {kind: money.finance(kind, dimension) for kind in money.stated}
    plan = money.planned(dimension)
    columns = _columns(money, dimension)
    less = compare_sums(sums.get(FinanceKind.BUDGET, {}), plan, dimension, ("Budget", "Plan"))
    difference = {row.key.partition("/")[2]: row.values[3] for row in less.rows if row.kind == "body"}
    rows, traces = [], dict[str, Trace]()
    members = {member for found in (plan, *sums.values()) for member in found}
    for member in sorted(members, key=lambda name: (name in LAST, name)):
        own = dict(_traces(money, dimension, member, sums, categories or {}))
        traces |= {place(member, key): trace for key, trace in own.items()}
        known: dict[str, Value] = {
            "member": SPECIAL.get(member) or names.get(member, member),
            "plan": plan.get(member),
            "difference": difference.get(member),
            "left": _left(sums, member),
            **{str(kind): found.get(member) for kind, found in sums.items()},
        }
        rows.append(Row(tuple(known[column.key] for column in columns), key=member))
    title = f"{money.label}: plan against budget by {dimension}"
    if not money.covered:
        title = f"{money.label}: budget and spending by {dimension}"
    table = Table(table_name(money.year, dimension), title, columns, tuple(rows), _notes(money)).with_total("All")
    return Worked(table, traces | _totals(columns, rows, traces))


def _totals(columns: tuple[Column, ...], rows: list[Row], traces: Mapping[str, Trace]) -> dict[str, Trace]:
    """The total row: each column's figures added up."""
    found: dict[str, Trace] = {}
    for column in columns[1:]:
        parts = tuple(trace for row in rows if (trace := traces.get(place(row.key, column.key))) is not None)
        if parts:
            found[place("", column.key)] = total(f"{column.label}, all", *parts)
    return found


def _columns(money: Against, dimension: str) -> tuple[Column, ...]:
    have = money.stated
    both = money.covered and FinanceKind.BUDGET in have
    left = FinanceKind.BUDGET in have and len(have) > 1
    return (
        Column("member", dimension.capitalize()),
        *([Column("plan", "Plan", Unit.CENTS, True)] if money.covered else []),
        *([Column("budget", WORDS[FinanceKind.BUDGET], Unit.CENTS, True)] if FinanceKind.BUDGET in have else []),
        *([Column("difference", "Plan less budget", Unit.CENTS, True)] if both else []),
        *(Column(str(kind), WORDS[kind], Unit.CENTS, True) for kind in have if kind is not FinanceKind.BUDGET),
        *([Column("left", "Left of the budget", Unit.CENTS, True)] if left else []),
    )


def _left(sums: Mapping[FinanceKind, Mapping[str, int]], member: str) -> int | None:
    """Budget less on order less spent; None where the finance system says nothing."""
    if not any(member in found for found in sums.values()):
        return None
    used = sum(found.get(member, 0) for kind, found in sums.items() if kind is not FinanceKind.BUDGET)
    return sums.get(FinanceKind.BUDGET, {}).get(member, 0) - used


def _traces(
    money: Against,
    dimension: str,
    member: str,
    sums: Mapping[FinanceKind, Mapping[str, int]],
    categories: Mapping[str, str],
) -> Iterator[tuple[str, Trace]]:
    """Each figure of a row: cells of the export added up, costs of the plan by fund and category, and their differences."""
    found: dict[str, Trace] = {}
    for kind in money.stated:
        if member in sums[kind]:
            cells = map(fact_of, money.lines_of(kind, dimension, member))
            found[str(kind)] = total(WORDS[kind], *cells, rule=RULE)
    if member in money.planned(dimension):
        found["plan"] = total(
            "Plan", *_planned(money, dimension, member, categories), rule="added up from the plan's cost lines"
        )
    yield from found.items()
    budget, nothing = str(FinanceKind.BUDGET), Fact("nothing", 0, "cents", DerivedRef("no line of either side"))
    if money.covered:
        yield (
            "difference",
            Step("Plan less budget", "difference", (found.get("plan", nothing), found.get(budget, nothing))),
        )
    used = tuple(trace for key, trace in found.items() if key not in (budget, "plan"))
    if used or budget in found:
        yield "left", Step("Left of the budget", "difference", (found.get(budget, nothing), *used))


def _planned(money: Against, dimension: str, member: str, categories: Mapping[str, str]) -> Iterator[Fact]:
    """The plan's cost of a member by fund and category, largest first."""
    if dimension == "site":
        where = f"cost lines of {money.label} at this site"
        yield Fact("cost lines", money.planned(dimension)[member], "cents", DerivedRef(where))
        return
    sums: dict[tuple[str, str], int] = {}
    for part in money.planned_by(dimension, member):
        sums[part.fund, part.category] = sums.get((part.fund, part.category), 0) + part.cents
    for (fund, category), cents in sorted(sums.items(), key=lambda item: (-item[1], item[0])):
        yield Fact(
            _words(money, fund, categories.get(category, category)),
            cents,
            "cents",
            DerivedRef(f"cost lines of {money.label}"),
        )


def _words(money: Against, fund: str, category: str) -> str:
    known = money.plan.fund_by_id.get(fund)
    return f"{category}, {'not funded' if fund == UNFUNDED else f'paid by {known.name if known else fund}'}"


def _notes(money: Against) -> tuple[str, ...]:
    """What the export is, how old it is, and what it leaves out."""
    exports = sorted({line.document for line in money.lines})
    days = sorted({line.as_of for line in money.lines if line.as_of})
    when = fill(", as of {day}", {"day": days[-1].isoformat()}) if days else ""
    absent = [SAID[kind] for kind in FinanceKind if kind not in money.stated]
    return (
        f"From the finance system's export {', '.join(exports)}{when}.",
        *([f"The export says nothing of what is {' or '.join(absent)}."] if absent else []),
        *([] if money.covered else [f"The plan has no cost in {money.label}."]),
    )
