from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from throughline.engine.findings import Severity
from throughline.engine.rulebook.parameter import Parameter
from throughline.engine.rulebook.stale import is_stale, months_since, stale_parameters

ROW = Parameter(
    path="growth/hardware",
    value=Decimal("0.03"),
    unit="share",
    effective_from=date(2020, 1, 1),
    effective_to=None,
    authority="Throughline",
    source="default",
    verified_on=date(2026, 9, 30),
    status="OWN",
    review_months=12,
)


@pytest.mark.parametrize(
    ("earlier", "later", "months"),
    [
        (date(2026, 9, 30), date(2026, 10, 29), 0),
        (date(2026, 9, 30), date(2026, 10, 30), 1),
        (date(2026, 1, 31), date(2027, 1, 30), 11),
        (date(2026, 9, 30), date(2026, 9, 1), -1),
    ],
)
def test_months_are_counted_when_they_are_full(earlier: date, later: date, months: int) -> None:
    assert months_since(earlier, later) == months


def test_a_value_is_fresh_to_the_end_of_its_review_month_and_stale_after() -> None:
    assert not is_stale(ROW, date(2027, 9, 30))
    assert not is_stale(ROW, date(2027, 10, 29))
    assert is_stale(ROW, date(2027, 10, 30))


def test_what_the_district_set_is_never_stale() -> None:
    assert not is_stale(replace(ROW, status="DISTRICT"), date(2040, 1, 1))


def test_only_values_in_effect_are_reported_oldest_reading_first() -> None:
    older = replace(ROW, path="b", verified_on=date(2024, 1, 1))
    past = replace(ROW, path="c", effective_to=date(2026, 1, 1))
    found = stale_parameters([ROW, older, past], date(2028, 1, 1))
    assert [item.subject for item in found] == ["parameters/b", "parameters/growth/hardware"]
    assert {item.code for item in found} == {"TL-RULE-010"}
    assert {item.severity for item in found} == {Severity.NOTE}
    assert found[0].arguments == {"path": "b", "verified_on": "2024-01-01", "months": 48, "review_months": 12}
