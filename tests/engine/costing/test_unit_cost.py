"""What one unit costs: from which day its price grows, and which parts meet the capitalization threshold together."""

from dataclasses import replace
from datetime import date

import pytest

from tests.engine.builders import AS_OF, Devices, result_of
from throughline.engine.ledger.trace import evaluate
from throughline.engine.plan.assumptions import Assumption
from throughline.engine.plan.district import District
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.standards import Standard
from throughline.engine.refs import EntryRef
from throughline.engine.run import PlanResult

FLAT = {"growth/hardware": "0", "growth/services": "0", "growth/licence": "0"}
DUE = 2023  # bought in FY2023 with a life of five years: due in FY2028, the first year of the plan


def run(standard: Standard, start_month: int = 7, threshold: int | None = None, **told: str) -> PlanResult:
    values = {path.replace("__", "/").replace("_", "-"): value for path, value in told.items()}
    rows = tuple(Assumption(f"a{n}", path, value, "test") for n, (path, value) in enumerate(values.items()))
    district = District("d", "T", "", start_month, "", threshold)
    return result_of(
        Plan(district, standards=(standard,), assumptions=rows),
        [Devices(standard.asset_class, "a", 1, DUE, role="")],
    )


def first_price(result: PlanResult, category: str = "D1.1") -> int:
    (line,) = result.ledger.lines({"fiscal_year": "FY2028", "category": category, "recurrence": "one_time"})
    (line,) = result.ledger.lines({"fiscal_year": "FY2028", "category": category, "recurrence": "one_time"})
    assert evaluate(result.ledger.explain(line.id)) == line.cents
    return line.cents


def test_a_price_of_the_catalog_grows_from_its_own_day() -> None:
    """400.00 of 2024-07-01 (FY2025), 3 % a year to FY2028: 400 x 1.03 ^ 3 = 437.0908."""
    result = run(Standard("s", "student-chromebook", life_years=5))
    assert first_price(result) == 437_09
    assert first_price(result, "D2.1") == 46_74  # 38.00 of 2020-07-01 (FY2021): 38 x 1.03 ^ 7 = 46.7352


@pytest.mark.parametrize(
    ("entered", "cents"),
    [
        (None, 309_00),  # 300 of today, FY2027: a year ahead
        ("2026-11-20", 309_00),
        ("2026-07-01", 309_00),
        ("2026-06-30", 318_27),  # a day earlier is FY2026: two years
        ("2024-07-01", 327_82),  # 300 x 1.03 ^ 3 = 327.8181
        ("soon", 309_00),
    ],
)
def test_a_price_of_the_district_grows_from_the_day_it_was_entered(entered: str | None, cents: int) -> None:
    source = EntryRef("standards/s", entered) if entered else None
    standard = Standard("s", "student-chromebook", life_years=5, unit_price_cents=300_00, source=source)
    assert first_price(run(standard)) == cents


def test_the_fiscal_year_of_a_price_is_the_districts() -> None:
    standard = Standard(
        "s", "student-chromebook", life_years=5, unit_price_cents=300_00, source=EntryRef("s", "2026-08-31")
    )
    assert date(2026, 9, 1) < AS_OF
    assert first_price(run(standard, start_month=9)) == 318_27  # FY2026 where the year begins in September


def outlays(result: PlanResult) -> dict[str, tuple[str, str]]:
    found = result.ledger.by("category", "outlay", "object", where={"fiscal_year": "FY2028", "recurrence": "one_time"})
    return {category: (outlay, code) for category, outlay, code in found if category != "D6.2"}


SERVER = Standard("s", "server", life_years=5, price_note="quote")
SET_UP = 500_00  # deployment/cost/server


@pytest.mark.parametrize(("price", "outlay", "code"), [(4_500_00, "capital", "734"), (4_499_99, "operating", "650")])
def test_set_up_belongs_to_the_cost_of_a_unit_and_follows_it(price: int, outlay: str, code: str) -> None:
    found = outlays(run(replace(SERVER, unit_price_cents=price), **FLAT))
    assert found["D1.3"] == (outlay, code)
    assert found["D6.1"] == ((outlay, code) if outlay == "capital" else (outlay, "352"))


@pytest.mark.parametrize(("price", "outlay"), [(5_000_00, "capital"), (4_999_99, "operating")])
def test_a_district_may_leave_set_up_out(price: int, outlay: str) -> None:
    found = outlays(run(replace(SERVER, unit_price_cents=price), capital__unit_cost__setup="no", **FLAT))
    assert found["D1.3"][0] == outlay
    assert found["D6.1"] == ("operating", "352")


@pytest.mark.parametrize(("price", "outlay"), [(4_990_00, "capital"), (4_989_99, "operating")])
def test_a_license_does_not_make_a_device_capital(price: int, outlay: str) -> None:
    """Device + set-up of 10 meet 5,000; the license of 38 is a right of its own, operating on either side."""
    chromebook = Standard("s", "student-chromebook", life_years=5, unit_price_cents=price)
    found = outlays(run(chromebook, **FLAT))
    assert found["D1.1"][0] == found["D6.1"][0] == outlay
    assert found["D2.1"] == ("operating", "650")


@pytest.mark.parametrize(("price", "outlay"), [(4_952_00, "capital"), (4_951_99, "operating")])
def test_a_district_may_count_the_license(price: int, outlay: str) -> None:
    chromebook = Standard("s", "student-chromebook", life_years=5, unit_price_cents=price)
    found = outlays(run(chromebook, capital__unit_cost__licence="yes", **FLAT))
    assert {found[category][0] for category in ("D1.1", "D2.1", "D6.1")} == {outlay}


@pytest.mark.parametrize(("threshold", "outlay"), [(4_990_00, "capital"), (4_990_01, "operating")])
def test_the_boards_threshold_decides(threshold: int, outlay: str) -> None:
    server = replace(SERVER, unit_price_cents=4_490_00)
    assert outlays(run(server, threshold=threshold, **FLAT))["D1.3"][0] == outlay


def test_a_leased_device_is_no_part_of_what_is_bought() -> None:
    leased = replace(SERVER, unit_price_cents=9_000_00, lease_year_cents=100_00)
    assert outlays(run(leased, **FLAT))["D6.1"] == ("operating", "352")


def test_growth_of_the_price_may_cross_the_threshold_within_the_plan() -> None:
    """4,500 + 500 grow 3 % a year from FY2027: 5,150 in FY2028; from 4,300 + 500 on, 4,944 and two years later 5,245."""
    server = replace(SERVER, unit_price_cents=4_300_00, life_years=2)
    result = result_of(Plan(District("d", "T"), standards=(server,)), [Devices("server", "a", 1, 2026, role="")])
    found = result.ledger.by("fiscal_year", "outlay", where={"category": "D1.3"})
    assert sorted(found) == [("FY2028", "operating"), ("FY2030", "capital"), ("FY2032", "capital")]
