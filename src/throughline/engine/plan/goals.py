"""Goals and the initiatives that serve them."""

from dataclasses import dataclass

from throughline.engine.plan.fields import c1, c2
from throughline.engine.refs import Source


@dataclass(frozen=True, slots=True)
class Goal:
    """A strategic goal with a measure that can be checked later."""

    id: str = c1()
    name: str = c1()
    measure: str = c1("")
    target: str = c1("")
    source: Source | None = c2(None)


@dataclass(frozen=True, slots=True)
class Initiative:
    """Work that serves one primary goal; costs name the initiative they belong to."""

    id: str = c1()
    name: str = c1()
    goal: str = c1("")
    source: Source | None = c2(None)
