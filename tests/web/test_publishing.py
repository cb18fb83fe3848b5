"""The public page: made by two people from an allow-list, read without sign-in, cookie or write, gone the moment it is taken down."""

import json
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from throughline.app.plans import save_plan
from throughline.app.public_page import FIELDS, school_year
from throughline.app.records import KINDS
from throughline.app.set_value import set_values
from throughline.engine.plan.contracts import Contract
from throughline.engine.plan.fields import sensitivity
from throughline.engine.plan.plan import with_records
from throughline.web.access.scope import Actor, acting, within_district
from throughline.web.accounts.models import User
from throughline.web.audit.models import Entry
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.publishing import publish
from throughline.web.publishing.models import Snapshot
from throughline.web.teamwork import versions
from throughline.web.teamwork.models import PlanVersion

CONTRACT = Contract(
    "lms", "Canary Software of the annex", category="D2.2", annual_cents=12_000_000, renews=True, start=date(2026, 7, 1)
)


@pytest.fixture
def version(home: District, cast: dict[str, User]) -> Iterator[PlanVersion]:
    """An adopted version with some cost; the district's administrator acts."""
    admin = cast["district_admin"]
    with within_district(home.pk), acting(Actor(admin.email, admin.pk)):
        opened = store.open_district(home)
        opened = set_values(opened, ["budget=100000"], date(2026, 11, 22))
        save_plan(opened, with_records(opened.plan, "contracts", {"lms": CONTRACT}), "contract", date(2026, 11, 22))
        yield versions.adopt(home, "", date(2026, 6, 16))


def as_user(user: User) -> Any:
    return acting(Actor(user.email, user.pk))


@pytest.fixture
def public(home: District, version: PlanVersion, cast: dict[str, User]) -> Snapshot:
    made = publish.prepare(home, version, list(publish.USUAL), False)
    with as_user(cast["cabinet"]):
        publish.approve(made)
    return made


@pytest.fixture
def visitor() -> Client:
    return Client(SERVER_NAME="127.0.0.1")


def test_the_allow_list_names_only_fields_of_the_published_class() -> None:
    for noun, names in FIELDS.items():
        classes = sensitivity(KINDS[noun])
        assert {classes[name] for name in names} == {"C1"}, noun


def test_years_are_school_years() -> None:
    assert school_year("FY2030", 7) == "2029\N{EN DASH}30"
    assert school_year("FY2030", 1) == "2030"


def test_whoever_prepared_a_page_cannot_approve_it(home: District, version: PlanVersion, cast: dict[str, User]) -> None:
    made = publish.prepare(home, version, [], False)
    with pytest.raises(publish.PublishError, match="second person"):
        publish.approve(made)
    with as_user(cast["cabinet"]):
        publish.approve(made)
    made.refresh_from_db()
    assert made.state == "published"
    assert Entry.objects.filter(action="publish.approved").count() == 1


def test_the_page_needs_no_sign_in_sets_no_cookie_and_writes_nothing(public: Snapshot, visitor: Client) -> None:
    with CaptureQueriesContext(connection) as asked:
        answer = visitor.get("/p/home/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert not Session.objects.exists()
    assert all(query["sql"].lstrip().upper().startswith("SELECT") for query in asked.captured_queries)
    assert len(asked) <= 2
    assert answer.headers["Cache-Control"] == "public, no-cache"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    again = visitor.get("/p/home/", headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_page_holds_only_what_the_list_allows(public: Snapshot, visitor: Client) -> None:
    page = visitor.get("/p/home/").content.decode()
    figures = json.loads(visitor.get("/p/home/figures.json").content)
    assert "No one yet" in page
    assert "FY20" not in page + json.dumps(figures)
    assert "/explain/" not in page
    assert "Canary" not in page + json.dumps(figures)
    assert figures["cost"] == figures["funded"] + figures["gap"] == sum(payer["total"] for payer in figures["payers"])
    assert figures["cost"] == sum(item["cents"] for item in figures["buys"])


def test_offered_files_come_as_attachments_and_nothing_else_does(public: Snapshot, visitor: Client) -> None:
    (item,) = public.files
    answer = visitor.get(f"/p/home/{item['digest']}/{item['name']}")
    assert answer.content.startswith(b"%PDF")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert visitor.get(f"/p/home/{public.page}/page.html").status_code == 404
    assert visitor.get("/p/home/..%2f..%2fkeys/audit").status_code == 404


def test_taken_down_the_page_and_its_files_are_gone_at_once(public: Snapshot, visitor: Client) -> None:
    (item,) = public.files
    tag = visitor.get("/p/home/").headers["ETag"]
    publish.withdraw()
    absent = visitor.get("/p/nowhere/")
    for address in ("/p/home/", "/p/home/figures.json", f"/p/home/{item['digest']}/{item['name']}"):
        assert visitor.get(address, headers={"If-None-Match": tag}).status_code == 404
    assert visitor.get("/p/home/").status_code == absent.status_code == 404


def test_what_is_public_does_not_follow_the_working_copy(home: District, public: Snapshot, visitor: Client) -> None:
    before = visitor.get("/p/home/").content
    set_values(store.open_district(home), ["budget=999999"], date(2026, 11, 22))
    assert visitor.get("/p/home/").content == before


def test_a_stored_page_that_was_changed_is_not_shown(home: District, public: Snapshot, visitor: Client) -> None:
    (publish.public_folder(home) / f"{public.page}.html").write_text("<p>forged")
    assert visitor.get("/p/home/").status_code == 404


def test_a_version_whose_files_were_touched_is_not_published(home: District, version: PlanVersion) -> None:
    (versions.adopted_folder(home, version.folder) / "summary.json").write_text("{}")
    with pytest.raises(publish.PublishError, match="touched"):
        publish.prepare(home, version, [], False)


def test_only_the_roles_of_the_table_prepare_and_approve(
    version: PlanVersion, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    assert signed_in(cast["board"]).post("/d/home/documents/public/prepare/", {"version": 1}).status_code == 403
    assert signed_in(cast["tech_leader"]).post("/d/home/documents/public/prepare/", {"version": 1}).status_code == 302
    number = Snapshot.objects.get().pk
    assert (
        signed_in(cast["tech_leader"])
        .post(f"/d/home/documents/public/{number}/answer/", {"answer": "approve"})
        .status_code
        == 403
    )
    assert (
        signed_in(cast["cabinet"]).post(f"/d/home/documents/public/{number}/answer/", {"answer": "approve"}).status_code
        == 302
    )
    assert Snapshot.objects.get().state == "published"
