"""Devices leased by standard on statements: hand-checked schedules, the short-term exception and the threshold on both sides."""

from dataclasses import replace

import pytest

from tests.engine.builders import Devices, result_of
from throughline.app.source.accounting import lease_schedules, lease_test, leased_devices
from throughline.engine.ledger.trace import evaluate, leaves
from throughline.engine.plan.assumptions import Assumption
from throughline.engine.plan.district import District
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.standards import Standard
from throughline.engine.run import PlanResult

STANDARD = Standard(
    "s", "staff-laptop", life_years=3, unit_price_cents=900_00, price_note="quote", lease_year_cents=1_000_00
)
OWNED = [Devices("staff-laptop", "a", 40, 2027)]  # due in FY2030, the third year of the plan


def result(standard: Standard = STANDARD, devices: list[Devices] = OWNED, **told: str) -> PlanResult:
    values = {
        "growth/hardware": "0",
        "capital/discount-rate": "0.04",
        **{k.replace("__", "/"): v for k, v in told.items()},
    }
    rows = tuple(
        Assumption(f"a{n}", path.replace("_", "-"), value, "test") for n, (path, value) in enumerate(values.items())
    )
    return result_of(Plan(District("d", "T"), standards=(standard,), assumptions=rows), devices)


def schedule(found: PlanResult) -> dict[str, dict[str, object]]:
    table = lease_schedules(found)
    assert table is not None
    names = [column.key for column in table.columns]
    return {str(row.values[1]): dict(zip(names, row.values, strict=True)) for row in table.rows if row.kind == "body"}


def test_three_years_of_forty_devices_are_the_golden_liability_in_advance() -> None:
    """3 payments of 40,000 at 4 %, in advance: 115,443.79 (domain 1.1)."""
    found = result()
    made = lease_test(found)
    assert made is not None
    assert made.table.column("liability") == (115_443_79,)
    trace = made.traces["s/FY2030|liability"]
    assert evaluate(trace) == 115_443_79
    assert {leaf.name: leaf.value for leaf in leaves(trace)}["devices leased from FY2030"] == 40
    rows = schedule(found)
    assert list(rows) == ["FY2030", "FY2031", "FY2032"]
    assert [row["outlay"] for row in rows.values()] == [115_443_79, 0, 0]
    assert [row["other_source"] for row in rows.values()] == [115_443_79, 0, 0]
    # 75,443.79 x 4 % = 3,017.75; 38,461.54 x 4 % = 1,538.46
    assert [row["interest"] for row in rows.values()] == [0, 3_017_75, 1_538_46]
    assert [row["principal"] for row in rows.values()] == [40_000_00, 36_982_25, 38_461_54]
    assert [row["owed"] for row in rows.values()] == [75_443_79, 38_461_54, 0]
    assert [row["amortization"] for row in rows.values()] == [38_481_27, 38_481_26, 38_481_26]


def test_the_cash_stays_and_a_lease_that_outlasts_the_plan_is_shown_to_its_end() -> None:
    long = replace(STANDARD, life_years=5)
    found = result(long, [Devices("staff-laptop", "a", 40, 2025)])  # due in FY2030 too, a life of five years
    rows = schedule(found)
    assert list(rows) == ["FY2030", "FY2031", "FY2032", "FY2033", "FY2034"]
    cash = found.ledger.by("fiscal_year", where={"category": "D5.4"})
    for (year,), cents in cash.items():
        assert int(str(rows[year]["principal"])) + int(str(rows[year]["interest"])) == cents
    assert set(rows) - {year for (year,) in cash} == {"FY2033", "FY2034"}


@pytest.mark.parametrize(("life", "kind"), [(1, "expense"), (2, "lease (GASB 87)")])
def test_a_life_of_a_year_is_short_term_and_one_of_two_is_not(life: int, kind: str) -> None:
    made = lease_test(result(replace(STANDARD, life_years=life)))
    assert made is not None
    assert set(made.table.column("kind")) == {kind}


@pytest.mark.parametrize(("threshold", "kind"), [("11544379", "lease (GASB 87)"), ("11544380", "expense")])
def test_the_liability_of_a_year_meets_the_threshold(threshold: str, kind: str) -> None:
    made = lease_test(result(capital__subscription_threshold=threshold))
    assert made is not None
    assert made.table.column("kind") == (kind,)
    assert (lease_schedules(result(capital__subscription_threshold=threshold)) is None) is (kind == "expense")


def test_each_year_of_signing_is_a_lease_at_the_price_of_that_year() -> None:
    devices = [Devices("staff-laptop", "a", 10, 2025), Devices("staff-laptop", "a", 20, 2026)]
    found = result(STANDARD, devices, growth__hardware="0.10")
    keys = [(item.key, [part.cents for part in item.instalments]) for item in leased_devices(found)]
    assert keys == [
        ("s/FY2028", [11_000_00] * 3),  # 10 x 1,000 x 1.1, a year after FY2027
        ("s/FY2029", [24_200_00] * 3),
        ("s/FY2031", [14_641_00] * 3),
        ("s/FY2032", [32_210_20] * 3),
    ]


def test_bought_devices_make_no_lease() -> None:
    assert leased_devices(result(replace(STANDARD, lease_year_cents=None))) == ()
