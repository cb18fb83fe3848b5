"""The log as auditors see it: filtered, exported without active cells, its chain checked; refusals stand in it."""

import ast
import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

import throughline.web
from throughline.web.access.scope import Actor, acting, within_district
from throughline.web.accounts.models import User
from throughline.web.audit.log import append
from throughline.web.audit.models import Entry
from throughline.web.districts.models import District
from throughline.web.rooms.audit.words import ACTIONS


@pytest.fixture
def auditor(home: District, cast: dict[str, User], signed_in: Callable[[User], Client]) -> Client:
    with within_district(home.pk):
        with acting(Actor("=HYPERLINK(1)@x.example", 7)):
            append("thing.done", "thing/1", words="=1+1")
        with acting(Actor("sam@home.example", 8)):
            append("other.done", "thing/2")
    return signed_in(cast["auditor"])


def test_auditors_and_administrators_read_the_log_and_others_do_not(
    auditor: Client, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    assert auditor.get("/d/home/audit/").status_code == 200
    assert signed_in(cast["district_admin"]).get("/d/home/audit/").status_code == 200
    assert signed_in(cast["tech_leader"]).get("/d/home/audit/").status_code == 403


def test_the_log_is_filtered_by_action_person_and_day(auditor: Client) -> None:
    page = auditor.get("/d/home/audit/?action=other.done").content.decode()
    assert "thing/2" in page
    assert "thing/1" not in page
    assert "thing/1" not in auditor.get("/d/home/audit/?actor=SAM").content.decode()
    assert "No entry fits" in auditor.get("/d/home/audit/?to=2020-01-01").content.decode()
    assert auditor.get("/d/home/audit/?from=nonsense&to=9999-12-31&before=x").status_code == 200


def test_no_cell_of_the_export_can_become_a_formula_and_the_export_is_logged(auditor: Client, home: District) -> None:
    answer = auditor.get("/d/home/audit/export.csv")
    text = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]  # a streaming response
    rows = list(csv.reader(io.StringIO(text)))
    assert any("HYPERLINK" in cell for row in rows for cell in row)
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert Entry.objects.filter(chain_id=home.pk, action="log.exported").count() == 1


def test_the_page_says_whether_the_chain_is_whole(auditor: Client) -> None:
    assert "none is missing" in auditor.get("/d/home/audit/?check=1").content.decode()


def test_another_districts_entries_are_never_shown(auditor: Client, away: District) -> None:
    with within_district(away.pk):
        append("thing.done", "thing/foreign")
    assert "thing/foreign" not in auditor.get("/d/home/audit/").content.decode()


def test_a_refusal_is_an_entry_of_the_district(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    signed_in(cast["board"]).post("/d/home/documents/versions/adopt/", {})
    entry = Entry.objects.get(chain_id=home.pk, action="request.refused")
    assert (entry.facts["route"], entry.facts["role"], entry.user_number) == (
        "documents:adopt",
        "board",
        cast["board"].pk,
    )


def test_facts_are_told_in_words_and_empty_ones_are_left_out(
    auditor: Client, home: District, cast: dict[str, User]
) -> None:
    with within_district(home.pk):
        asked = cast["board"].pk
        append("task.opened", "task/5", kind="review", assignee=asked, role="", due_on="2027-06-30")
        append("task.opened", "task/6", kind="task", assignee=None, role="business_office", due_on=None)
        append("files.received", "delivery/3", files=1, bytes=2048)
    page = auditor.get("/d/home/audit/").content.decode()
    assert "None" not in page
    assert f"a review, for {cast['board']}, due Jun 30, 2027" in page
    assert "a task, Business office" in page
    assert "1 file, 2,048 bytes" in page
    assert "Files received" in page
    assert "delivery 3" in page


def test_every_action_that_the_product_writes_has_words() -> None:
    web = Path(throughline.web.__file__).parent
    written = {
        call.args[0].value
        for path in web.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "append"
        and isinstance(call.args[0], ast.Constant)
    }
    assert len(written) > 30
    assert written - set(ACTIONS) == set()
