from decimal import Decimal

import pytest

from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.funds import Fund
from throughline.engine.plan.overlay import OverrideError, field_value


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
