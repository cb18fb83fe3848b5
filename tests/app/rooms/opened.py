"""The rooms of the sample district, prepared once, and an independent reading of selectors."""

from functools import cache

from tests.app.folders import larkhollow
from throughline.app.rooms.base import Room, room_of
from throughline.app.rooms.shown import ShownTable
from throughline.app.selectors import read_selector
from throughline.engine.funding.lines import split_lines


@cache
def sample() -> Room:
    """The rooms of the sample district."""
    return room_of(*larkhollow())


@cache
def lines() -> tuple[tuple[dict[str, str], int], ...]:
    """Every part of a cost line with its labels and fund."""
    result = sample().result
    return tuple(
        ({**line.labels, "fund": fund}, cents) for line, fund, cents in split_lines(result.ledger, result.allocation)
    )


def amount(selector: str) -> int:
    """Cents of the lines that a selector names, added up line by line."""
    where = read_selector(selector)
    wanted = {name: frozenset({value}) if isinstance(value, str) else value for name, value in where.items()}
    wanted.setdefault("cost_type", frozenset({"direct"}))
    return sum(cents for labels, cents in lines() if all(labels[name] in members for name, members in wanted.items()))


def check(shown: ShownTable | None, least: int = 1) -> None:
    """Every amount with a selector is what the selector names."""
    assert shown is not None
    opened = 0
    for row, selectors in zip(shown.table.rows, shown.explain, strict=True):
        for value, selector in zip(row.values, selectors, strict=True):
            if selector:
                opened += 1
                assert amount(selector) == value, (shown.table.id, row.key, selector)
    assert opened >= least, shown.table.id
    for selector in filter(None, shown.rows):
        assert amount(selector) > 0, selector
