"""A selector names one figure of a plan as text that fits into an address; `explain` opens it.

`fiscal_year=FY2028&fund=levy` is the conditions of the lines that the figure adds up, a name given twice means either
member, `total` is every budget line.
"""

from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode

from throughline.app.explain import FUND, ExplainError, Members, Where
from throughline.app.worked import WORKED
from throughline.engine.ledger.dimensions import DIMENSIONS

TOTAL = "total"
NAMES = (*DIMENSIONS, FUND, "line", WORKED)


def selector(where: Where) -> str:
    """The conditions as text, names in one order, so that equal conditions have one address."""
    pairs = [(name, member) for name in NAMES if name in where for member in _members(where[name])]
    return urlencode(pairs) or TOTAL


def _members(value: Members) -> Sequence[str]:
    return (value,) if isinstance(value, str) else sorted(value)


def read_selector(text: str) -> dict[str, Members]:
    """The conditions of a selector; raises ExplainError for text that is none."""
    if text == TOTAL:
        return {}
    found: dict[str, list[str]] = {}
    for name, member in parse_qsl(text, keep_blank_values=True):
        if name not in NAMES or not member:
            raise ExplainError(f"{name}={member} names no figure; a condition is one of {', '.join(NAMES)}")
        found.setdefault(name, []).append(member)
    if not found:
        raise ExplainError(
            f"{text or 'an empty text'} names no figure; use {TOTAL} or conditions such as fiscal_year=FY2028"
        )
    return {name: members[0] if len(members) == 1 else frozenset(members) for name, members in found.items()}
