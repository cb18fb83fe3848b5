"""Small random plans and fleets, built the way a person would describe them."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from tests.engine.builders import Devices
from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import EnrollmentCount, StaffCount
from throughline.engine.plan.funds import Appropriation, Fund
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.sites import Site
from throughline.engine.plan.standards import Driver, Standard

SITES = ("ash", "birch", "cedar")
CLASSES = ("student-chromebook", "staff-laptop", "interactive-panel", "access-point", "no-such-class")
ROLES = ("student", "staff", "")
FALLS = (2024, 2025, 2026)
cents = st.integers(100, 400_000_00)

devices = st.builds(
    lambda kind, site, count, year, support, role, condition, ordered: Devices(
        kind, site, count, year, support, role, condition, "", count if ordered else 0
    ),
    st.sampled_from(CLASSES),
    st.sampled_from((*SITES, "UNASSIGNED")),
    st.integers(1, 60),
    st.sampled_from((0, 2019, 2022, 2024, 2026, 2027)),
    st.sampled_from((-1, 2025 * 12, 2028 * 12 + 5, 2031 * 12)),
    st.sampled_from(ROLES),
    st.sampled_from(("unknown", "good", "poor")),
    st.booleans(),
)
fleets = st.lists(devices, max_size=12)
standards = st.builds(
    lambda driver, life, price, ratio, spare: Standard(
        "student",
        "student-chromebook",
        "student",
        driver,
        life,
        issue_grades=("K", "2"),
        ratio=ratio,
        spare_share=spare,
        unit_price_cents=price,
        price_note="test",
    ),
    st.sampled_from(Driver),
    st.integers(1, 6),
    st.integers(1, 900_00),
    st.sampled_from((Decimal("0.5"), Decimal(1), Decimal("1.25"))),
    st.sampled_from((None, Decimal(0), Decimal("0.05"))),
)
contracts = st.lists(
    st.tuples(
        cents,
        st.sampled_from(("D2.2", "D3.1", "D7.1", "")),
        st.sampled_from(("flat", "student", "staff")),
        st.booleans(),
    ),
    max_size=4,
)
funds = st.lists(
    st.tuples(st.sampled_from(("general", "gift", "capital_improvement")), cents, st.integers(2028, 2032)), max_size=4
)
pupils = st.lists(st.integers(0, 90), min_size=len(SITES) * len(FALLS) * 3, max_size=len(SITES) * len(FALLS) * 3)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A district of three schools with some contracts, staff, funds, at most one standard, and perhaps pupils."""
    standard = draw(st.none() | standards)
    return Plan(
        District("d", "District", "", draw(st.sampled_from((1, 7, 9)))),
        sites=tuple(
            Site(name, name, level) for name, level in zip(SITES, ("elementary", "middle", "high"), strict=True)
        ),
        enrollment=_enrollment(draw(pupils)) if draw(st.booleans()) else (),
        staffing=(
            StaffCount("s1", "ash", "teacher", Decimal("12.5")),
            StaffCount("s2", "DISTRICT", "technician", Decimal(2), draw(cents), "D4.1"),
        ),
        standards=(standard,) if standard else (),
        contracts=tuple(
            Contract(
                f"c{n}",
                f"Contract {n}",
                category=category,
                basis=basis,
                annual_cents=amount,
                end=date(2029, 6, 30),
                renews=renews,
            )
            for n, (amount, category, basis, renews) in enumerate(draw(contracts))
        ),
        **_money(draw(funds)),
    )


def _enrollment(numbers: Sequence[int]) -> tuple[EnrollmentCount, ...]:
    places = [(fall, site, grade) for fall in FALLS for site in SITES for grade in ("K", "1", "2")]
    rows = [
        EnrollmentCount(f"{fall}-{site}-{grade}", fall, site, grade, Decimal(number))
        for (fall, site, grade), number in zip(places, numbers, strict=True)
    ]
    return tuple(sorted(rows, key=lambda row: row.id))


def _money(rows: Sequence[tuple[str, int, int]]) -> dict[str, tuple[object, ...]]:
    kinds = sorted({kind for kind, _, _ in rows})
    return {
        "funds": tuple(Fund(kind, kind, kind) for kind in kinds),
        "appropriations": tuple(
            Appropriation(f"a{n}", kind, year, amount) for n, (kind, amount, year) in enumerate(rows)
        ),
    }
