"""Capital plan tables as boards publish them: items by period, kept as stated, with the totals the document states."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from throughline.engine.plan.fields import c1, c2, c3
from throughline.engine.refs import Source


class LineRole(StrEnum):
    """What a row of a published table is; only requests are costs."""

    REQUEST = "request"
    APPROPRIATION = "appropriation"
    FUNDING_SOURCE = "funding_source"
    REVENUE = "revenue"
    ALTERNATIVE = "alternative"
    PART_OF = "part_of"  # included in another line ("of which")


@dataclass(frozen=True, slots=True)
class PlanLine:
    """One item in one period of one document. `period` is as published; `fiscal_year` its end year.

    Named periods ("prior appropriated", "after FY2027", "estimate 1 of 4") have no fiscal year and never enter a yearly
    total. `section` is the heading the document prints above the line; `category` a TCO code, empty when none is known.
    """

    id: str = c1()
    document: str = c1()
    item: str = c1()
    period: str = c1()
    role: LineRole = c1(LineRole.REQUEST)
    amount_cents: int | None = c3(None)
    quantity: Decimal | None = c1(None)
    unit_cents: int | None = c3(None)
    fiscal_year: int | None = c1(None)
    funding_source: str = c1("")
    category: str = c1("")
    asset_class: str = c1("")
    site: str = c1("DISTRICT")
    recurrence: str = c1("one_time")
    part_of: str = c1("")
    goal: str = c1("")
    initiative: str = c1("")
    section: str = c1("")
    note: str = c1("")
    source: Source | None = c2(None)


@dataclass(frozen=True, slots=True)
class StatedTotal:
    """A total the document prints: `axis` is item (row total), period (column total) or grand; `key` names row, column.

    `section` limits it to the lines under one heading (a subtotal), empty = the whole document. `relation` is equals,
    or at_most for a stated ceiling (devices in supply, an award not to exceed). It states cents, a quantity, or both.
    """

    id: str = c1()
    document: str = c1()
    axis: str = c1()
    key: str = c1()
    cents: int | None = c3(None)
    role: LineRole = c1(LineRole.REQUEST)
    quantity: Decimal | None = c1(None)
    section: str = c1("")
    relation: str = c1("equals")
    source: Source | None = c2(None)
