"""Rooms of figures: each role that may read sees the run's own amounts, few queries, and an empty plan teaches."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape

from tests.web.figures_of import ROOMS, fill
from throughline.app.summary import summarize
from throughline.web.access.policy import policy
from throughline.web.accounts.models import ROLES, User
from throughline.web.districts.models import District
from throughline.web.shell.templatetags.words import money

READERS = [role for role, _ in ROLES if policy().may(role, "plan.read")]
OTHERS = [role for role, _ in ROLES if not policy().may(role, "plan.read")]
DASHBOARD = 25


def test_every_room_opens_for_every_role_that_may_read_the_plan(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    assert READERS
    assert OTHERS
    fill(home)
    for role in READERS:
        browser = signed_in(cast[role])
        assert [browser.get(f"/d/home/{room}").status_code for room in (*ROOMS, "history/", "explain/?total")] == [
            200
        ] * 7
    for role in OTHERS:
        assert {signed_in(cast[role]).get(f"/d/home/{room}").status_code for room in ROOMS} == {403}
    assert {signed_in(cast["stranger"]).get(f"/d/home/{room}").status_code for room in ROOMS} == {404}


def test_pages_show_the_amounts_of_the_run(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    summary = summarize(fill(home).result)
    browser = signed_in(cast["board"])
    page = {room: browser.get(f"/d/home/{room}").content.decode() for room in ROOMS}
    whole = money(summary["planning"]["cents"])
    assert summary["planning"]["cents"] > 0
    assert summary["planning"]["unfunded_cents"] == 0
    for room in ("", "costs/", "goals/"):
        assert whole in page[room], room
    assert "100% of the cost has a fund" in page[""]
    for fund in summary["by_fund"].values():
        assert fund["name"] in page["funds/"]
        assert money(fund["cents"]) in page[""]
    for year in summary["planning"]["fiscal_years"]:
        assert money(summary["totals"]["by_year"][year]) in page["costs/"]


def test_a_room_asks_the_database_little(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    fill(home)
    browser = signed_in(cast["tech_leader"])
    browser.get("/d/home/")
    for room in (*ROOMS, "history/", "explain/?total"):
        with CaptureQueriesContext(connection) as asked:
            browser.get(f"/d/home/{room}")
        assert len(asked) <= DASHBOARD, room


@pytest.mark.parametrize("room", ROOMS)
def test_an_empty_plan_says_what_to_do_first(
    room: str, home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    answer = signed_in(cast["tech_leader"]).get(f"/d/home/{room}")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "tl-begin" in text or "tl-empty" in text
    assert "/d/home/inventory/" in text or "/d/home/records/" in text
    assert "None" not in text
    assert "data-tl-chart" not in text


def test_pages_carry_no_inline_code_or_style(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    fill(home)
    browser = signed_in(cast["tech_leader"])
    for room in (*ROOMS, "history/", "explain/?total"):
        text = browser.get(f"/d/home/{room}").content.decode()
        assert ' style="' not in text, room
        assert " onclick=" not in text, room
        scripts = text.count("<script") - text.count('type="application/json"')
        assert scripts == text.count("<script src="), room


def test_remedies_on_the_page_name_no_command(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    fill(home)
    text = signed_in(cast["tech_leader"]).get("/d/home/").content.decode()
    assert "What needs a decision" in text
    assert "throughline set" not in text
    assert "--dry-run" not in text


def test_the_last_step_can_be_taken_back_from_the_history(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    fill(home)
    browser = signed_in(cast["tech_leader"])
    assert "Undo: " in browser.get("/d/home/history/").content.decode()
    answer = browser.post("/d/home/undo/", follow=True)
    assert "Undone: " in answer.content.decode()
    assert "Undone by step" in answer.content.decode()
    assert "Undo: " not in signed_in(cast["board"]).get("/d/home/history/").content.decode()


def test_a_finding_becomes_a_task_with_one_click(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    fill(home)
    browser = signed_in(cast["business_office"])
    page = browser.get("/d/home/")
    first = page.context["first"][0]
    asked = browser.get(f"/d/home/tasks/new/?{first.task}")
    assert f"/d/home/tasks/new/?{escape(first.task)}" in page.content.decode()
    assert asked.context["about"]["finding"] == first.finding.code
    assert asked.context["about"]["subject"] == first.title
    assert asked.context["form"].initial["title"]
    assert first.title in asked.context["form"].initial["words"]
    assert "Make a task of it" not in signed_in(cast["board"]).get("/d/home/").content.decode()
