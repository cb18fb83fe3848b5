"""Tasks: asked of a person or a role, answered by somebody else, due at the end of the day; comments keep their authors' wishes."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from throughline.web.access.encrypted import keyed_hash
from throughline.web.access.scope import Actor, acting, within_district
from throughline.web.accounts.models import User
from throughline.web.audit.models import Entry
from throughline.web.districts.models import District
from throughline.web.teamwork import tasks
from throughline.web.teamwork.models import Comment, MailMessage, Task
from throughline.web.teamwork.words import overdue, waiting_for
from throughline.web.teamwork.zones import end_of_day, zone_of

Enter = Callable[[User], Client]


@pytest.fixture
def inside(home: District, cast: dict[str, User]) -> Iterator[dict[str, User]]:
    admin = cast["district_admin"]
    with within_district(home.pk), acting(Actor(admin.email, admin.pk)):
        yield cast


def as_user(user: User) -> Any:
    return acting(Actor(user.email, user.pk))


def test_a_task_reaches_the_person_or_everyone_of_the_role(inside: dict[str, User]) -> None:
    tasks.create("For one", assignee=inside["tech_leader"])
    tasks.create("For all", role="cabinet")
    assert waiting_for(inside["tech_leader"].pk, "tech_leader") == 1
    assert waiting_for(inside["cabinet"].pk, "cabinet") == 1
    assert waiting_for(inside["board"].pk, "board") == 0


def test_the_badge_costs_one_query(inside: dict[str, User], django_assert_num_queries: Any) -> None:
    tasks.create("For all", role="cabinet")
    with django_assert_num_queries(1):
        waiting_for(inside["cabinet"].pk, "cabinet")


def test_whoever_is_asked_gets_a_mail_that_does_not_say_what_it_is_about(inside: dict[str, User]) -> None:
    made = tasks.create("The firewall of the annex is open", assignee=inside["tech_leader"])
    (mail,) = MailMessage.objects.all()
    assert mail.to == inside["tech_leader"].email
    assert f"/tasks/{made.pk}/" in mail.body
    assert "firewall" not in mail.body + mail.subject


def test_a_stranger_is_not_asked(inside: dict[str, User]) -> None:
    with pytest.raises(tasks.TaskError, match="no role in this district"):
        tasks.create("Look", assignee=inside["stranger"])
    with pytest.raises(tasks.TaskError, match="person or a role"):
        tasks.create("Look")


@pytest.mark.parametrize(
    ("state", "on", "ends"),
    [
        ("NJ", date(2026, 11, 22), datetime(2026, 11, 23, 5, tzinfo=UTC)),
        ("CA", date(2026, 7, 1), datetime(2026, 7, 2, 7, tzinfo=UTC)),
        ("NJ", date(2026, 11, 1), datetime(2026, 11, 2, 5, tzinfo=UTC)),  # the day summer time ends has 25 hours
        ("", date(2026, 7, 1), datetime(2026, 7, 2, tzinfo=UTC)),
    ],
)
def test_a_day_ends_where_the_district_lies(state: str, on: date, ends: datetime) -> None:
    assert end_of_day(on, zone_of(state)) == ends


def test_only_what_is_not_done_is_overdue(inside: dict[str, User]) -> None:
    made = tasks.create("Look", role="cabinet", due_on=date(2020, 1, 1), state="NJ")
    assert overdue(made)
    tasks.move(made, "done")
    assert not overdue(made)


def test_a_review_is_answered_by_somebody_else_and_once(inside: dict[str, User]) -> None:
    made = tasks.create("Review the packet", "review", role="cabinet")
    with pytest.raises(tasks.TaskError, match="Somebody else"):
        tasks.answer(made, "approved")
    with as_user(inside["cabinet"]):
        tasks.answer(made, "returned")
        assert (made.state, made.verdict) == ("done", "returned")
        with pytest.raises(tasks.TaskError, match="already"):
            tasks.answer(made, "approved")


def test_every_step_stands_in_the_log_without_a_word_of_the_texts(inside: dict[str, User]) -> None:
    made = tasks.create("Secret title", words="Secret words", role="cabinet")
    tasks.move(made, "in_progress")
    tasks.assign(made, inside["tech_leader"], "")
    tasks.comment(made, "Secret comment")
    found = tasks.history(made)
    assert [entry.action for entry in found] == ["task.opened", "task.moved", "task.assigned", "task.commented"]
    assert not any("ecret" in f"{entry.subject}{entry.facts}" for entry in found)


def test_a_confidential_comment_is_encrypted_and_the_log_keeps_its_keyed_hash(inside: dict[str, User]) -> None:
    made = tasks.create("Look", role="cabinet")
    said = tasks.comment(made, "The sign-in is weak", confidential=True)
    assert Comment.objects.get(pk=said.pk).secret_words == "The sign-in is weak"
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, secret_words FROM teamwork_comment")
        assert "weak" not in str(cursor.fetchall())
    entry = Entry.objects.get(action="task.commented")
    assert entry.facts["hash"] == keyed_hash("The sign-in is weak", tasks.PLACE)


def test_readers_see_neither_the_author_of_an_anonymous_comment_nor_confidential_words(
    home: District, inside: dict[str, User], signed_in: Enter
) -> None:
    made = tasks.create("Look", role="cabinet")
    with as_user(inside["staff"]):
        tasks.comment(made, "Not with my name", anonymous=True)
    tasks.comment(made, "The sign-in is weak", confidential=True)
    page = signed_in(inside["cabinet"]).get(f"/d/home/tasks/{made.pk}/").content.decode()
    assert "Not with my name" in page
    assert inside["staff"].email not in page
    assert "The sign-in is weak" not in page
    page = signed_in(inside["district_admin"]).get(f"/d/home/tasks/{made.pk}/").content.decode()
    assert inside["staff"].email in page
    assert "The sign-in is weak" in page
    assert Entry.objects.filter(chain_id=home.pk, action="confidential.viewed").count() == 1


def test_staff_see_only_what_they_were_asked_or_asked_for(inside: dict[str, User], signed_in: Enter) -> None:
    other = tasks.create("For the cabinet", role="cabinet")
    own = tasks.create("For staff", role="staff")
    browser = signed_in(inside["staff"])
    assert browser.get(f"/d/home/tasks/{other.pk}/").status_code == 404
    assert browser.post(f"/d/home/tasks/{other.pk}/move/", {"state": "done"}).status_code == 404
    assert browser.get(f"/d/home/tasks/{own.pk}/").status_code == 200
    assert "For the cabinet" not in browser.get("/d/home/tasks/?show=all").content.decode()


def test_a_finding_becomes_a_task_that_leads_back_to_its_page(inside: dict[str, User], signed_in: Enter) -> None:
    browser = signed_in(inside["business_office"])
    told = {
        "finding": "TL-FUND-012", "subject": "State grant", "route": "funds:home", "title": "Ask the state",
        "kind": "task", "who": "role:tech_leader", "due_on": "2030-01-31",
    }  # fmt: skip
    answer = browser.post("/d/home/tasks/new/", told)
    made = Task.objects.get()
    assert answer.headers["Location"] == f"/d/home/tasks/{made.pk}/"
    page = browser.get(answer.headers["Location"]).content.decode()
    assert 'href="/d/home/funds/"' in page
    assert "TL-FUND-012" in page


def test_an_address_that_does_not_exist_is_no_link(inside: dict[str, User], signed_in: Enter) -> None:
    made = tasks.create("Look", role="cabinet", route="start", subject="//evil.example")
    page = signed_in(inside["cabinet"]).get(f"/d/home/tasks/{made.pk}/").content.decode()
    assert 'href="//evil' not in page
