"""Amounts of the finance system as it states them, and how its export is laid out. They are compared, never costed."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from throughline.engine.plan.fields import c1, c2, c3
from throughline.engine.refs import Source


class FinanceKind(StrEnum):
    """What an amount is: the budget in force, what is on order, what was spent."""

    BUDGET = "budget"
    ENCUMBERED = "encumbered"
    ACTUAL = "actual"


@dataclass(frozen=True, slots=True)
class FinanceLine:
    """One amount of one account in one fiscal year, in the codes of the district's own chart. Credits are below zero.

    `document` is the export without its date: a newer one replaces the older. Empty codes are not stated. `location` is as
    exported, `site` the school it names (DISTRICT where it says so); `category` is told by the description, '' when it is not.
    """

    id: str = c1()
    document: str = c1()
    kind: FinanceKind = c1()
    fiscal_year: int = c1()
    cents: int = c3()
    account: str = c2("")
    fund_code: str = c2("")
    program: str = c2("")
    function: str = c2("")
    object: str = c2("")
    project: str = c2("")
    level: str = c2("")
    location: str = c2("")
    site: str = c1("")
    description: str = c2("")
    category: str = c1("")
    as_of: date | None = c2(None)
    source: Source | None = c2(None)

    @property
    def part(self) -> str:
        """What a newer export replaces as a whole: one fiscal year of one export."""
        return part_of(self.document, self.fiscal_year)


def part_of(document: str, fiscal_year: int) -> str:
    """One fiscal year of one export, in words."""
    return f"{document} FY{fiscal_year}"


@dataclass(frozen=True, slots=True)
class FinanceExport:
    """How an export of the finance system is laid out: a budget request is written back in the same columns.

    `columns` are (heading, field) in the file's order; `parts` the segments of an account string in theirs, with `separator`
    between them. `funds` are (code of the finance system, fund of the plan) as a person answered.
    """

    id: str = c2()
    columns: tuple[tuple[str, str], ...] = c2(())
    parts: tuple[str, ...] = c2(())
    separator: str = c2("")
    funds: tuple[tuple[str, str], ...] = c2(())
    source: Source | None = c2(None)
