"""What all rooms of one run share: its planning years, its tables as documents print them, and its words."""

from dataclasses import dataclass, replace
from typing import Any

from throughline.app.explain import Where
from throughline.app.plans import OpenPlan
from throughline.app.rooms.shown import Part
from throughline.app.selectors import selector
from throughline.app.source.report_source import TABLES, report_source
from throughline.engine.refs import UNFUNDED
from throughline.engine.run import PlanResult
from throughline.engine.table import Table
from throughline.reports.base import Explanation, ReportSource
from throughline.reports.compose import Context, context
from throughline.reports.words import SLOT, Words

WORDS = "throughline.reports.board_packet"


@dataclass(frozen=True)
class Room:
    """A run as the pages see it. `result` holds the planning years only; `figures` are selectors by figure name."""

    result: PlanResult
    source: ReportSource
    at: Context
    figures: dict[str, str]

    def table(self, name: str) -> Table | None:
        """A table by its name in the vocabulary of documents, years without any cost left out."""
        made = self.source.tables.get(name)
        if made is None and (maker := TABLES.get(name)) is not None:
            made = maker(self.result)
        return self.shown_years(made) if made is not None and made.rows else None

    def shown_years(self, table: Table) -> Table:
        """The table without columns of years in which nothing is spent or bought."""
        quiet = set(self.result.horizon.labels).difference(self.source.fiscal_years)
        keep = [i for i, column in enumerate(table.columns) if column.key not in quiet]
        if len(keep) == len(table.columns):
            return table
        rows = tuple(replace(row, values=tuple(row.values[i] for i in keep)) for row in table.rows)
        return replace(table, columns=tuple(table.columns[i] for i in keep), rows=rows)

    def number(self, name: str) -> int | None:
        """A named figure that is a number; None when this run does not have it."""
        found = self.source.figures.get(name)
        return found.value if found is not None and isinstance(found.value, int) else None

    def word(self, name: str) -> str | None:
        """A named figure that is a text."""
        found = self.source.figures.get(name)
        return found.value if found is not None and isinstance(found.value, str) else None

    def sentence(self, words: Words, path: str) -> tuple[Part, ...]:
        """The sentence at a path of a words file, every figure that cost lines make up with its selector."""
        text = words.choose(_noted(words.raw(path)), path)
        return tuple(Part(span.text, self.figures.get(span.note, "")) for span in text or () if span.text)


def room_of(opened: OpenPlan, whole: PlanResult) -> Room:
    """Prepare the rooms of one run."""
    result = whole.planning
    figures = _selectors(result)
    source = report_source(opened, whole, full=False)
    source = replace(source, explanations=tuple(Explanation(name, "", ()) for name in figures))
    return Room(result, source, context(WORDS, source), figures)


def _noted(node: Any) -> Any:
    """Words whose every slot asks for its explanation: a page can open any of them, a printed one only some."""
    if isinstance(node, list):
        return [_noted(item) for item in node]
    if isinstance(node, str):
        return SLOT.sub(lambda slot: f"{{{slot['name']}:{slot['format']}^}}", node)
    return {name: _noted(text) if name == "say" else text for name, text in node.items()}


def _selectors(result: PlanResult) -> dict[str, str]:
    """Selectors of the named figures that are sums of cost lines."""
    years = result.horizon.labels
    cost = {year: cents for (year,), cents in result.ledger.by("fiscal_year", where={"cost_type": "direct"}).items()}
    paid = result.allocation.by_fund_year()
    payers = sorted(fund for fund in paid if fund != UNFUNDED)
    found: dict[str, Where] = {
        "cost": {},
        "gap": {"fund": UNFUNDED},
        "indirect": {"cost_type": "indirect"},
        "cost_first_year": {"fiscal_year": years[0]},
        "capital": {"outlay": "capital"},
        "operating": {"outlay": "operating"},
        **({"funded": {"fund": frozenset(payers)}} if payers else {}),
    }
    if cost:
        found["cost_peak"] = {"fiscal_year": max(years, key=lambda year: cost.get(year, 0))}
    if UNFUNDED in paid:
        found["gap_first_amount"] = {"fund": UNFUNDED, "fiscal_year": f"FY{min(paid[UNFUNDED])}"}
    if payers:
        found["largest_fund_cost"] = {"fund": max(payers, key=lambda fund: sum(paid[fund].values()))}
    return {name: selector(where) for name, where in found.items()}
