"""Contracts: terms that cross fiscal years, growth, what they are paid by, and what they lack."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from tests.engine.builders import Devices, result_of
from throughline.engine.ledger.trace import evaluate
from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import EnrollmentCount, StaffCount
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.sites import Site
from throughline.engine.run import PlanResult

PLAN = Plan(District("d", "T"))
PUPILS = tuple(EnrollmentCount(f"2026-{s}-K", 2026, s, "K", Decimal(n)) for s, n in (("a", 30), ("b", 50)))


def years(result: PlanResult, subject: str = "c") -> dict[str, int]:
    return {year: cents for (year,), cents in result.ledger.by("fiscal_year", where={"subject": subject}).items()}


def with_contract(contract: Contract, **more: object) -> PlanResult:
    return result_of(replace(PLAN, contracts=(contract,), **more))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("start_month", "wanted"),
    [
        (7, {"FY2028": 600, "FY2029": 1200, "FY2030": 600}),
        (1, {"FY2028": 1200, "FY2029": 1200}),
        (9, {"FY2028": 800, "FY2029": 1200, "FY2030": 400}),
    ],
)
def test_a_term_is_paid_by_the_months_of_each_fiscal_year(start_month: int, wanted: dict[str, int]) -> None:
    term = Contract(
        "c", "C", category="D2.2", annual_cents=1200, start=date(2028, 1, 1), end=date(2029, 12, 31), renews=False
    )
    result = with_contract(term, district=District("d", "T", "", start_month))
    assert years(result) == wanted


def test_a_contract_that_starts_later_starts_at_the_price_agreed() -> None:
    later = Contract("c", "C", category="D2.2", annual_cents=100_00, start=date(2029, 7, 1))
    assert years(with_contract(later)) == {"FY2030": 100_00, "FY2031": 103_00, "FY2032": 106_09}


def test_renewals_grow_from_the_year_in_which_the_term_ends() -> None:
    term = Contract("c", "C", category="D2.2", annual_cents=100_00, end=date(2029, 6, 30), escalator=Decimal("0.1"))
    found = years(with_contract(term))
    assert [found[f"FY{y}"] for y in range(2028, 2033)] == [100_00, 100_00, 110_00, 121_00, 133_10]


def test_a_contract_is_committed_in_a_month_in_which_it_is_in_force() -> None:
    term = Contract(
        "c", "C", category="D2.2", annual_cents=1200, start=date(2028, 3, 1), end=date(2029, 2, 28), renews=False
    )
    months = {
        line.labels["fiscal_year"]: line.labels["obligation_month"] for line in with_contract(term).ledger.lines()
    }
    assert months == {"FY2028": "2028-03", "FY2029": "2028-07"}


def test_a_contract_of_one_school_counts_that_school() -> None:
    here = Contract("c", "C", category="D2.2", basis="student", annual_cents=100, site="a", escalator=Decimal(0))
    sites = (Site("a", "A"), Site("b", "B"), Site("office", "Office", "office"))
    school, office = (
        with_contract(contract, enrollment=PUPILS, sites=sites) for contract in (here, replace(here, site="office"))
    )
    first = school.horizon.first
    counted = school.pupils.sites(first)
    assert counted is not None
    assert years(school)[first.label] == sum(counted["a"].values()) * 100
    assert years(office)[first.label] > years(school)[first.label] * 2
    for line in school.ledger.lines():
        assert evaluate(school.ledger.explain(line.id)) == line.cents


@pytest.mark.parametrize(
    ("contract", "code"),
    [
        (Contract("c", "C", category="D2.2", basis="student", annual_cents=100), "TL-DATA-014"),
        (Contract("c", "C", category="D2.2", basis="staff", annual_cents=100), "TL-DATA-014"),
        (Contract("c", "C", category="D2.2", basis="device", annual_cents=100, asset_class="tablet"), "TL-DATA-014"),
        (Contract("c", "C", category="D2.2", basis="per_pupil", annual_cents=100), "TL-DATA-015"),
        (
            Contract("c", "C", category="D2.2", annual_cents=1, start=date(2029, 1, 1), end=date(2028, 1, 1)),
            "TL-DATA-016",
        ),
        (Contract("c", "C", category="D2.2"), "TL-DATA-013"),
    ],
)
def test_what_a_contract_lacks_is_named_and_never_taken_as_nothing(contract: Contract, code: str) -> None:
    found = [f for f in with_contract(contract).findings if f.subject == "contracts/c"]
    assert [f.code for f in found] == [code]
    assert found[0].cents is None


def test_pupils_reported_as_none_at_all_are_no_count() -> None:
    none = tuple(replace(row, pupils=Decimal(0)) for row in PUPILS)
    per = Contract("c", "C", category="D2.2", basis="student", annual_cents=100)
    found = [f.code for f in with_contract(per, enrollment=none).findings if f.subject == "contracts/c"]
    assert found == ["TL-DATA-014"]


@pytest.mark.parametrize("category", ["", "I1", "D9.9", "software"])
def test_a_contract_of_no_known_category_is_still_paid_for(category: str) -> None:
    result = with_contract(Contract("c", "C", category=category, annual_cents=100_00, end=date(2040, 6, 30)))
    assert years(result) == dict.fromkeys(result.horizon.labels, 100_00)
    assert result.ledger.total({"cost_type": "indirect"}) == 0
    (finding,) = [f for f in result.findings if f.code == "TL-DATA-012"]
    assert finding.cents == 500_00


def test_devices_of_a_school_pay_its_contract() -> None:
    per = Contract(
        "c", "C", category="D5.2", basis="device", annual_cents=10, asset_class="tablet", site="a", escalator=Decimal(0)
    )
    rows = [Devices("tablet", "a", 7, 2026), Devices("tablet", "b", 5, 2026)]
    assert set(years(result_of(replace(PLAN, contracts=(per,)), rows)).values()) == {70}


def test_technology_staff_are_costed_or_named() -> None:
    staff = (
        StaffCount("1", "DISTRICT", "technician", Decimal(1), 100_00, "D4"),
        StaffCount("2", "DISTRICT", "analyst", Decimal(1), None, "D4.3"),
        StaffCount("3", "DISTRICT", "coach", Decimal(1), 100_00, "coach"),
    )
    result = result_of(replace(PLAN, staffing=staff))
    assert result.ledger.by("subject", where={"category": "D4.1", "fiscal_year": "FY2028"}) == {("1",): 103_00}
    named = {(f.subject, f.code) for f in result.findings if f.subject.startswith("staffing")}
    assert named == {("staffing/1", "TL-DATA-018"), ("staffing/2", "TL-DATA-017"), ("staffing/3", "TL-DATA-018")}


def test_a_contract_by_device_without_a_place_counts_and_explains_all_devices() -> None:
    cover = Contract("c", "C", category="D5.2", basis="device", annual_cents=500, asset_class="phone-system", site="")
    devices = [Devices("phone-system", "a", 3, 2027), Devices("phone-system", "b", 4, 2027)]
    result = result_of(replace(PLAN, contracts=(cover,)), devices)
    assert years(result)["FY2028"] == 7 * 515  # 3 % after the year in which it was agreed
    for line in result.ledger.lines({"subject": "c"}):
        assert evaluate(result.ledger.explain(line.id)) == line.cents


def test_rent_is_committed_in_every_month_in_which_the_contract_is_in_force() -> None:
    term = Contract(
        "c", "C", category="D2.2", annual_cents=1200, start=date(2028, 3, 1), end=date(2029, 2, 28), renews=False,
        object="443",
    )  # fmt: skip
    months = {
        line.labels["fiscal_year"]: line.labels["obligation_month"] for line in with_contract(term).ledger.lines()
    }
    assert months == {"FY2028": "2028-03..2028-06", "FY2029": "2028-07..2029-02"}
