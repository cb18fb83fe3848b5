"""Peers are the nearest by size and wealth, and the method is the one that is said."""

from dataclasses import replace
from decimal import Decimal

import pytest

from throughline.engine.finance.peers import DistrictFinance, peers
from throughline.engine.refs import PackRef
from throughline.packs.peer_finances import peer_finances

REF = PackRef("test", "2024", "made up", "OWN")


def district(code: str, pupils: int, each: int) -> DistrictFinance:
    return DistrictFinance(code, code, "NY", 2024, pupils, pupils * each * 100, pupils * 20_000_00, 0, REF)


HALF, SAME, DOUBLE = district("half", 500, 400_000), district("same", 1000, 400_000), district("double", 2000, 400_000)
RICH = district("rich", 1000, 1_600_000)


def test_half_and_double_are_equally_far() -> None:
    found = peers([DOUBLE, HALF], Decimal(1000), Decimal(400_000_00), 2)
    assert found[0].distance == pytest.approx(found[1].distance)
    assert [peer.district.code for peer in found] == ["double", "half"]  # equal ones by code


def test_wealth_counts_when_it_is_known_and_size_alone_when_not() -> None:
    known = [RICH, DOUBLE]
    assert peers(known, Decimal(1000), Decimal(400_000_00), 1)[0].district is DOUBLE
    assert peers(known, Decimal(1000), None, 1)[0].district is RICH


def test_a_district_is_not_its_own_peer() -> None:
    assert peers([SAME, HALF], Decimal(1000), None, 5, own_code="same")[0].district is HALF


@pytest.mark.parametrize(("pupils", "wealth"), [("0", None), ("-1", None), ("10", "0")])
def test_without_size_there_are_no_peers(pupils: str, wealth: str | None) -> None:
    with pytest.raises(ValueError, match="above 0"):
        peers([SAME], Decimal(pupils), None if wealth is None else Decimal(wealth), 1)


def test_the_shipped_file_has_what_new_york_published() -> None:
    found = {row.code: row for row in peer_finances()}
    assert len(found) == 673
    albany = found["010501000000"]
    assert (albany.name, albany.pupils, albany.expenditure_cents) == (
        "Albany City School District",
        11224,
        370_556_113_00,
    )
    assert replace(albany, pupils=1).wealth == Decimal(7_004_771_713_00)
