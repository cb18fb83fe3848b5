"""Why so many devices are needed at a site in a year: counts x ratio x (1 + spares), rounded up once, shared by site."""

from collections.abc import Callable
from decimal import Decimal

from throughline.engine.calendar import Horizon
from throughline.engine.demand.pupil_trace import PupilTraces
from throughline.engine.demand.pupils import Pupils
from throughline.engine.ledger.trace import Fact, Step, Trace
from throughline.engine.lifecycle.policies import Policy
from throughline.engine.plan.enrollment import GRADES
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.standards import Driver
from throughline.engine.refs import DISTRICT, DerivedRef, EntryRef

NeedOf = Callable[[str, int], Trace]
SCHOOL = tuple(grade for grade in GRADES if grade != "PK")
ONE = Fact("the device itself", 1, "share", DerivedRef("one and its spares"))


def need_trace(plan: Plan, policy: Policy, pupils: Pupils, horizon: Horizon, site: str, year: int) -> Trace:
    """The tree whose value is the need of `site` in plan year `year`."""
    standard = policy.standard
    ratio = Fact(
        "devices for each", standard.ratio, "devices", standard.source or EntryRef(f"standards/{standard.id}/ratio")
    )
    with_spares = Step("with spares", "sum", (ONE, policy.spare_fact), unit="factor")
    if standard.driver is Driver.GRADE:
        return _issue(policy, pupils, horizon, site, year, ratio)
    if standard.per == "pupil":
        exact = _per_pupil(policy, pupils, horizon, year, ratio, with_spares)
    elif standard.per == "staff":
        exact = _per_staff(plan, policy, ratio, with_spares)
    elif standard.per == "site":
        return Step(f"devices for {site}", "ceiling", (ratio,), "each school", "devices")
    else:
        return Step(
            "devices",
            "ceiling",
            (Step("with spares", "product", (ratio, with_spares), unit="devices"),),
            unit="devices",
        )
    sites = sorted(exact)
    whole = Step(
        "devices for the district",
        "ceiling",
        (Step("exact need", "sum", tuple(exact[s] for s in sites), unit="devices"),),
        "rounded up once",
        "devices",
    )
    place = Fact("position of the site", sites.index(site), "position", DerivedRef("sites by id"))
    rule = "the district's devices shared by each site's exact need, largest remainder"
    return Step(
        f"devices needed at {site} in {horizon.labels[year]}",
        "split",
        (whole, place, *(exact[s] for s in sites)),
        rule,
        "devices",
    )


def _per_pupil(
    policy: Policy, pupils: Pupils, horizon: Horizon, year: int, ratio: Fact, with_spares: Trace
) -> dict[str, Trace]:
    traces, when = PupilTraces(pupils), horizon.years[year]
    wanted = policy.standard.grades or SCHOOL
    counted = pupils.sites(when) or {DISTRICT: pupils.district(when) or {}}
    exact: dict[str, Trace] = {}
    for site, grades in counted.items():
        found = tuple(traces.site(when, site, g) for g in sorted(wanted) if grades.get(g, Decimal(0)))
        exact[site] = Step(
            f"exact need of {site}",
            "product",
            (Step("pupils", "sum", found, unit="pupils"), ratio, with_spares),
            unit="devices",
        )
    return exact


def _per_staff(plan: Plan, policy: Policy, ratio: Fact, with_spares: Trace) -> dict[str, Trace]:
    people: dict[str, list[Trace]] = {}
    for staff in plan.staffing:
        if not policy.standard.staff_roles or staff.role in policy.standard.staff_roles:
            source = staff.source or EntryRef(f"staffing/{staff.id}/fte")
            people.setdefault(staff.site, []).append(Fact(f"{staff.role} (FTE)", staff.fte, "fte", source))
    return {
        site: Step(
            f"exact need of {site}",
            "product",
            (Step("employees", "sum", tuple(found), unit="fte"), ratio, with_spares),
            unit="devices",
        )
        for site, found in people.items()
    }


def _issue(policy: Policy, pupils: Pupils, horizon: Horizon, site: str, year: int, ratio: Fact) -> Trace:
    traces, when = PupilTraces(pupils), horizon.years[year]
    counted = (pupils.sites(when) or {}).get(site) or pupils.district(when) or {}
    grades = [grade for grade in sorted(set(policy.standard.issue_grades)) if counted.get(grade)]
    issued = tuple(
        Step(
            f"devices issued in grade {g}",
            "ceiling",
            (Step("pupils x ratio", "product", (traces.site(when, site, g), ratio), unit="devices"),),
            "grade of issue",
            "devices",
        )
        for g in grades
    )
    whole = Step("devices issued", "sum", issued, unit="devices")
    spares = Step(
        "spares",
        "ceiling",
        (Step("devices x spare share", "product", (whole, policy.spare_fact), unit="devices"),),
        unit="devices",
    )
    return Step(f"devices needed at {site} in {horizon.labels[year]}", "sum", (whole, spares), unit="devices")
