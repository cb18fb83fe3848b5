from datetime import date
from decimal import Decimal

from throughline.engine.calendar import FiscalYear, Horizon
from throughline.engine.demand.pupil_trace import PupilTraces
from throughline.engine.demand.pupils import Pupils, fall_of
from throughline.engine.ledger.trace import evaluate, leaves
from throughline.engine.plan.enrollment import EnrollmentCount
from throughline.engine.refs import DISTRICT, EntryRef

D = Decimal
HORIZON = Horizon.of(date(2023, 3, 1), years=3)  # FY2024 to FY2026: falls 2023 to 2025


def _row(fall: int, site: str, grade: str, pupils: int) -> EnrollmentCount:
    return EnrollmentCount(id=f"{fall}/{site}/{grade}", fall_year=fall, site=site, grade=grade, pupils=D(pupils))


def _year(fall: int) -> FiscalYear:
    return next(year for year in HORIZON.years if fall_of(year) == fall)


def test_a_school_year_holds_the_fall_it_begins_with() -> None:
    assert [fall_of(year) for year in HORIZON.years] == [2023, 2024, 2025]


def test_reported_falls_stand_and_later_ones_are_projected() -> None:
    pupils = Pupils(
        (_row(2022, DISTRICT, "K", 40), _row(2023, DISTRICT, "K", 44), _row(2023, DISTRICT, "1", 41)), HORIZON
    )
    assert pupils.district(_year(2023)) == {"K": 44, "1": 41}
    projected = pupils.district(_year(2024))
    assert projected is not None
    assert set(projected) == {"K", "1"}


def test_a_latest_fall_without_any_pupil_is_projected_from_the_one_before() -> None:
    pupils = Pupils((_row(2021, DISTRICT, "K", 40), _row(2022, DISTRICT, "K", 0)), HORIZON)
    assert pupils.projection is not None
    assert pupils.projection.base_fall == 2021
    assert pupils.district(_year(2025)) is not None


def test_without_any_pupil_nothing_is_known() -> None:
    pupils = Pupils((_row(2022, DISTRICT, "K", 0),), HORIZON)
    assert (pupils.projection, pupils.district(_year(2023))) == (None, None)


def test_projected_pupils_are_shared_over_sites_by_grade() -> None:
    rows = (_row(2022, "oak", "K", 30), _row(2022, "elm", "K", 10), _row(2022, "oak", "1", 30))
    sites = Pupils(rows, HORIZON).sites(_year(2023))
    assert sites is not None
    assert sites["oak"]["K"] > sites["elm"]["K"] > 0
    assert set(sites["elm"]) == {"K"}


def test_a_projected_grade_is_traced_to_the_cells_of_every_school_and_fall() -> None:
    falls = {2021: (40, 20), 2022: (44, 22), 2023: (42, 24)}
    rows = [
        _row(fall, site, grade, n)
        for fall, sizes in falls.items()
        for site, n in zip("ab", sizes, strict=True)
        for grade in ("K", "1")
    ]
    pupils = Pupils(tuple(rows), HORIZON)
    trace = PupilTraces(pupils).district(_year(2024), "1")
    projected = pupils.district(_year(2024))
    assert projected is not None
    assert abs(evaluate(trace) - projected["1"]) < D("1e-18")
    cells = {leaf.source for leaf in leaves(trace) if isinstance(leaf.source, EntryRef)}
    last = {EntryRef(f"enrollment/2023/{site}/K") for site in "ab"}
    assert last <= cells
    assert {EntryRef(f"enrollment/{fall}/{site}/1") for fall in (2022, 2023) for site in "ab"} <= cells
