"""The page against the budget: the year it opens with, and an adopted plan for the year under way."""

from datetime import date
from pathlib import Path

from tests.app.folders import DAY, bring, fresh
from throughline.app.plans import open_plan
from throughline.app.rooms.against import against
from throughline.app.rooms.base import room_of
from throughline.app.run_plan import run_plan
from throughline.app.set_value import set_values

EXPORT = """Fiscal Year,Fund,Function,Object,Account Description,Adopted Budget,Expended
FY2027,11,2580,530,Computer network,150,30
FY2028,11,2580,530,Computer network,160,
"""
TOLD = ("contracts/net/name=Net", "contracts/net/category=D3.1", "contracts/net/annual_cents=$90")


def test_an_adopted_plan_speaks_for_the_year_under_way_and_links_only_what_can_be_opened(tmp_path: Path) -> None:
    root, then = tmp_path / "plan", date(2026, 3, 1)
    fresh(root)
    adopted = run_plan(set_values(open_plan(root), [*TOLD, "contracts/net/escalator=0"], then), then).planning
    (tmp_path / "budget.csv").write_text(EXPORT, encoding="utf-8")
    opened = bring(open_plan(root), tmp_path / "budget.csv").opened
    room = room_of(opened, run_plan(opened, DAY))

    first = against(room)
    assert first is not None
    assert (first.years, first.year.label, first.year.covered) == (("FY2027", "FY2028"), "FY2028", True)

    bare = against(room, "FY2027")
    assert bare is not None
    assert (bare.year.covered, "plan" in bare.year.amounts) == (False, False)

    page = against(room, "FY2027", adopted)
    assert page is not None
    assert (page.year.covered, page.year.adopted, page.year.over) == (True, True, False)
    assert {key: money.cents for key, money in page.year.amounts.items()} == {
        "plan": 90_00, "budget": 150_00, "difference": -60_00, "actual": 30_00, "left": 120_00,
    }  # fmt: skip
    assert {key for key, money in page.year.amounts.items() if money.explain} == {"budget", "actual", "left"}


def test_a_year_that_is_not_stated_opens_the_usual_one(tmp_path: Path) -> None:
    root = tmp_path / "plan"
    fresh(root)
    (tmp_path / "budget.csv").write_text(EXPORT, encoding="utf-8")
    opened = bring(open_plan(root), tmp_path / "budget.csv").opened
    page = against(room_of(opened, run_plan(opened, DAY)), "FY1999")
    assert page is not None
    assert page.year.label == "FY2028"
