"""The rulebook as people see it: every parameter in force with its source, and the district's own value beside it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from throughline.app.plans import OpenPlan, slug
from throughline.engine.money import dollars
from throughline.engine.rulebook.book import Rulebook
from throughline.packs.loader import load_rulebook


@dataclass(frozen=True)
class RuleRow:
    """A parameter: path, its value on the day in words with source, and what the district set instead.

    `unit` is what an own value is entered in.
    """

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
                _shown(row.value, row.unit),
                row.unit,
                row.effective_from.isoformat(),
                row.source,
                row.standing,
                row.verified_on.isoformat(),
                mine.value if mine else "",
                mine.reason if mine else "",
            )
        )
    return tuple(rows)


def _shown(value: int | Decimal | str, unit: str) -> str:
    """A value as people say it: dollars, percent, or the number with its unit."""
    if unit == "cents" and isinstance(value, int):
        return dollars(value)
    if unit == "share" and isinstance(value, Decimal):
        return f"{(value * 100).normalize():f}%"
    return str(value) if unit == "text" else f"{value} {unit}"
