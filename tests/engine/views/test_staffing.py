"""People who support devices: by weighted devices and sites, and by hours of work (domain 4.2)."""

from dataclasses import replace
from decimal import Decimal

import pytest

from tests.engine.builders import AS_OF, BOOK
from throughline.engine.ledger.trace import evaluate
from throughline.engine.plan.assumptions import Assumption
from throughline.engine.plan.district import District
from throughline.engine.plan.enrollment import StaffCount
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.sites import Site
from throughline.engine.rulebook.district import district_rows
from throughline.engine.views.staffing import published_ranges, staffing_view
from throughline.engine.views.worked import Worked

PLAN = Plan(
    District("x", "X"),
    sites=(Site("a", "A"), Site("b", "B")),
    staffing=(
        StaffCount("s1", "a", "technician", Decimal(2)),
        StaffCount("s2", "a", "field support", Decimal("0.5"), category="D4.1"),
        StaffCount("s3", "a", "teacher", Decimal(40)),
    ),
)
DEVICES = {"chromebook": 2000, "laptop": 500, "server": 10}


def view(
    plan: Plan = PLAN, devices: dict[str, int] = DEVICES, setups: dict[str, int] | None = None, **rules: str
) -> Worked | None:
    told = tuple(Assumption(k, k.replace("__", "/").replace("_", "-"), v) for k, v in sorted(rules.items()))
    book = district_rows(BOOK, replace(plan, assumptions=told), {}, AS_OF).at(AS_OF)
    return staffing_view(plan, book, devices, setups or {}, 2500)


def value(made: Worked | None, key: str) -> Decimal:
    assert made is not None
    return evaluate(made.traces[f"{key}|value"])


def test_devices_weigh_by_kind_and_count_for_each_technician() -> None:
    made = view()
    assert value(made, "weighted") == 2000 * Decimal("0.5") + 500 + 10 * 3
    assert value(made, "people") == Decimal("2.5")
    assert value(made, "each") == Decimal(2510) / Decimal("2.5")
    assert value(made, "each_weighted") == Decimal(1530) / Decimal("2.5")


def test_need_by_devices_adds_a_share_for_each_site_beyond_the_first() -> None:
    assert value(view(), "by_devices") == Decimal(1530) / 800 + Decimal("0.15")


@pytest.mark.parametrize(("tickets", "hours"), [("4000", 3000), ("0", 150)])
def test_need_by_hours_takes_entered_tickets_else_the_expected_repairs(tickets: str, hours: int) -> None:
    made = view(setups={"chromebook": 400}, staffing__tickets_per_year=tickets)
    assert value(made, "by_hours") == (hours + Decimal(400) * 15 / 60) / 1600  # 2500 x 8 % x 0.75 h = 150 h
    assert made is not None
    assert any("not entered" in note for note in made.table.notes) is (tickets == "0")


def test_without_technicians_the_load_is_not_known_and_not_zero() -> None:
    made = view(replace(PLAN, staffing=()))
    assert made is not None
    assert "each|value" not in made.traces
    assert dict(zip((r.key for r in made.table.rows), made.table.column("value"), strict=True))["each"] == "not known"


@pytest.mark.parametrize(
    ("rule", "key"), [("labor__devices_per_fte__adequate", "by_devices"), ("labor__productive_hours", "by_hours")]
)
def test_a_rule_of_nothing_leaves_the_need_open(rule: str, key: str) -> None:
    made = view(**{rule: "0"})
    assert made is not None
    assert f"{key}|value" not in made.traces


def test_without_devices_there_is_nothing_to_say() -> None:
    assert view(devices={}) is None


def test_published_figures_stay_ranges() -> None:
    rows = published_ranges(BOOK.at(AS_OF)).rows
    assert [row.values[1:3] for row in rows] == [(75, 250), (100, 200), (500, 1000), (1100, 1900)]
