"""How federal, state and district rows of a value meet: as the parameter declares, the newest row of each layer first."""

from datetime import date

import pytest

from tests.engine.funding.build import rules
from throughline.engine.rulebook.parameter import Parameter

DAY = date(2026, 7, 1)


def row(
    value: int | str, layer: str, combine: str, since: date = date(2020, 1, 1), until: date | None = None
) -> Parameter:
    unit = "date" if isinstance(value, str) else "cents"
    return Parameter("x", value, unit, since, until, "a", "s", DAY, "V", layer, combine)


def found(*rows: Parameter) -> tuple[int | str, str]:
    book = rules().book.with_parameters({"x": rows})
    held = book.at(DAY).row("x")
    return held.value, held.layer  # type: ignore[return-value]  # values of this test are whole numbers and days


@pytest.mark.parametrize(
    ("combine", "federal", "state", "district", "wanted"),
    [
        ("override", 10, 20, 30, (30, "district")),
        ("override", 30, 20, 10, (10, "district")),
        ("override", 10, 20, None, (20, "state")),
        ("minimum", 10, 20, 30, (10, "federal")),
        ("minimum", 30, 10, 20, (10, "state")),
        ("minimum", 30, 20, 10, (10, "district")),
        ("maximum", 10, 20, 30, (30, "district")),
        ("maximum", 30, 20, 10, (30, "federal")),
        ("earliest", "2027-06-30", "2027-09-30", "2027-12-31", ("2027-06-30", "federal")),
        ("earliest", "2027-12-31", "2027-09-30", "2027-06-30", ("2027-06-30", "district")),
    ],
)
def test_layers_meet_as_the_parameter_declares(
    combine: str, federal: int | str, state: int | str, district: int | str | None, wanted: tuple[int | str, str]
) -> None:
    values = {"federal": federal, "state": state, "district": district}
    assert found(*(row(value, layer, combine) for layer, value in values.items() if value is not None)) == wanted


@pytest.mark.parametrize("combine", ["minimum", "maximum"])
def test_of_equal_limits_the_narrower_layer_is_named(combine: str) -> None:
    assert found(row(10, "federal", combine), row(10, "district", combine)) == (10, "district")


def test_a_districts_newer_value_replaces_its_older_one_also_where_the_strictest_holds() -> None:
    newer = row(9, "district", "minimum", date(2026, 1, 1))
    assert found(row(15, "federal", "minimum"), row(5, "district", "minimum"), newer) == (9, "district")


def test_a_row_holds_from_its_first_day_through_its_last() -> None:
    ended = row(5, "federal", "minimum", until=date(2026, 6, 30))
    coming = row(7, "federal", "minimum", since=date(2026, 7, 1))
    assert found(ended, coming) == (7, "federal")
