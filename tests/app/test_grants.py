"""Grants in a whole plan: entered by hand, paid by their rules, explained, and money hoped for beside them."""

from pathlib import Path

import pytest

from tests.app.folders import DAY, fresh, set_
from throughline.app.explain import explain
from throughline.app.rooms.base import room_of
from throughline.app.rooms.funds import funds
from throughline.app.run_plan import run_plan
from throughline.app.summary import summarize
from throughline.engine.run import PlanResult


def entered(folder: Path) -> PlanResult:
    fresh(folder / "plan")
    words = [
        "contracts/isp/name=Internet", "contracts/isp/category=D3.1", "contracts/isp/annual_cents=$120,000.00",
        "contracts/training/name=Training", "contracts/training/category=D5.3", "contracts/training/annual_cents=$90,000.00",
        "contracts/lunch/name=Meal system", "contracts/lunch/category=D2.3", "contracts/lunch/function=3100",
        "contracts/lunch/annual_cents=$8,000.00",
        "funds/general/kind=general", "funds/general/name=General fund",
        "funds/c1/kind=erate_c1", "funds/c1/name=E-Rate", "funds/c1/settings=nslp_percent=60; rural=no",
        "funds/iv/kind=title_iv_a", "funds/iv/name=Title IV", "funds/iv/settings=technology_share=0.35",
        "funds/food/kind=food_service", "funds/food/name=Food service",
        "prospects/found/name=Foundation", "prospects/found/high_cents=$20,000.00", "prospects/found/probability=0.4",
    ]  # fmt: skip
    for year in range(2028, 2033):
        for fund, cents in (("general", "$500,000.00"), ("iv", "$120,000.00"), ("food", "$5,000.00")):
            row = f"appropriations/{fund}-{year}"
            words += [f"{row}/fund={fund}", f"{row}/fiscal_year={year}", f"{row}/cents={cents}"]
    return run_plan(set_(folder / "plan", *words), DAY)


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> PlanResult:
    return entered(tmp_path_factory.mktemp("grants"))


def test_each_grant_pays_what_its_rule_allows_and_no_cent_more(result: PlanResult) -> None:
    paid = result.allocation.by_fund_year()
    internet, training = (
        result.ledger.total({"subject": name, "fiscal_year": "FY2028"}) for name in ("isp", "training")
    )
    assert paid["c1"][2028] == internet * 80 // 100
    assert paid["iv"][2028] == min(training, 120_000_00 * 60 // 100)
    assert paid["food"][2028] == 5_000_00
    assert not result.allocation.unfunded_by_year()


def test_every_balance_closes_and_what_the_discount_brings_is_what_it_pays(result: PlanResult) -> None:
    for item in result.allocation.balances:
        assert item.opening + item.new == item.used + item.lapsed + item.carried
    owner = result.allocation.owner_by_id["c1"]
    assert sum(row.cents for row in owner.resources) == sum(result.allocation.by_fund_year()["c1"].values())


def test_conditions_of_the_grants_and_the_money_hoped_for_are_said_once(result: PlanResult) -> None:
    codes = [item["code"] for item in summarize(result)["findings"]]
    assert {"TL-FUND-041", "TL-FUND-064", "TL-FUND-069"} <= set(codes)
    assert len(codes) == len(
        set(zip(codes, [str(item["subject"]) for item in summarize(result)["findings"]], strict=True))
    )


def test_the_funds_page_shows_cards_shares_and_money_hoped_for(result: PlanResult, tmp_path: Path) -> None:
    entered(tmp_path)
    opened = set_(tmp_path / "plan", "funds/general/name=General")
    page = funds(room_of(opened, run_plan(opened, DAY)))
    cards = {card.id: card for card in page.cards}
    assert cards["c1"].availability == "a share of every eligible cost, without a budget"
    infrastructure = (
        "at most 15% of the technology portion for infrastructure: devices and equipment, software and licenses, "
        "network and connections, lease and subscription payments"
    )
    kept = "which this plan holds no cost of, for an allocation of $30,000 or more"
    assert cards["iv"].terms[:4] == (
        f"at least 20% of the allocation kept for well-rounded education, {kept}",
        f"at least 20% of the allocation kept for safe and healthy schools, {kept}",
        infrastructure,
        "at most 2% of the allocation for administration: staff: leadership and procurement",
    )
    assert "costs of function 3100 only" in cards["food"].may_pay
    assert page.prospects is not None
    assert page.prospects.table.column("name") == ("Foundation",)
    assert not page.erate, "Category 1 has no budget to draw down"


def test_a_payment_of_a_grant_explains_itself(result: PlanResult) -> None:
    found = explain(result, {"fund": "c1", "fiscal_year": "FY2028"})
    assert found.cents == result.allocation.by_fund_year()["c1"][2028]
