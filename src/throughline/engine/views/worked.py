"""Worked: a table whose figures were computed by traces, so that what a page shows and what explains it are one thing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from throughline.engine.ledger.trace import Trace, evaluate
from throughline.engine.money import round_half_up
from throughline.engine.table import Table


@dataclass(frozen=True)
class Worked:
    """A table with the traces of its computed cells, by `row key|column key`; cells without one are as entered."""

    table: Table
    traces: Mapping[str, Trace] = field(default_factory=dict)


def place(row: str, column: str) -> str:
    """The name of a cell."""
    return f"{row}|{column}"


def whole(trace: Trace | None, scale: int = 1) -> int | None:
    """What a cell holds: the value rounded once, or nothing; `scale` 10,000 makes hundredths of a percent of a share."""
    return None if trace is None else round_half_up(evaluate(trace) * scale)


def text(trace: Trace | None, places: str = "0.1") -> str | None:
    """A value of no unit as a cell: rounded to some places."""
    return None if trace is None else f"{evaluate(trace).quantize(Decimal(places)):f}"
