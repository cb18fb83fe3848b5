from datetime import date
from decimal import Decimal
from functools import cache

import pytest

from tests.engine.builders import Devices, result_of
from tests.worked.page import Row, cents, tables
from throughline.engine.funding.cliffs import cliffs
from throughline.engine.ledger.trace import evaluate
from throughline.engine.plan.assumptions import Assumption
from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import EnrollmentCount
from throughline.engine.plan.funds import Appropriation, Fund
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.sites import Site
from throughline.engine.plan.standards import Standard
from throughline.engine.run import PlanResult

PAGE = tables("two_schools.md")
GIVEN = {row["what"]: row["value"] for row in PAGE["Prices and rates of this example"]}
YEARS = ("FY2028", "FY2029", "FY2030")
GENERAL = 2_000_000


def _plan() -> Plan:
    rules = {path: value for path, value in GIVEN.items() if "/" in path}
    life = {row["devices"]: int(row["life"]) for row in PAGE["What the district has"]}
    price = {"student-chromebook": cents(GIVEN["Chromebook"]), "access-point": cents(GIVEN["access point"])}
    levels = {row["school"]: row["level"] for row in PAGE["What the district has"]}
    return Plan(
        District("two", "Two schools"),
        sites=tuple(Site(name, name, level) for name, level in sorted(levels.items())),
        enrollment=tuple(EnrollmentCount(name, 2026, name, "2", Decimal(50)) for name in sorted(levels)),
        standards=tuple(
            Standard(name, name, life_years=life[name], unit_price_cents=price[name], price_note="this page") for name in sorted(life)
        ),
        contracts=(
            Contract("lms", "Learning system", category="D2.2", annual_cents=200_000, end=date(2027, 6, 30), escalator=Decimal("0.05")),
        ),
        assumptions=tuple(
            Assumption(path.replace("/", "-"), path, str(cents(value)) if value.startswith("$") else value, "this page")
            for path, value in sorted(rules.items(), key=lambda item: item[0].replace("/", "-"))
        ),
        funds=(
            Fund("erate", "erate_c2", "E-Rate", settings=(("nslp_percent", "55"), ("rural", "no"))),
            Fund("general", "general", "General fund"),
            Fund("grant", "relief_one_time", "Grant", settings=(("obligation_deadline", "2028-09-30"),), sites=("DISTRICT",)),
        ),
        appropriations=(
            *(Appropriation(f"general-{y}", "general", int(y[2:]), GENERAL) for y in YEARS),
            Appropriation("grant", "grant", 2028, 250_000),
        ),
    )  # fmt: skip


def _devices() -> list[Devices]:
    found = []
    for row in PAGE["What the district has"]:
        year, _, month = row["support ends"].partition("-")
        support = int(year) * 12 + int(month) - 1 if year else -1
        found.append(Devices(row["devices"], row["school"], int(row["count"]), int(row["bought in"]), support))
    return found


@cache
def result() -> PlanResult:
    return result_of(_plan(), _devices())


def _line(where: dict[str, str], year: str) -> int:
    return result().ledger.total({**where, "fiscal_year": year, "cost_type": "direct"})


CHROMEBOOK, POINT = {"subject": "student-chromebook"}, {"subject": "access-point"}
COSTS: dict[str, list[dict[str, str]]] = {
    "Chromebooks with licence and set-up": [{**CHROMEBOOK, "category": c} for c in ("D1.1", "D2.1", "D6.1")],
    "Chromebooks retired": [{**CHROMEBOOK, "category": "D6.2"}],
    "losses": [],
    "access points": [{**POINT, "category": "D3.2"}],
    "access points set up and retired": [{**POINT, "category": c} for c in ("D6.1", "D6.2")],
    "learning system": [{"subject": "lms"}],
    "all": [{}],
}


@pytest.mark.parametrize("row", PAGE["What the district has"], ids=lambda r: f"{r['count']} at {r['school']}")
def test_devices_are_replaced_in_the_printed_year(row: Row) -> None:
    found = next(item for item in result().fleet.rows if item.policy.asset_class.id == row["devices"])
    place, year = result().fleet.sites.index(row["school"]), YEARS.index(row["replaced in"])
    assert found.replaced[place, year] == int(row["count"])


@pytest.mark.parametrize("year", YEARS)
def test_one_device_costs_what_is_printed(year: str) -> None:
    parts = {row["part"]: cents(row[year]) for row in PAGE["One device, by year"]}
    assert parts["Chromebook"] + parts["licence"] + parts["set-up"] == parts["to buy one Chromebook"]
    assert result().prices["student-chromebook"][YEARS.index(year)] == parts["to buy one Chromebook"]


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("row", PAGE["What it costs"], ids=lambda r: r["what"])
def test_costs_are_the_printed_ones_to_the_cent(row: Row, year: str) -> None:
    what = row["what"]
    if what.startswith("repairs at") or what == "losses":
        kind = "repair.repair" if what.startswith("repairs") else "repair.loss"
        site = what.removeprefix("repairs at ") if what.startswith("repairs") else ""
        lines = [
            line
            for line in result().ledger.lines({"category": "D5.2", "fiscal_year": year})
            if f"/{kind}/" in line.id and site in ("", line.labels["site"])
        ]
        found = sum(line.cents for line in lines)
    else:
        found = sum(_line(where, year) for where in COSTS[what])
    assert found == cents(row[year])


@pytest.mark.parametrize("year", YEARS)
def test_the_printed_costs_add_up_to_the_printed_total(year: str) -> None:
    *parts, total = (cents(row[year]) for row in PAGE["What it costs"])
    assert sum(parts) == total


@pytest.mark.parametrize("year", YEARS)
@pytest.mark.parametrize("row", PAGE["Who pays"], ids=lambda r: r["fund"])
def test_funds_pay_what_is_printed(row: Row, year: str) -> None:
    assert result().allocation.by_fund_year().get(row["fund"], {}).get(int(year[2:]), 0) == cents(row[year])


def test_the_cliff_lands_as_printed() -> None:
    found = next(item for item in cliffs(result().allocation, 2032) if item.fund == "grant")
    rows = {int(row["fiscal year"][2:]): row for row in PAGE["The cliff"]}
    lands = dict(found.lands)
    assert found.category == "D2.2"
    for year, row in rows.items():
        assert lands.get(year, 0) == cents(row["lands"])
        assert dict(found.paid).get(year, 0) == cents(row["grant"])


def test_every_line_of_the_page_explains_itself() -> None:
    for line in result().ledger.lines():
        assert evaluate(result().ledger.explain(line.id)) == line.cents
