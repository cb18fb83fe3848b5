"""The worked page on grants, purchases and property, recomputed with the shipped rules."""

from datetime import date
from decimal import Decimal

import pytest

from tests.cases.asks import ASKS
from tests.engine.funding.build import ledger, line
from tests.worked.page import Row, cents, number, tables
from throughline.engine.checks.bidding import open_by
from throughline.engine.checks.procurement import method_of, purchases, thresholds
from throughline.engine.plan.district import District
from throughline.engine.property.thresholds import disposal_limit, equipment_limit, owed_cents, selling_cents
from throughline.packs.loader import load_rulebook

PAGE = tables("grants.md")


def label(value: object) -> str:
    return "-".join(map(str, value.values())) if isinstance(value, dict) else str(value)


def own_cents(text: str) -> int | None:
    return None if text == "none" else cents(text)


@pytest.mark.parametrize("row", PAGE["Title I carryover"], ids=label)
def test_of_a_large_allocation_a_share_is_carried_and_of_a_small_one_all(row: Row) -> None:
    given = {"fiscal_year": 2027, "year": 2028, "spent_cents": 0, "money_cents": cents(row["allocation"])}
    answer = ASKS["carryover"]("title_i_a", given | {"transfer_cents": cents(row["transferred in"])})
    assert answer == {"carried_cents": cents(row["carried"]), "lapsed_cents": cents(row["lost"])}


@pytest.mark.parametrize("row", PAGE["Title IV-A shares"], ids=label)
def test_shares_of_title_iv(row: Row) -> None:
    settings = {"technology_share": str(number(row["technology"]))}
    answer = ASKS["earmarks"]("title_iv_a", {"allocation_cents": cents(row["allocation"]), "settings": settings})
    assert answer["well_rounded"] == cents(row["well-rounded"])
    assert answer["safe_healthy"] == cents(row["safe and healthy"])
    assert answer["infrastructure"] == cents(row["infrastructure"])


@pytest.mark.parametrize("row", PAGE["Methods of purchase"], ids=label)
def test_method_of_a_purchase_on_its_day(row: Row) -> None:
    district = District("d", "D", local_bid_threshold_cents=own_cents(row["own threshold"]))
    micro, formal = thresholds(district, load_rulebook().at(date.fromisoformat(row["day"])))
    assert micro is not None
    assert formal is not None
    assert method_of(cents(row["purchase"]), micro, formal)[0] == row["method"]


@pytest.mark.parametrize("row", PAGE["Purchases in parts"], ids=label)
def test_parts_of_one_record_in_one_year_are_one_purchase(row: Row) -> None:
    parts = zip(row["parts"].split(" + "), row["fiscal years"].split(" + "), strict=True)
    book = ledger(*(line(cents(part), fiscal_year=year, site=str(n)) for n, (part, year) in enumerate(parts)))
    found = purchases(book, District("d", "D"), load_rulebook().at(date(2025, 10, 1)))
    assert max(found, key=lambda item: item.cents).method == row["method"]


@pytest.mark.parametrize("row", PAGE["E-Rate bidding"], ids=label)
def test_last_day_to_open_bidding(row: Row) -> None:
    start = date.fromisoformat(row["contract begins"])
    assert open_by(start, load_rulebook().at(date(2026, 1, 15))).isoformat() == row["open by"]


def test_a_state_that_asks_for_bids_earlier_is_stricter_than_the_federal_rule() -> None:
    district = District("d", "D", "TX")
    for day, wanted in ((date(2025, 11, 5), 350_000_00), (date(2025, 11, 6), 100_000_00)):
        _, formal = thresholds(district, load_rulebook("TX").at(day))
        assert formal is not None
        assert formal.cents == wanted


@pytest.mark.parametrize("row", PAGE["Equipment and disposal"], ids=label)
def test_equipment_and_what_is_owed_for_it(row: Row) -> None:
    rules, day = load_rulebook().at(date(2026, 11, 16)), date.fromisoformat(row["award of"])
    district = District("d", "D", capitalization_threshold_cents=own_cents(row["own level"]))
    assert equipment_limit(district, rules, day).cents == cents(row["equipment from"])
    share = Decimal(number(row["federal share"]))
    assert owed_cents(cents(row["market value"]), share, disposal_limit(rules, day)) == cents(row["owed"])


@pytest.mark.parametrize("row", PAGE["Cost of selling"], ids=label)
def test_what_may_be_kept_for_selling(row: Row) -> None:
    rules, day = load_rulebook().at(date(2026, 11, 16)), date.fromisoformat(row["award of"])
    share, price = Decimal(number(row["federal share"])), cents(row["sold for"])
    owed = owed_cents(price, share, disposal_limit(rules, day))
    assert owed == cents(row["owed"])
    assert selling_cents(price, owed, rules, day).cents == cents(row["kept"])


@pytest.mark.parametrize("row", PAGE["Local share of the cybersecurity grant"], ids=label)
def test_local_share_of_the_cybersecurity_grant(row: Row) -> None:
    settings = {"award_year": row["award of"], "multi_entity": row["several entities"]}
    project = cents(row["project"])
    given = {"category": "D2.4", "money_cents": project, "local_money_cents": project, "cost_cents": project}
    answer = ASKS["match"]("slcgp", given | {"settings": settings})
    assert (answer["paid_cents"], answer["local_cents"]) == (cents(row["grant"]), cents(row["local"]))
