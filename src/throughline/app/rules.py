"""The rulebook as people see it: every parameter in force with its source, and the district's own value beside it."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from throughline.app.plans import OpenPlan, slug
from throughline.engine.rulebook.book import Rulebook
from throughline.packs.loader import load_rulebook


@dataclass(frozen=True)
class RuleRow:
    """A parameter: path, its value on the day with unit and source, and what the district set instead."""

    path: str
    label: str
    value: str
    unit: str
    effective: str
    source: str
    status: str
    verified_on: str
    own: str
    own_reason: str


def rulebook_of(opened: OpenPlan) -> Rulebook:
    """The rulebook of the plan's state."""
    return _book(opened.plan.district.state)


@lru_cache(maxsize=8)
def _book(state: str) -> Rulebook:
    return load_rulebook(state)


def rule_rows(opened: OpenPlan, as_of: date) -> tuple[RuleRow, ...]:
    """Every parameter in force on the day, by path."""
    book = rulebook_of(opened)
    own = {item.id: item for item in opened.plan.assumptions}
    rows = []
    for path in sorted(book.parameters):
        rules = [row for row in book.parameters[path] if row.effective_from <= as_of]
        row = rules[-1] if rules else book.parameters[path][0]
        mine = own.get(slug(path))
        rows.append(
            RuleRow(
                path,
                path.replace("/", ": ").replace("-", " "),
                str(row.value),
                row.unit,
                row.effective_from.isoformat(),
                row.source,
                row.status,
                row.verified_on.isoformat(),
                mine.value if mine else "",
                mine.reason if mine else "",
            )
        )
    return tuple(rows)
