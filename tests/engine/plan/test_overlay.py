from decimal import Decimal

import pytest

from tests.engine.builders import Devices, result_of
from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.decisions import DeviceDecision
from throughline.engine.plan.district import District
from throughline.engine.plan.funds import Fund
from throughline.engine.plan.overlay import Override, OverrideError, Scenario, field_value, overlay
from throughline.engine.plan.plan import Plan


def test_settings_of_a_fund_are_named_values_in_the_order_of_their_names() -> None:
    assert field_value(Fund, "settings", "rural=no; nslp_percent=47") == (("nslp_percent", "47"), ("rural", "no"))


@pytest.mark.parametrize("text", ["x", "term_end: 2031-12-31", "term_end=2031-12-31; rural"])
def test_settings_without_a_name_or_an_equals_sign_are_refused(text: str) -> None:
    with pytest.raises(OverrideError, match="name=value"):
        field_value(Fund, "settings", text)


def test_a_list_is_words_between_commas() -> None:
    assert field_value(Fund, "sites", "lincoln, oak ,") == ("lincoln", "oak")


def test_none_empties_a_field_that_may_be_empty() -> None:
    assert field_value(Contract, "escalator", "none") is None
    assert field_value(Contract, "escalator", "0.03") == Decimal("0.03")


def test_a_field_that_the_record_does_not_have_is_refused_with_those_it_has() -> None:
    with pytest.raises(OverrideError, match=r"it has .*escalator"):
        field_value(Contract, "price", "1")


PLAN = Plan(District("d", "District"), funds=(Fund("levy", "levy", "Levy"),))


def changed(path: str, value: str) -> Plan:
    return overlay(PLAN, Scenario("s", (Override(path, value),)))


def test_a_record_that_is_not_there_is_made_from_named_values() -> None:
    (made,) = changed("decisions/wait", "asset_class=*; replace_in=2030; due_in=2029").decisions
    assert made == DeviceDecision("wait", "*", 2030, due_in=2029)


def test_several_fields_of_a_record_change_at_once() -> None:
    (fund,) = changed("funds/levy", "priority=3; name=Levy of 2024").funds
    assert fund == Fund("levy", "levy", "Levy of 2024", 3)


def test_a_new_record_without_what_it_needs_is_refused_with_what_is_lacking() -> None:
    with pytest.raises(OverrideError, match="needs replace_in"):
        changed("decisions/wait", "asset_class=*")


def test_a_record_that_is_not_there_and_not_made_is_refused() -> None:
    with pytest.raises(OverrideError, match="no record wait among decisions"):
        changed("decisions/wait/count", "3")


def test_what_is_implied_for_a_class_can_be_changed_and_stays_implied() -> None:
    plan = changed("standards/default-desktop/life_years", "9")
    result = result_of(plan, [Devices("desktop", "a", 3, 2022)])
    (policy,) = result.policies
    assert (policy.id, policy.life_years, policy.implied) == ("default-desktop", 9, True)
