"""Kept scenarios: a named what-if that someone wants to compare or adopt later; it changes nothing by being kept."""

from dataclasses import dataclass

from throughline.engine.plan.fields import c1, c2, c3
from throughline.engine.refs import Source


@dataclass(frozen=True, slots=True)
class KeptScenario:
    """A scenario by name: `overrides` are (path, value, reason) on top of the plan, as `throughline plan --override` takes them."""

    id: str = c1()
    name: str = c1()
    note: str = c2("")
    overrides: tuple[tuple[str, str, str], ...] = c3(())
    made_by: str = c2("")
    made_on: str = c2("")
    source: Source | None = c2(None)
