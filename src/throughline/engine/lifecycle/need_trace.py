"""Why so many devices are needed at a site in a year: counts x ratio x (1 + spares), rounded up once, shared by site."""

from functools import cache

from throughline.engine.calendar import Horizon
from throughline.engine.demand.pupil_trace import PupilTraces
from throughline.engine.ledger.trace import Fact, Step, Trace
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.plan.enrollment import GRADES
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.standards import Driver
from throughline.engine.refs import DISTRICT, EntryRef

SCHOOL = tuple(grade for grade in GRADES if grade != "PK")


class NeedTraces:
    """Trees behind the need of one policy by site and plan year, each built once."""

    def __init__(self, plan: Plan, policy: Policy, traces: PupilTraces, horizon: Horizon) -> None:
        self.plan, self.policy, self.traces, self.horizon = plan, policy, traces, horizon
        standard = policy.standard
        source = standard.source or EntryRef(f"standards/{standard.id}/ratio")
        self._ratio = Fact("devices for each", standard.ratio, "devices", source)
        self._with_spares = Step("with spares", "one_plus", (policy.spare_fact,), unit="factor")
        self.of = cache(self._of)
        self._exact = cache(self._exact_of)
        self._whole = cache(self._whole_of)

    def _of(self, site: str, year: int) -> Trace:
        """The tree whose value is the need of `site` in plan year `year`."""
        standard, name = self.policy.standard, f"devices needed at {site} in {self.horizon.labels[year]}"
        if standard.driver is Driver.GRADE:
            return self._issue(name, site, year)
        if standard.per == "site":
            return Step(f"devices for {site}", "ceiling", (self._ratio,), "each school", "devices")
        if standard.per not in ("pupil", "staff"):
            spared = Step("with spares", "product", (self._ratio, self._with_spares), unit="devices")
            return Step("devices", "ceiling", (spared,), unit="devices")
        exact = self._exact(year)
        sites = sorted(exact)
        rule = "the district's devices shared by each site's exact need, largest remainder"
        terms = (self._whole(year), *(exact[s] for s in sites))
        return Step(name, "split", terms, rule, "devices", sites.index(site))

    def _whole_of(self, year: int) -> Trace:
        exact = self._exact(year)
        parts = Step("exact need", "sum", tuple(exact[s] for s in sorted(exact)), unit="devices")
        return Step("devices for the district", "ceiling", (parts,), "rounded up once", "devices")

    def _exact_of(self, year: int) -> dict[str, Trace]:
        if self.policy.standard.per == "staff":
            return self._per_staff()
        when, pupils = self.horizon.years[year], self.traces.pupils
        wanted = self.policy.standard.grades or SCHOOL
        exact: dict[str, Trace] = {}
        for site in pupils.sites(when) or (DISTRICT,):
            grades = self.traces.grades(when, site)
            found = tuple(self.traces.site(when, site, g) for g in sorted(wanted) if g in grades)
            exact[site] = self._per(site, Step("pupils", "sum", found, unit="pupils"))
        return exact

    def _per_staff(self) -> dict[str, Trace]:
        people: dict[str, list[Trace]] = {}
        for staff in self.plan.staffing:
            if not self.policy.standard.staff_roles or staff.role in self.policy.standard.staff_roles:
                source = staff.source or EntryRef(f"staffing/{staff.id}/fte")
                people.setdefault(staff.site, []).append(Fact(f"{staff.role} (FTE)", staff.fte, "fte", source))
        return {
            site: self._per(site, Step("employees", "sum", tuple(found), unit="fte")) for site, found in people.items()
        }

    def _per(self, site: str, counted: Step) -> Step:
        return Step(f"exact need of {site}", "product", (counted, self._ratio, self._with_spares), unit="devices")

    def _issue(self, name: str, site: str, year: int) -> Trace:
        when, pupils = self.horizon.years[year], self.traces.pupils
        place = site if site in (pupils.sites(when) or {}) else DISTRICT
        grades = self.traces.grades(when, place)
        issued = tuple(
            Step(
                f"devices issued in grade {g}",
                "ceiling",
                (Step("pupils x ratio", "product", (self.traces.site(when, place, g), self._ratio), unit="devices"),),
                "grade of issue",
                "devices",
            )
            for g in sorted(set(self.policy.standard.issue_grades))
            if g in grades
        )
        whole = Step("devices issued", "sum", issued, unit="devices")
        part = Step("devices x spare share", "product", (whole, self.policy.spare_fact), unit="devices")
        return Step(name, "sum", (whole, Step("spares", "ceiling", (part,), unit="devices")), unit="devices")
