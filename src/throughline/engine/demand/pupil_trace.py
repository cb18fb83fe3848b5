"""Explanations of pupil counts: reported cells as they are, projections down to the cells and settings behind them."""

from collections.abc import Mapping
from decimal import Decimal
from functools import cached_property

from throughline.engine.calendar import FiscalYear
from throughline.engine.demand.projection_trace import ProjectionTraces
from throughline.engine.demand.pupils import Pupils, fall_of
from throughline.engine.ledger.trace import Deferred, Fact, Step, Trace
from throughline.engine.plan.enrollment import EnrollmentCount
from throughline.engine.refs import DISTRICT, DerivedRef, EntryRef


class PupilTraces:
    """Traces by fall, site and grade; built once each, so that trees share their parts."""

    def __init__(self, pupils: Pupils) -> None:
        self.pupils = pupils
        self._made: dict[tuple[str, int, str, str], Trace] = {}

    @cached_property
    def _cells(self) -> dict[tuple[int, str, str], list[EnrollmentCount]]:
        cells: dict[tuple[int, str, str], list[EnrollmentCount]] = {}
        for row in self.pupils.counts:
            cells.setdefault((row.fall_year, row.site, row.grade), []).append(row)
        return cells

    @cached_property
    def _projected(self) -> ProjectionTraces | None:
        projection = self.pupils.projection
        return ProjectionTraces(projection, self._reported, dict(self.pupils.how.facts)) if projection else None

    def total(self, year: FiscalYear, site: str) -> Trace | None:
        """Pupils of all grades at a site, or in the district, in a fiscal year; None when nobody counted them."""
        counted = self.pupils.district(year) if site == DISTRICT else (self.pupils.sites(year) or {}).get(site)
        if counted is None:
            return None
        name = f"pupils in fall {fall_of(year)}"

        def expand() -> Trace:
            found = tuple(self.site(year, site, grade) for grade in self.grades(year, site))
            return Step(name, "sum", found, "all grades", "pupils")

        key = ("total", fall_of(year), site, "")
        if key not in self._made:
            self._made[key] = Deferred(name, sum(counted.values(), Decimal(0)), "pupils", expand)
        return self._made[key]

    def grades(self, year: FiscalYear, site: str) -> tuple[str, ...]:
        """Grades whose pupils at a site can be explained: those of the counts that the year's figures come from."""
        fall = fall_of(year)
        if site == DISTRICT:
            return tuple(sorted(self.pupils.district(year) or {}))
        if fall in self.pupils.by_site:
            return tuple(sorted(self.pupils.by_site[fall].get(site, {})))
        base, projected = self.pupils.by_site[max(self.pupils.by_site)], self.pupils.district(year) or {}
        counted = {grade for grades in base.values() for grade, number in grades.items() if number > 0}
        return tuple(sorted(grade for grade in base.get(site, {}) if grade in projected and grade in counted))

    def district(self, year: FiscalYear, grade: str) -> Trace:
        """Pupils of a grade in the whole district."""
        return self._district(fall_of(year), grade)

    def site(self, year: FiscalYear, site: str, grade: str) -> Trace:
        """Pupils of a grade at a site: reported, or the site's share of the district's projection."""
        fall = fall_of(year)
        if site == DISTRICT:
            return self.district(year, grade)
        if fall in self.pupils.by_site:
            return self._counted(fall, site, grade)
        key = ("share", fall, site, grade)
        if key not in self._made:
            self._made[key] = self._share(year, site, grade)
        return self._made[key]

    def _share(self, year: FiscalYear, site: str, grade: str) -> Trace:
        fall, base = fall_of(year), max(self.pupils.by_site)
        counted: Mapping[str, Mapping[str, Decimal]] = self.pupils.by_site[base]
        holders = [name for name in sorted(counted) if grade in counted[name]]
        whole = self._made.setdefault(
            ("whole", fall, "", grade),
            Step("pupils of the district, whole", "round", (self._district(fall, grade),), unit="pupils"),
        )
        weights = [self._counted(base, name, grade) for name in holders]
        rule = f"shared by pupils of grade {grade} in fall {base}, largest remainder"
        name = f"grade {grade} at {site}, fall {fall}"
        return Step(name, "split", (whole, *weights), rule, "pupils", holders.index(site))

    def _district(self, fall: int, grade: str) -> Trace:
        if fall not in self.pupils.history and self._projected is not None:
            cell, change = self._projected.cell(fall, grade), self.pupils.how.change
            if change is None:
                return cell
            terms = (cell, Step("with the change planned for", "one_plus", (change,), unit="factor"))
            key = ("changed", fall, "", grade)
            name = f"grade {grade}, fall {fall}, as planned for"
            return self._made.setdefault(key, Step(name, "product", terms, unit="pupils"))
        if fall not in self.pupils.by_site:
            return self._counted(fall, DISTRICT, grade)
        key = ("sites", fall, "", grade)
        if key not in self._made:
            sites = [s for s in sorted(self.pupils.by_site[fall]) if (fall, s, grade) in self._cells]
            parts = tuple(self._counted(fall, site, grade) for site in sites)
            self._made[key] = Step(f"grade {grade}, fall {fall}", "sum", parts, "all sites", "pupils")
        return self._made[key]

    def _counted(self, fall: int, site: str, grade: str) -> Trace:
        key = ("cell", fall, site, grade)
        if key not in self._made:
            facts = tuple(
                Fact(
                    f"pupils in grade {grade} at {site}, fall {fall}",
                    row.pupils,
                    "pupils",
                    row.source or EntryRef(f"enrollment/{row.id}"),
                )
                for row in self._cells[fall, site, grade]
            )
            self._made[key] = (
                facts[0] if len(facts) == 1 else Step(f"grade {grade} at {site}", "sum", facts, unit="pupils")
            )
        return self._made[key]

    def _reported(self, fall: int, grade: str, pupils: Decimal) -> Trace:
        """The cells that a count of the history adds up; births have no cells."""
        if grade in self.pupils.history.get(fall, {}):
            return self._district(fall, grade)
        return Fact(f"{grade}, fall {fall}", pupils, "pupils", DerivedRef(f"{grade} of fall {fall}, entered"))
