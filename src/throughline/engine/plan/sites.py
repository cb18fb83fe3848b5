"""Sites (operational units) and the rules that map org units and location texts to them."""

from dataclasses import dataclass

from throughline.engine.plan.fields import c1, c2
from throughline.engine.refs import Source


@dataclass(frozen=True, slots=True)
class Site:
    """A school or office. `level` is elementary, middle, high, mixed, office or other; `grades` like ('K', '1', ...,
    '5').
    """

    id: str = c1()
    name: str = c1()
    level: str = c1("other")
    grades: tuple[str, ...] = c1(())
    erate_entity: bool = c1(True)  # counted as a school for the E-Rate floor; False for offices
    source: Source | None = c2(None)


@dataclass(frozen=True, slots=True)
class SiteRule:
    """Text seen in a source column -> site.

    `match` is exact, prefix or contains; earlier `order` wins; case is ignored.
    """

    id: str = c2()
    pattern: str = c2()
    site: str = c2()
    match: str = c2("exact")
    column: str = c2("*")  # importer column the rule reads, or any
    role: str = c2("")  # the role this place implies (student, staff, shared), empty = says nothing
    order: int = c2(100)
    source: Source | None = c2(None)
