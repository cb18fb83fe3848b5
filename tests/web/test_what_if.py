"""What if in the browser: answers beside the plan, nothing written until kept, scenarios compared and discarded."""

from collections.abc import Callable
from decimal import Decimal

from django.test import Client

from tests.web.figures_of import fill
from throughline.app.what_if.fast import Slider
from throughline.web.access.scope import within_district
from throughline.web.accounts.models import User
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead
from throughline.web.planning.reading import read
from throughline.web.planning.results import result_of
from throughline.web.shell.templatetags.words import money

GROWTH = {"inflation": "5"}


def test_an_answer_is_the_run_with_the_moved_levers_and_writes_nothing(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    reading = fill(home)
    found = Slider(reading.result).answer({"inflation": Decimal(5)})
    told = signed_in(cast["board"]).get("/d/home/refresh/what-if/answer/", GROWTH).json()
    costs = {bar["year"]: bar["cents"] for bar in told["cost_bars"] if bar["series"] == "what-if"}
    assert tuple(costs.values()) == found.figures.cost
    assert sum(bar["cents"] for bar in told["cost_bars"] if bar["series"] == "plan") == found.plan.total
    assert found.cost_difference > 0
    assert f"+{money(found.cost_difference)}" in [key["value"] for key in told["keys"]]
    assert told["moved"] == ["inflation"]
    with within_district(home.pk):
        assert read(home).result.digest == reading.result.digest


def test_a_lever_at_its_value_in_force_is_not_moved(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    fill(home)
    told = signed_in(cast["board"]).get("/d/home/refresh/what-if/answer/", {"inflation": "0", "x": "1"}).json()
    assert told["moved"] == []
    assert told["sentence"] == "Nothing changes in the years of the plan."


def test_a_value_out_of_range_is_said_and_changes_nothing(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    fill(home)
    browser = signed_in(cast["board"])
    for value in ("999", "-999", "abc", "NaN", "1e400", "Infinity"):
        answer = browser.get("/d/home/refresh/what-if/answer/", {"inflation": value})
        assert answer.status_code == 400
        assert "Inflation" in answer.json()["detail"]
        assert browser.get("/d/home/refresh/what-if/", {"inflation": value}).status_code == 200
        assert browser.get("/d/home/refresh/", {"inflation": value}).status_code == 200


def test_without_a_script_the_address_shows_the_same_answer(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    fill(home)
    browser = signed_in(cast["board"])
    told = browser.get("/d/home/refresh/what-if/answer/", GROWTH).json()
    for room in ("refresh/", "refresh/what-if/"):
        text = browser.get(f"/d/home/{room}", GROWTH).content.decode()
        assert told["sentence"] in text
        assert "Changed. Plan: 0 points" in text


def test_a_what_if_is_kept_compared_and_discarded(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    reading = fill(home)
    browser = signed_in(cast["cabinet"])
    with within_district(home.pk):
        before = PlanHead.objects.get().number
    kept = browser.post("/d/home/refresh/what-if/keep/", {**GROWTH, "name": "Dearer"}, follow=True).content.decode()
    assert "Dearer is kept. The plan itself is unchanged." in kept
    with within_district(home.pk):
        assert PlanHead.objects.get().number == before + 1
        opened = store.open_district(home)
        assert [item.name for item in opened.plan.scenarios] == ["Dearer"]
        plan = result_of(opened, reading.day)
        assert plan.ledger.total() == reading.result.ledger.total()
    more = Slider(reading.result).answer({"inflation": Decimal(5)})
    assert money(more.figures.total) in kept
    assert money(more.cost_difference) in kept
    gone = browser.post("/d/home/refresh/scenarios/discard/", {"scenario": "dearer"}, follow=True).content.decode()
    assert "No scenario is kept yet" in gone


def test_nothing_is_kept_without_a_name_or_a_moved_lever(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    fill(home)
    browser = signed_in(cast["tech_leader"])
    for form in ({**GROWTH, "name": " "}, {"name": "Same"}):
        assert "Not kept: " in browser.post("/d/home/refresh/what-if/keep/", form, follow=True).content.decode()
    assert "No scenario is kept yet" in browser.get("/d/home/refresh/scenarios/").content.decode()


def test_who_only_reads_may_try_but_not_keep(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    fill(home)
    browser = signed_in(cast["board"])
    assert "Keep as scenario" not in browser.get("/d/home/refresh/what-if/").content.decode()
    assert browser.post("/d/home/refresh/what-if/keep/", {**GROWTH, "name": "x"}).status_code == 403
    assert browser.post("/d/home/refresh/scenarios/discard/", {"scenario": "x"}).status_code == 403


def test_an_empty_plan_has_levers_and_no_picture(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    answer = signed_in(cast["board"]).get("/d/home/refresh/what-if/")
    assert answer.status_code == 200
    assert b"data-tl-chart" not in answer.content
