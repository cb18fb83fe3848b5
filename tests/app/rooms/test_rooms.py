"""Rooms of the sample district: every amount that can be opened is the sum of the lines its selector names."""

import re
from dataclasses import replace

import pytest

from tests.app.folders import larkhollow
from tests.app.rooms.opened import amount, check, sample
from throughline.app.explain import ExplainError, Where, explain
from throughline.app.rooms.costs import costs
from throughline.app.rooms.funds import funds
from throughline.app.rooms.goals import goals
from throughline.app.rooms.home import home
from throughline.app.rooms.refresh import refresh
from throughline.app.rooms.shown import Money
from throughline.app.selectors import read_selector, selector
from throughline.engine.plan.overlay import Override, Scenario
from throughline.engine.refs import UNFUNDED
from throughline.engine.run import run


def same(money: Money | None) -> None:
    assert money is not None
    assert amount(money.explain) == money.cents


def test_the_lead_of_the_plan_is_the_sentence_of_the_packet_with_its_figures_open() -> None:
    page = home(sample())
    assert "".join(part.text for part in page.lead) == sample().at.common.string("summary.lead")
    opened = [part for part in page.lead if part.explain]
    assert next(part.explain for part in opened) == "total"
    assert any(part.explain == "fund=UNFUNDED" for part in opened)


def test_the_plan_shows_who_pays_each_year_and_every_cell_opens() -> None:
    page = home(sample())
    check(page.by_fund, 20)
    assert [mark.role for mark in page.funds][-1] == "unfunded"
    roles = [mark.role for mark in page.funds]
    assert len(set(roles)) == len(roles)


def test_the_picture_stacks_the_funds_in_the_page_s_own_colours() -> None:
    page = home(sample())
    marks = page.chart.spec["data"]["values"]
    assert {mark["part"] for mark in marks} <= {mark.name for mark in page.funds}
    total = sum(mark["hi"] - mark["lo"] for mark in marks)
    assert total == sample().result.ledger.total({"cost_type": "direct"})
    assert not re.search("#[0-9a-f]{6}", str(page.chart.spec))
    assert "url(#tl-hatch)" in str(page.chart.spec)
    assert page.chart.alt.startswith("Stacked bar chart")


def test_findings_stand_worst_first_with_their_room_and_open_where_lines_make_them_up() -> None:
    page = home(sample())
    rank = ["error", "warning", "note"]
    order = [(rank.index(item.severity), -(item.cents or 0)) for item in page.findings]
    assert order == sorted(order)
    opened = [item for item in page.findings if item.explain]
    assert opened
    for item in opened:
        assert amount(item.explain) == item.cents
        assert item.room == "funds"
    assert all(item.text and item.remedy for item in page.findings)


def test_deadlines_are_days_to_come_the_next_one_first() -> None:
    page = home(sample())
    days = [item.day for item in page.deadlines]
    assert days == sorted(days)
    assert days[0] >= sample().result.rules.on
    kinds = {item.kind for item in page.deadlines}
    assert {"spend_by"} <= kinds
    for item in page.deadlines:
        if item.explain:
            assert amount(item.explain) == item.cents


def test_nothing_changed_since_the_same_version_and_a_longer_life_is_named() -> None:
    _, result = larkhollow()
    page = home(sample(), result)
    assert page.changes is not None
    assert page.changes.items is None
    assert page.changes.payers is None
    longer = Scenario("longer", (Override("standards/staff-laptop/life_years", "9"),))
    before = run(replace(result.inputs, scenario=longer))
    found = home(sample(), before).changes
    assert found is not None
    assert found.items is not None
    assert found.cost.cents - found.cost_before == found.items.table.rows[-1].values[-1]
    check(found.items)
    same(found.cost)
    same(found.unfunded)


def test_when_only_the_money_changed_the_funds_that_pay_otherwise_are_named() -> None:
    _, result = larkhollow()
    levy = next(row for row in result.plan.appropriations if "levy" in row.fund)
    less = Scenario("less", (Override(f"appropriations/{levy.id}/cents", str(levy.cents // 200)),))
    found = home(sample(), run(replace(result.inputs, scenario=less))).changes
    assert found is not None
    assert found.items is None
    assert found.payers is not None
    table = found.payers.table
    differences = dict(zip(table.column("fund"), table.column("difference"), strict=True))
    assert int(differences[next(fund.name for fund in result.plan.funds if fund.id == levy.fund)] or 0) > 0
    assert sum(int(each or 0) for each in differences.values()) == 0
    assert all(str(years).startswith("FY") for years in table.column("years"))
    check(found.payers)


def test_refresh_shows_units_and_dollars_of_the_same_standards() -> None:
    page = refresh(sample())
    assert page is not None
    check(page.cents, 20)
    body = [row for row in page.cents.table.rows if row.kind == "body"]
    assert len(body) == len(page.heat) == len(page.lives) == len(page.units.table.column("item"))
    assert max(step for row in page.heat for step in row) == 4
    for row, steps in zip(body, page.heat, strict=True):
        for value, step in zip(row.values[1:-1], steps, strict=True):
            assert (step == 0) == (not value)
    assert page.peak is not None
    same(page.peak.cost)
    years = page.cents.table.rows[-1].values[1:-1]
    assert page.peak.cost.cents == max(int(value or 0) for value in years)
    assert page.chart is not None
    assert page.by_site is not None
    assert page.why is not None


def test_costs_keep_indirect_cost_out_of_every_sum() -> None:
    page = costs(sample())
    check(page.tco, 20)
    check(page.by_category, 20)
    check(page.by_site, 20)
    same(page.cost)
    same(page.indirect)
    same(page.top_category_cost)
    assert page.tco is not None
    memo = [row for row in page.tco.table.rows if row.kind == "memo"]
    assert page.indirect is not None
    assert sum(int(row.values[-1] or 0) for row in memo) == page.indirect.cents


def test_each_fund_has_a_card_with_its_rule_its_days_and_its_money() -> None:
    page = funds(sample())
    same(page.funded)
    same(page.unfunded)
    check(page.by_fund)
    assert [card.id for card in page.cards] == [owner.fund.id for owner in sample().result.allocation.owners]
    assert all(card.may_pay and card.availability for card in page.cards)
    for card in page.cards:
        if card.paid.cents:
            same(card.paid)
            check(card.balance)
    grant = next(card for card in page.cards if card.kind == "relief_one_time")
    assert grant.lasts == "ending"
    assert grant.until is not None
    assert grant.citation
    assert page.ending == sum(card.lasts == "ending" for card in page.cards)
    check(page.unfunded_items)
    check(page.cliffs, 0)


def test_the_erate_budget_adds_up_and_its_projects_open() -> None:
    (budget, *_) = funds(sample()).erate
    assert budget.budget == budget.planned + budget.left
    assert budget.left >= 0
    assert budget.how[0].value
    check(budget.projects)
    for row in budget.projects.table.rows:
        before, program, local = (int(value or 0) for value in row.values[2:])
        assert before == program + local
        assert abs(program - before * budget.discount_percent / 100) <= 50


def test_goals_name_their_money_and_orphans_both_ways() -> None:
    page = goals(sample())
    same(page.cost)
    same(page.serves)
    check(page.by_goal)
    check(page.by_initiative)
    check(page.without_goal)
    assert page.serves is not None
    rest = int(page.without_goal.table.rows[-1].values[-1] or 0)
    assert page.serves.cents + rest == page.cost.cents
    assert sum(flow.cost.cents for flow in page.flows) == page.cost.cents
    for flow in page.flows:
        same(flow.cost)
        assert {flow.fund, flow.initiative, flow.goal} <= page.names.keys()
    spent = {flow.goal for flow in page.flows}
    assert all(goal.id not in spent for goal in page.without_money)


def test_a_set_of_members_is_explained_as_their_sum() -> None:
    _, result = larkhollow()
    page = funds(sample())
    assert page.funded is not None
    found = explain(result, read_selector(page.funded.explain))
    assert found.cents == page.funded.cents
    assert found.title.startswith("Paid by 6 funds")
    peak = refresh(sample())
    assert peak is not None
    assert peak.peak is not None
    assert explain(result, read_selector(peak.peak.cost.explain)).cents == peak.peak.cost.cents


def test_a_selector_reads_back_as_it_was_written() -> None:
    where: Where = {
        "fund": frozenset({UNFUNDED, "levy"}),
        "subject": "Capital plan/Switches & racks",
        "fiscal_year": "FY2028",
    }
    assert read_selector(selector(where)) == where
    assert read_selector(selector({})) == {}


@pytest.mark.parametrize("text", ["", "nonsense", "color=red", "fund="])
def test_what_is_no_selector_is_refused_in_words(text: str) -> None:
    with pytest.raises(ExplainError, match="names no figure"):
        read_selector(text)
