from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from throughline.engine.demand.need import (
    cart_need,
    class_sections,
    grown,
    issue_by_grade,
    issued_by_grade,
    issued_by_site,
    need_by_site,
    need_for,
    need_of,
    shared_out,
    spares,
)
from throughline.engine.demand.sitepupils import shares, site_pupils, spread
from throughline.engine.money import largest_remainder

D = Decimal


@pytest.mark.parametrize(("pupils", "devices"), [("1145", 1203), ("1142.857", 1200), ("1142.86", 1201)])
def test_need_is_rounded_up_to_a_whole_device(pupils: str, devices: int) -> None:
    assert need_for({"5": D(pupils)}, {"5": D(1)}, D("0.05")).total == devices


def test_ratios_differ_by_grade_and_grades_without_policy_get_none() -> None:
    need = need_for({"K": D(100), "1": D(100), "2": D(100)}, {"K": D("0.5"), "1": D(1)})
    assert need.units == {"K": 50, "1": 100}


def test_a_grade_without_a_count_is_named_and_not_taken_as_zero() -> None:
    need = need_for({"K": D(100)}, {"K": D(1), "1": D(1)})
    assert (need.total, need.unknown) == (100, ("1",))


def test_staff_need_uses_full_time_equivalents() -> None:
    assert need_for({"teacher": D("12.4"), "coach": D("0.5")}, {"teacher": D(1), "coach": D(1)}).total == 13


def test_spares_are_rounded_once_for_the_district_and_not_at_every_site() -> None:
    sites = {name: {"5": D(10)} for name in "abcd"}
    need = need_by_site(sites, {"5": D(1)}, D("0.05"))
    assert need.total == 42
    assert need.units == {"a": 11, "b": 11, "c": 10, "d": 10}


def test_a_grade_no_site_counts_is_unknown_for_the_district() -> None:
    need = need_by_site({"a": {"5": D(10)}, "b": {"6": D(3)}}, {"5": D(1), "6": D(1), "7": D(1)})
    assert (need.units, need.unknown) == ({"a": 10, "b": 3}, ("7",))


def test_carts_are_whole_and_full() -> None:
    assert cart_need({"oak": D(5), "elm": D(0)}, D("0.5"), 30).units == {"oak": 90, "elm": 0}


@pytest.mark.parametrize(("pupils", "sections"), [("25", 1), ("25.5", 2), ("0", 0)])
def test_class_sections_hold_every_pupil(pupils: str, sections: int) -> None:
    assert class_sections({"3": D(pupils)}, 25) == {"3": sections}


def test_a_section_size_below_one_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        class_sections({"3": D(10)}, 0)


@pytest.mark.parametrize(("fall", "devices"), [(2022, 7753), (2021, 7552)])
def test_newarks_formula_on_the_state_report_gives_the_derived_devices(newark, fall: int, devices: int) -> None:
    assert issue_by_grade(newark[fall], ["K", "5", "9"]).total == devices


def test_a_half_time_pupil_is_issued_a_whole_device() -> None:
    issued = issue_by_grade({"K": D("10.5"), "5": D("10.5")}, ["K", "5", "9"])
    assert (issued.units, issued.unknown) == ({"5": 11, "K": 11}, ("9",))


def test_a_grade_named_twice_is_issued_once() -> None:
    assert issue_by_grade({"K": D(10)}, ["K", "K"]).total == 10


@pytest.mark.parametrize(("change", "devices"), [("0.05", 105), ("-0.5", 50), ("0", 100), ("-1", 0)])
def test_growth_is_whole_devices_that_add_up(change: str, devices: int) -> None:
    assert int(grown(np.array([33, 33, 34]), D(change)).sum()) == devices


def test_a_fleet_cannot_shrink_below_nothing() -> None:
    with pytest.raises(ValueError, match="shrink"):
        grown(np.array([1]), D("-1.01"))


def test_spares_go_where_the_devices_are() -> None:
    assert spares({"large": 90, "small": 10}, D("0.05")) == {"large": 5, "small": 0}


def test_a_projection_is_split_by_each_sites_share_of_the_grade() -> None:
    counted = {"oak": {"K": D(40), "5": D(10)}, "elm": {"K": D("20.5")}, "new": {"6": D(0)}}
    split = spread({"K": 66, "5": 12, "9": 7}, site_pupils(counted))
    assert split.table == {"elm": {"K": D(22)}, "new": {}, "oak": {"K": D(44), "5": D(12)}}


def test_devices_nobody_needs_cannot_be_shared_out() -> None:
    assert shared_out(0, [D(0), D(0)]) == [0, 0]
    with pytest.raises(ValueError, match="nobody"):
        shared_out(1, [D(0)])


HALVES = st.integers(0, 4000).map(lambda n: D(n) / 2)
SITES = st.dictionaries(st.sampled_from("abcdefgh"), st.dictionaries(st.sampled_from(["K", "5", "9"]), HALVES))
RATIOS = st.dictionaries(st.sampled_from(["K", "5", "9"]), st.sampled_from([D("0.5"), D(1), D("1.25")]), min_size=1)


@given(SITES, RATIOS, st.sampled_from([D(0), D("0.03"), D("0.05")]))
def test_sites_add_up_to_the_district_and_order_does_not_matter(sites, ratios, spare_share) -> None:
    need = need_by_site(sites, ratios, spare_share)
    district = {g: sum((counts[g] for counts in sites.values() if g in counts), D(0)) for g in ratios}
    assert need.total == need_for(district, ratios, spare_share).total
    turned = {site: dict(reversed(sites[site].items())) for site in reversed(sites)}
    assert need_by_site(turned, dict(reversed(ratios.items())), spare_share) == need


@given(st.lists(st.integers(0, 500), max_size=6), st.integers(-100, 100))
def test_growth_moves_no_site_by_more_than_its_share_and_a_device(units, percent) -> None:
    change = D(percent) / 100
    for before, count in zip(units, grown(np.array(units, np.int64), change).tolist(), strict=True):
        assert abs(count - before * (1 + change)) <= 2


@given(st.integers(0, 10**6), st.lists(st.integers(0, 5000), min_size=60, max_size=120).filter(any))
def test_many_sites_are_shared_out_as_few_are(total: int, weights: list[int]) -> None:
    assert shared_out(total, [Decimal(w) for w in weights]) == largest_remainder(total, weights)


RATIO = st.sampled_from([D("0"), D("0.5"), D(1), D("1.25"), D("0.333")])


@given(SITES, RATIO, st.sampled_from([D(0), D("0.03"), D("0.125")]))
def test_need_of_many_sites_at_once_is_that_of_each(sites, ratio, spare_share) -> None:
    grades = ["K", "5", "12"]
    wanted = need_by_site(sites, dict.fromkeys(grades, ratio), spare_share)
    counted = site_pupils(sites)
    found = need_of(counted, grades, ratio, spare_share)
    assert dict(zip(counted.sites, found.tolist(), strict=True)) == wanted.units
    assert tuple(sorted(counted.lacking(grades))) == wanted.unknown


@given(SITES, RATIO)
def test_devices_issued_at_many_sites_at_once_are_those_of_each(sites, ratio) -> None:
    counted = site_pupils(sites)
    found = issued_by_site(counted, ["K", "9"], ratio)
    assert found.tolist() == [issued_by_grade(sites[name], ["K", "9"], ratio) for name in counted.sites]


def test_counts_with_many_decimals_are_shared_out_exactly_too() -> None:
    counted = site_pupils({"a": {"K": D("0.1234567890123456789012")}, "b": {"K": D("0.3")}})
    assert counted.table["a"]["K"] == D("0.1234567890123456789012")
    assert spread({"K": 10**9}, counted).parts[:, 0].tolist() == largest_remainder(
        10**9, [1234567890123456789012, 3000000000000000000000]
    )
    assert shares(2**61, np.array([2**61, 1, 2**61])).tolist() == largest_remainder(2**61, [2**61, 1, 2**61])
