"""The lever over pupils: more or fewer than projected."""

from collections.abc import Iterator
from decimal import Decimal

from throughline.app.what_if.lever import Lever, Measure, rule
from throughline.engine.demand.settings import CHANGE
from throughline.engine.run import PlanResult


def pupil_levers(result: PlanResult) -> Iterator[Lever]:
    """Nothing where nobody counted pupils, or where every year of the plan is counted."""
    row = result.rules.find(CHANGE)
    if row is None or result.pupils.projection is None:
        return
    yield Lever(
        "enrollment",
        "pupils",
        "Pupils against the projection",
        Measure.PERCENT,
        Decimal(-30),
        Decimal(30),
        Decimal(1),
        Decimal(row.value) * 100,
        "Every projected count is so much higher or lower, in each grade and school: it moves devices bought by need or by grade "
        "and contracts by student. The E-Rate budget stays; it follows the last counted fall.",
        lambda _at, percent: (rule(CHANGE, percent / 100),),
    )
