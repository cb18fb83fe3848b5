"""E-Rate Category 2: the district-wide discount and the five-year budget, each with a trace that re-executes.

Budget (47 CFR 54.502, pre-discount): max(multiplier x pupils, floor x entities, and for applicants of few entities the
sum over entities of max(multiplier x own pupils, floor)), less what was committed before. Discount: a matrix row by the
whole percentage of pupils eligible for the National School Lunch Program, urban or rural. Only the discounted share is
charged to the program.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from throughline.engine.calendar import FundingYear
from throughline.engine.ledger.trace import Fact, Step, Trace, evaluate, product, rounded, total
from throughline.engine.money import round_half_up
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import DISTRICT, DerivedRef, Source
from throughline.engine.rulebook.catalog import ErateRate
from throughline.engine.rulebook.fundrule import Discount
from throughline.engine.rulebook.parameter import Parameter


@dataclass(frozen=True, slots=True)
class Entity:
    """A school that counts for the floor; `pupils` is None when enrollment is known for the district only."""

    site: str
    pupils: Decimal | None
    source: Source


@dataclass(frozen=True, slots=True)
class Cycle:
    """Five funding years that share one budget."""

    first: FundingYear
    last: FundingYear

    @property
    def name(self) -> str:
        """`2026-2030`."""
        return f"{self.first.start_year}-{self.last.start_year}"


def cycle_of(discount: Discount, year: FundingYear) -> Cycle:
    """The cycle that contains a funding year: the rule's own, or an earlier or later one of the same length."""
    length = discount.cycle_last_funding_year - discount.cycle_first_funding_year + 1
    first = year.start_year - (year.start_year - discount.cycle_first_funding_year) % length
    return Cycle(FundingYear(first), FundingYear(first + length - 1))


def entities(plan: Plan) -> tuple[tuple[Entity, ...], Decimal | None, Source]:
    """Schools with their pupils, and pupils of the district (None when no enrollment was brought), from the latest
    fall.
    """
    fall = max((row.fall_year for row in plan.enrollment), default=None)
    rows = [row for row in plan.enrollment if row.fall_year == fall]
    by_site: dict[str, Decimal] = {}
    for row in rows:
        by_site[row.site] = by_site.get(row.site, Decimal(0)) + row.pupils
    source = next((row.source for row in rows if row.source), None) or DerivedRef(f"enrollment of fall {fall}")
    whole = by_site.pop(DISTRICT, None)
    pupils = sum(by_site.values(), Decimal(0)) if by_site else whole
    schools = tuple(
        Entity(site.id, by_site.get(site.id), site.source or DerivedRef(f"sites/{site.id}"))
        for site in plan.sites
        if site.erate_entity
    )
    return schools, pupils, source


def discount_row(rates: Sequence[ErateRate], nslp_percent: Decimal) -> ErateRate | None:
    """The matrix row of a percentage, which is rounded to a whole number first; None when the matrix has no such row.

    A percentage below 1 is not rounded up: the first row is "less than 1".
    """
    whole = round_half_up(nslp_percent) if nslp_percent >= 1 else 0
    return next((row for row in rates if row.low <= whole <= row.high), None)


def budget_trace(
    schools: Sequence[Entity],
    pupils: Decimal,
    pupils_source: Source,
    per_pupil: Parameter,
    floor: Parameter,
    hybrid_max_entities: Parameter,
) -> Step:
    """Five-year pre-discount budget in cents, prior commitments not yet subtracted."""
    each = Fact("budget per pupil", Decimal(per_pupil.value), "cents", per_pupil.ref())
    least = Fact("floor per entity", Decimal(floor.value), "cents", floor.ref())
    ways: list[Trace] = [
        rounded("by pupils", product("pupils x multiplier", Fact("pupils", pupils, "pupils", pupils_source), each))
    ]
    if schools:
        count = Fact("entities", len(schools), "schools", DerivedRef("sites that are E-Rate entities"))
        ways.append(product("entities x floor", count, least))
    if 0 < len(schools) <= Decimal(hybrid_max_entities.value) and all(s.pupils is not None for s in schools):
        ways.append(
            total(
                "school by school",
                *(
                    Step(
                        school.site,
                        "maximum",
                        (
                            rounded(
                                "by pupils",
                                product(
                                    "pupils x multiplier",
                                    Fact("pupils", school.pupils or Decimal(0), "pupils", pupils_source),
                                    each,
                                ),
                            ),
                            least,
                        ),
                    )
                    for school in schools
                ),
                rule=f"applicants of at most {hybrid_max_entities.value} entities ({hybrid_max_entities.ref()})",
            )
        )
    return Step("E-Rate Category 2 budget, pre-discount", "maximum", tuple(ways), "the largest of the allowed ways")


def budget_cents(trace: Trace) -> int:
    """The budget in whole cents."""
    return int(evaluate(trace))
