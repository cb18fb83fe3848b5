"""How long money lasts is told by the money that is entered, and a fund without any in the plan is not told as one that pays."""

from dataclasses import replace

from tests.app.rooms.opened import sample
from throughline.app.source.money_tables import fund_rules, lasts
from throughline.engine.funding.resource import Purposed
from throughline.engine.run import PlanResult


def general() -> Purposed:
    return next(owner for owner in sample().result.allocation.owners if owner.rule.id == "general")


def as_grant(years: int) -> Purposed:
    """The general fund's money of the first years, as a state grant of its own."""
    owner = general()
    rule = sample().result.rules.book.fund_rules["state_grant"]
    return replace(owner, fund=replace(owner.fund, id="grant"), rule=rule, resources=owner.resources[:years])


def with_owner(owner: Purposed) -> PlanResult:
    result = sample().result
    return replace(result, allocation=replace(result.allocation, owners=(*result.allocation.owners, owner)))


def test_a_yearly_grant_ends_with_the_last_year_that_it_is_entered_for() -> None:
    years = len(sample().result.horizon)
    assert len(general().resources) >= years
    assert lasts(as_grant(2), sample().result) == "ending"
    assert lasts(as_grant(len(general().resources)), sample().result) == "renewing"


def test_the_rules_of_a_fund_say_its_last_day() -> None:
    table = fund_rules(with_owner(as_grant(2)))
    assert table is not None
    row = next(row for row in table.rows if row.key == "grant")
    last = max(item.fiscal_year for item in as_grant(2).resources)
    end = next(year.end for year in sample().result.horizon.years if year.end_year == last)
    assert row.values[table.index("until")] == end.isoformat()


def test_a_closed_fund_without_money_is_not_among_those_that_pay() -> None:
    table = fund_rules(with_owner(as_grant(0)))
    assert table is not None
    assert "grant" not in {row.key for row in table.rows}
