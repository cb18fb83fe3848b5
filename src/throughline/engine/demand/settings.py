"""The settings of the enrollment projection, as one record; a district replaces them one by one (`rules/enrollment/...`).

Source of the fitted values: New Jersey Department of Education fall enrollment reports, falls 2012 to 2018, districts
with all grades and 500 or more pupils; fitted on target falls 2016 to 2018, later falls kept for the test
(`benchmarks/enrollment`). They are starting values for any district, not facts about it. A plan reads them from the
rulebook; the defaults below are for a projection without one, and a test holds both equal.
"""

from dataclasses import dataclass, replace
from decimal import Decimal

from throughline.engine.ledger.trace import Fact
from throughline.engine.rulebook.book import RulesAt


@dataclass(frozen=True, slots=True)
class ProjectionSettings:
    """How the default projection weighs a district's own history; see `docs/concepts/enrollment.md`.

    Each ratio is computed as if `promote_pupils` more pupils had moved up one for one and `level_pupils` more had moved
    as the school level does: small grades are steadied, large ones keep their own ratio. `entry_grades` start a new
    school, where a district's own ratio says more, so only `entry_pupils` are added there.
    """

    promote_pupils: Decimal = Decimal(150)
    level_pupils: Decimal = Decimal(150)
    entry_grades: tuple[str, ...] = ("9",)
    entry_pupils: Decimal = Decimal(50)
    year_weight: Decimal = Decimal("0.7")  # weight of a year's ratio relative to the year after it
    cap: Decimal = Decimal("1.5")  # a ratio counts up to cap / sqrt(pupils) away from the grade's median ratio
    cohort_memory: Decimal = Decimal("0.1")  # share of a class size taken from the same class one fall earlier
    first_grade_weight: Decimal = Decimal("0.4")  # like year_weight, for the level of kindergarten
    kindergarten_drift: Decimal = Decimal("-0.012")  # change of kindergarten per year where births are not given
    birth_lag: int = 5  # years from birth to kindergarten
    birth_years: int = 5  # falls behind the ratio of kindergarten to births
    excluded_falls: tuple[int, ...] = ()  # falls a person declared unusual: no ratio into or out of them
    doubt_share: Decimal = Decimal("0.25")  # a count this far from both neighbours is not believed ...
    doubt_sigmas: Decimal = Decimal(4)  # ... nor one closer than this many times 1 / sqrt(pupils) disbelieved
    band: Decimal = Decimal("1.28155")  # half width of low to high in standard deviations: about 8 falls of 10 inside
    spread_scale: Decimal = Decimal("0.9")  # expected spread of a ratio is this / sqrt(pupils)
    common_share: Decimal = Decimal("0.1")  # share of the spread that all grades have in common


DEFAULTS = ProjectionSettings()
PATHS = {
    "promote_pupils": "enrollment/promote-pupils",
    "level_pupils": "enrollment/level-pupils",
    "entry_pupils": "enrollment/entry-pupils",
    "year_weight": "enrollment/year-weight",
    "cap": "enrollment/cap",
    "cohort_memory": "enrollment/cohort-memory",
    "first_grade_weight": "enrollment/first-grade-weight",
    "kindergarten_drift": "enrollment/kindergarten-change",
    "doubt_share": "enrollment/doubt-share",
    "doubt_sigmas": "enrollment/doubt-sigmas",
}


@dataclass(frozen=True)
class Projecting:
    """Settings with the leaves that end the explanation of each, by field; a field without one is a default.

    `change` is a relative change of every projected count that the district plans with (0.05 = 5 % more pupils than
    projected); None = the projection as it is.
    """

    settings: ProjectionSettings = DEFAULTS
    facts: tuple[tuple[str, Fact], ...] = ()
    change: Fact | None = None


UNSET = Projecting()
CHANGE = "enrollment/change"


def projecting(rules: RulesAt) -> Projecting:
    """The settings in effect by the rulebook; what it does not state keeps its default."""
    found = [(field, row) for field, path in PATHS.items() if (row := rules.find(path)) is not None]
    values = {field: Decimal(row.value) for field, row in found}
    facts = ((field, Fact(row.note or row.path, values[field], row.unit, row.ref())) for field, row in found)
    row = rules.find(CHANGE)
    change = (
        Fact("change against the projection", Decimal(row.value), row.unit, row.ref()) if row and row.value else None
    )
    return Projecting(replace(DEFAULTS, **values), tuple(facts), change)  # type: ignore[arg-type]
