"""Explanations of pupil counts: reported cells as they are, projections down to the cells and settings behind them."""

from collections.abc import Mapping
from decimal import Decimal

from throughline.engine.calendar import FiscalYear
from throughline.engine.demand.projection_trace import projection_trace
from throughline.engine.demand.pupils import Pupils, fall_of
from throughline.engine.ledger.trace import Fact, Step, Trace
from throughline.engine.plan.enrollment import EnrollmentCount
from throughline.engine.refs import DISTRICT, DerivedRef, EntryRef


class PupilTraces:
    """Traces by fall, site and grade; built once each, so that trees share their parts."""

    def __init__(self, pupils: Pupils) -> None:
        self.pupils = pupils
        self._cells: dict[tuple[int, str, str], list[EnrollmentCount]] = {}
        for row in pupils.counts:
            self._cells.setdefault((row.fall_year, row.site, row.grade), []).append(row)
        self._made: dict[tuple[int, str], Trace] = {}

    def district(self, year: FiscalYear, grade: str) -> Trace:
        """Pupils of a grade in the whole district."""
        fall = fall_of(year)
        if (fall, grade) not in self._made:
            self._made[fall, grade] = self._district(fall, grade)
        return self._made[fall, grade]

    def site(self, year: FiscalYear, site: str, grade: str) -> Trace:
        """Pupils of a grade at a site: reported, or the site's share of the district's projection."""
        fall = fall_of(year)
        if site == DISTRICT:
            return self.district(year, grade)
        if fall in self.pupils.by_site:
            return self._counted(fall, site, grade)
        base = max(self.pupils.by_site)
        counted: Mapping[str, Mapping[str, Decimal]] = self.pupils.by_site[base]
        holders = [name for name in sorted(counted) if counted[name].get(grade, Decimal(0)) > 0]
        whole = Step("pupils of the district, whole", "round", (self.district(year, grade),), unit="pupils")
        place = Fact("position of the site", holders.index(site), "position", DerivedRef("sites by id"))
        weights = [self._counted(base, name, grade) for name in holders]
        rule = f"shared by pupils of grade {grade} in fall {base}, largest remainder"
        return Step(f"grade {grade} at {site}, fall {fall}", "split", (whole, place, *weights), rule, "pupils")

    def _district(self, fall: int, grade: str) -> Trace:
        if fall not in self.pupils.history and self.pupils.projection is not None:
            return projection_trace(self.pupils.projection, fall, grade, self._reported)
        if fall in self.pupils.by_site:
            sites = [s for s in sorted(self.pupils.by_site[fall]) if (fall, s, grade) in self._cells]
            parts = tuple(self._counted(fall, site, grade) for site in sites)
            return Step(f"grade {grade}, fall {fall}", "sum", parts, "all sites", "pupils")
        return self._counted(fall, DISTRICT, grade)

    def _counted(self, fall: int, site: str, grade: str) -> Trace:
        facts = tuple(
            Fact(
                f"pupils in grade {grade} at {site}, fall {fall}",
                row.pupils,
                "pupils",
                row.source or EntryRef(f"enrollment/{row.id}"),
            )
            for row in self._cells[fall, site, grade]
        )
        return facts[0] if len(facts) == 1 else Step(f"grade {grade} at {site}", "sum", facts, unit="pupils")

    def _reported(self, fall: int, grade: str, pupils: Decimal) -> Trace:
        """The cells that a count of the history adds up; births have no cells."""
        if grade in self.pupils.history.get(fall, {}):
            return self._district(fall, grade)
        return Fact(f"{grade}, fall {fall}", pupils, "pupils", DerivedRef(f"{grade} of fall {fall}, entered"))
