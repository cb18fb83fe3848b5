"""A plan for the generated fleet: sites, standards with prices, enrollment, staff, contracts, funds; invented figures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

from benchmarks.fleet.generate import AS_OF, CLASSES, sites_of, support
from throughline.engine.lifecycle.cohorts import Cohorts
from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import EnrollmentCount, StaffCount
from throughline.engine.plan.funds import Appropriation, Fund
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.sites import Site
from throughline.engine.plan.standards import Driver, Standard
from throughline.engine.run import RunInput
from throughline.packs.loader import load_rulebook

LEVELS = (
    ("elementary", ("K", "1", "2", "3", "4", "5")),
    ("middle", ("6", "7", "8")),
    ("high", ("9", "10", "11", "12")),
)


def clock_plan(rows: int) -> Plan:
    """Sites and one standard a class, all replaced by the clock: what per-device peers can follow."""
    sites = tuple(Site(f"site-{i:04d}", f"Site {i}", LEVELS[i % 3][0], LEVELS[i % 3][1]) for i in range(sites_of(rows)))
    standards = sorted(
        (
            Standard(f"std-{name}", name, unit_price_cents=price * 100, price_note="invented")
            for name, *_, price, _ in CLASSES
        ),
        key=lambda item: item.id,
    )
    return Plan(District("bench", "Bench"), sites=sites, standards=tuple(standards))


def whole_plan(rows: int) -> Plan:
    """With pupils, staff, contracts and funds, tablets issued by grade and staff laptops bought by need."""
    plan = clock_plan(rows)
    drivers = {
        "tablet": {"driver": Driver.GRADE, "issue_grades": ("K", "5", "9")},
        "staff-laptop": {"driver": Driver.NEED, "per": "staff", "ratio": Decimal(1)},
    }
    standards = tuple(replace(s, **drivers.get(s.asset_class, {})) for s in plan.standards)
    pupils = [
        EnrollmentCount(
            f"{fall}-{site.id}-{grade}", fall, site.id, grade, Decimal(60 + (fall + n * 7 + len(grade)) % 40)
        )
        for n, site in enumerate(plan.sites)
        for grade in site.grades
        for fall in range(2022, 2026)
    ]
    staff = [StaffCount(f"teachers-{site.id}", site.id, "teacher", Decimal(40)) for site in plan.sites]
    staff.append(StaffCount("zz-technicians", "DISTRICT", "technician", Decimal(120), 8_400_000, "D4.1"))
    contracts = [
        Contract(f"contract-{i:03d}", f"Contract {i}", category=category, basis=basis, annual_cents=cents, start=date(2024, 7, 1))
        for i, (category, basis, cents) in enumerate(
            [("D2.2", "student", 1200), ("D2.4", "device", 900), ("D3.1", "flat", 90_000_000), ("D2.3", "flat", 250_000_000)] * 10
        )
    ]  # fmt: skip
    kinds = ("general", "levy", "gift")
    money = [
        Appropriation(f"{kind}-{year}", kind, year, 4_000_000_000 // (n + 1))
        for n, kind in enumerate(kinds)
        for year in range(2026, 2032)
    ]
    return replace(
        plan,
        standards=standards,
        enrollment=tuple(sorted(pupils, key=lambda item: item.id)),
        staffing=tuple(sorted(staff, key=lambda item: item.id)),
        contracts=tuple(contracts),
        funds=tuple(sorted((Fund(kind, kind, kind.title()) for kind in kinds), key=lambda item: item.id)),
        appropriations=tuple(sorted(money, key=lambda item: item.id)),
    )


def run_input(plan: Plan, cohorts: Cohorts, backend: str = "scipy") -> RunInput:
    """What `engine.run` reads, with the shipped rulebook."""
    return RunInput(plan, load_rulebook(), cohorts, AS_OF, "bench", "bench", support=support(), backend=backend)
