"""Colours of funds: each fund its own while there are enough, and where there are not, those that pay most."""

from dataclasses import replace

from tests.app.rooms.opened import sample
from throughline.app.rooms.home import home
from throughline.app.rooms.pictures import fund_roles, funds_picture
from throughline.engine.run import PlanResult
from throughline.engine.table import Row
from throughline.reports.writers.theme import FUNDS, OTHERS


def with_funds(copies: int) -> PlanResult:
    """The sample's result with every fund but the general one as many times as asked."""
    result = sample().result
    owners = tuple(
        replace(owner, fund=replace(owner.fund, id=f"{owner.fund.id}-{copy}"))
        for owner in result.allocation.owners
        if owner.rule.id != "general"
        for copy in range(copies)
    )
    general = tuple(owner for owner in result.allocation.owners if owner.rule.id == "general")
    return replace(result, allocation=replace(result.allocation, owners=general + owners))


def test_no_two_funds_share_a_colour_while_there_are_enough() -> None:
    roles = fund_roles(sample().result)
    assert OTHERS not in roles.values()
    assert len(set(roles.values())) == len(roles)


def test_with_more_funds_than_colours_the_rest_is_told_as_others() -> None:
    roles = fund_roles(with_funds(4))
    coloured = [role for role in roles.values() if role in FUNDS]
    assert sorted(coloured) == sorted(FUNDS), "each colour once"
    assert sum(role == OTHERS for role in roles.values()) == len(roles) - len(FUNDS) - 1
    general = next(owner.fund.id for owner in with_funds(4).allocation.owners if owner.rule.id == "general")
    assert roles[general] == "fund-gf", "what pays most keeps its colour"


def test_others_are_one_band_whose_height_is_their_sum() -> None:
    page = home(sample())
    at = sample().at
    table = sample().source.tables["by_fund"]
    body = [row for row in table.rows if row.kind == "body" and row.key != "unfunded"]
    roles = {row.key: OTHERS for row in body} | {"unfunded": "unfunded"}
    common = replace(at, words=at.common)
    chart = common.chart("onepage", "stacked_years", common.table(sample().source.tables["by_source"], "onepage.table"))
    bars = funds_picture(chart, table, roles).spec["data"]["values"]
    for year in page.years:
        place = table.index(year)
        paid = sum(amount(row, place) for row in body)
        band = [bar for bar in bars if bar["year"] == year and bar["part"] == "Other funds"]
        assert [bar["hi"] - bar["lo"] for bar in band] == [paid], year


def amount(row: Row, place: int) -> int:
    value = row.values[place]
    assert isinstance(value, int)
    return value
