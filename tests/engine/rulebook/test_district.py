"""The district's own value holds, except where the strictest limit does."""

from dataclasses import replace

import pytest

from tests.engine.builders import result_of
from throughline.engine.plan.assumptions import Assumption
from throughline.engine.plan.district import District
from throughline.engine.plan.overlay import Override, Scenario
from throughline.engine.plan.plan import Plan

PLAN = Plan(District("d", "T"))


def cents(path: str, own: str, scenario: str = "") -> int:
    plan = replace(PLAN, assumptions=(Assumption("a", path, own, effective_from="2026-07-01"),))
    what_if = Scenario("x", (Override(f"rules/{path}", scenario),)) if scenario else Scenario()
    return result_of(plan, scenario=what_if).rules.cents(path)


@pytest.mark.parametrize(
    ("path", "own", "wanted"),
    [
        ("repair/mean-cost", "5000", 5000),
        ("repair/mean-cost", "9000", 9000),
        ("procurement/micro-purchase", "1000000", 1_000_000),
        ("procurement/micro-purchase", "9900000", 1_500_000),
    ],
)
def test_the_districts_value_holds_but_a_limit_is_the_strictest(path: str, own: str, wanted: int) -> None:
    assert cents(path, own) == wanted


def test_a_what_if_replaces_the_districts_value_whatever_its_date() -> None:
    assert cents("repair/mean-cost", "5000", "6000") == 6000
