"""Schedules of devices leased by standard tie to the cash of the ledger, whatever the fleet, the drivers and the prices."""

from collections import defaultdict
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engine.builders import Devices, result_of
from tests.properties.random_plans import fleets, plans
from throughline.app.source.accounting import lease_schedules, lease_test, leased_devices
from throughline.engine.ledger.trace import evaluate
from throughline.engine.plan.assumptions import Assumption
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.standards import Standard
from throughline.engine.run import PlanResult

RULES = (
    Assumption("rate", "capital/discount-rate", "0.041", "own rate"),
    Assumption("threshold", "capital/subscription-threshold", "0", "every lease is shown"),
)
LAPTOPS = Standard("laptops", "staff-laptop", unit_price_cents=900_00, price_note="quote", growth_with_enrollment=True)


def leased(plan: Plan, cents: int) -> Plan:
    """Every standard leased; lives of a year are short-term, so that two years are the least here."""
    standards = tuple(
        replace(item, lease_year_cents=cents + 7 * n, life_years=max(2, item.life_years or 4))
        for n, item in enumerate((LAPTOPS, *plan.standards))
    )
    return replace(plan, standards=standards, contracts=(), assumptions=RULES)


def cash(result: PlanResult) -> dict[tuple[str, ...], int]:
    return result.ledger.by("subject", "fiscal_year", where={"category": "D5.4"})


@settings(max_examples=60, deadline=None)
@given(plans(), fleets, st.integers(1, 500_00))
def test_principal_and_interest_are_the_cash_of_the_lease_lines_to_the_cent(
    plan: Plan, devices: list[Devices], cents: int
) -> None:
    result = result_of(leased(plan, cents), devices)
    inside = set(result.planning.horizon.labels)
    paid: dict[tuple[str, ...], int] = defaultdict(int)
    short: dict[tuple[str, ...], int] = defaultdict(int)
    table = lease_schedules(result)
    for row in table.rows if table is not None else ():
        if row.kind == "body" and row.values[1] in inside:
            paid[row.key.split("/")[0], str(row.values[1])] += int(str(row.values[4])) + int(str(row.values[5]))
    for item in leased_devices(result):
        if not item.instalments:  # returned after a year: no schedule, still paid
            assert item.term_months == 12
            policy, year = item.key.removesuffix("-1").split("/")
            short[policy, year] = 1
    found = cash(result)
    for key, total in found.items():
        if key not in short:
            assert paid[key] == total, key
    assert {key for key, total in paid.items() if total} <= found.keys()


@settings(max_examples=25, deadline=None)
@given(plans(), fleets, st.integers(1, 500_00))
def test_liabilities_explain_themselves_and_close_with_their_assets(
    plan: Plan, devices: list[Devices], cents: int
) -> None:
    result = result_of(leased(plan, cents), devices)
    made = lease_test(result)
    for item in leased_devices(result):
        if item.instalments:
            assert made is not None
            assert item.liability is not None
            assert evaluate(made.traces[f"{item.key}|liability"]) == item.asset_cents
            assert sum(part.principal_cents for part in item.instalments) == item.asset_cents
            assert item.instalments[-1].left_cents == 0
            assert all(part.interest_cents >= 0 for part in item.instalments)
    table = lease_schedules(result)
    for row in table.rows if table is not None else ():
        if row.kind == "body":
            assert min(int(str(value)) for value in row.values[2:]) >= 0
