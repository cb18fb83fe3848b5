"""The worked page on funds, recomputed by the engine."""

from datetime import date
from decimal import Decimal

import pytest

from tests.engine.funding.build import ERATE, HORIZON, fund, ledger, line, money, plan, rule, rules, schools
from tests.worked.page import Row, cents, number, tables
from throughline.engine.funding.allocate import allocate
from throughline.engine.funding.cliffs import cliffs
from throughline.engine.funding.lines import split_lines
from throughline.engine.funding.resources import resources
from throughline.engine.ledger.trace import Step, Trace, evaluate
from throughline.engine.refs import UNFUNDED

PAGE = tables("funds.md")
SCHOOLS = PAGE["E-Rate Category 2 budget"]
LEVY = rule("levy", priority=10, availability="term", carryover_share=Decimal(1), one_time_money=True)
OWN = fund("erate_c2", settings=(("nslp_percent", "60"), ("rural", "no")))


def named(trace: Trace) -> dict[str, int]:
    found: dict[str, int] = {}
    if isinstance(trace, Step):
        found[trace.name] = int(evaluate(trace))
        for term in trace.terms:
            found = named(term) | found
    return found


def test_the_budget_of_four_schools() -> None:
    pupils = [int(number(row["pupils"])) for row in SCHOOLS[:-1]]
    (resource,) = resources(plan(OWN, *schools(*pupils)), rules(ERATE), HORIZON)
    ways, whole = named(resource.trace), SCHOOLS[-1]
    assert ways["by pupils"] == cents(whole["by pupils"])
    assert ways["entities x floor"] == cents(whole["at least"])
    assert ways["school by school"] == resource.cents == cents(whole["school by school"])
    for number_, row in enumerate(SCHOOLS[:-1]):
        assert ways[f"school-{number_:02d}"] == cents(row["school by school"])


@pytest.mark.parametrize("row", PAGE["E-Rate project"], ids=lambda row: row["price"])
def test_a_project_is_shared_and_its_price_comes_off_the_budget(row: Row) -> None:
    a_plan = plan(OWN, fund("general"), money("general", 2027, 10**9), *schools(520, 410, 120, 95))
    result = allocate(ledger(line(cents(row["price"]), category="D3.2")), a_plan, rules(ERATE, rule()), HORIZON)
    paid = result.by_fund_year()
    assert paid["erate_c2"][2027] == cents(row["E-Rate"])
    assert paid["general"][2027] == cents(row["district"])
    assert result.balances[0].closing == cents(row["left of the budget"])


@pytest.mark.parametrize("row", PAGE["Carryover"], ids=lambda row: row["share"])
def test_a_share_of_unspent_money_passes_on(row: Row) -> None:
    own = fund("general", settings=(("carryover_share", str(number(row["share"]))),))
    a_plan = plan(own, money("general", 2027, 100_000_03))
    result = allocate(ledger(line(30_000_00)), a_plan, rules(rule()), HORIZON)
    assert result.balances[0].carried == cents(row["passes on"])
    assert result.balances[0].lapsed == cents(row["returns"])


def test_a_cliff_lands_what_the_one_time_money_no_longer_pays() -> None:
    rows = PAGE["Cliff"]
    relief = rule("relief", availability="one_time", one_time_money=True)
    a_plan = plan(fund("relief"), money("relief", 2027, 260_000_00, obligation_deadline=date(2029, 6, 30)))
    lines = [
        line(cents(r["cost"]), fiscal_year=r["fiscal year"], category="D2.2", recurrence="recurring") for r in rows
    ]
    (found,) = cliffs(allocate(ledger(*lines), a_plan, rules(relief), HORIZON), 2031)
    assert dict(found.paid) == {int(r["fiscal year"][2:]): cents(r["one-time money"]) for r in rows[:3]}
    assert dict(found.lands) == {int(r["fiscal year"][2:]): cents(r["lands"]) for r in rows[2:]}


def test_lines_take_their_parts_of_what_is_left() -> None:
    rows = PAGE["Lines of a class"]
    book = ledger(*(line(cents(row["amount"])) for row in rows))
    result = allocate(book, plan(fund("levy"), money("levy", 2027, 13_33)), rules(LEVY), HORIZON)
    parts = {(item.id, payer): part for item, payer, part in split_lines(book, result)}
    for n, row in enumerate(rows):
        assert parts.get((f"test/{n:04d}", "levy"), 0) == cents(row["levy"])
        assert parts.get((f"test/{n:04d}", UNFUNDED), 0) == cents(row["not funded"])
