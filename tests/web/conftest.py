"""What tests of the web application share: a cast of people, two districts, and the sample plan built once."""

from collections.abc import Callable, Iterator
from typing import Any

import django
import pytest

django.setup()  # the tables below need it, and this file is read before the plugin would do it

from django.db import connection
from django.test import Client

from throughline.engine.plan.district import District as DistrictRecord
from throughline.web.access.scope import within_district
from throughline.web.accounts.models import ROLES, Membership, User
from throughline.web.audit import guard
from throughline.web.districts.models import District
from throughline.web.planning.store import begin


@pytest.fixture(autouse=True, scope="session")
def tables_can_be_emptied() -> Iterator[None]:
    """Tests that commit empty the tables afterwards; the database refuses that for the log as long as its triggers stand."""
    kind = type(connection.ops)
    empty = kind.execute_sql_flush

    def without_guard(self: Any, statements: list[str]) -> None:
        guard.remove(self.connection)
        empty(self, statements)
        guard.install(self.connection)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kind, "execute_sql_flush", without_guard)
        yield


@pytest.fixture
def make_district(db: None) -> Callable[[str], District]:
    def make(slug: str) -> District:
        district = District.objects.create(slug=slug, name=slug.title())
        with within_district(district.pk):
            begin(district, DistrictRecord(slug, slug.title(), "NJ", 7))
        return district

    return make


@pytest.fixture
def home(make_district: Callable[[str], District]) -> District:
    return make_district("home")


@pytest.fixture
def away(make_district: Callable[[str], District]) -> District:
    return make_district("away")


@pytest.fixture
def cast(home: District) -> dict[str, User]:
    """An account for each role of the home district, a stranger, and one who was deactivated."""
    people = {}
    for role, _ in ROLES:
        people[role] = User.objects.create_user(f"{role}@home.example", None, name=role)
        Membership.objects.create(user=people[role], district=home, role=role)
    people["stranger"] = User.objects.create_user("stranger@else.example", None)
    return people


@pytest.fixture
def signed_in(settings: Any) -> Callable[[User], Client]:
    """A browser signed in as someone, past the second factor."""

    def enter(user: User) -> Client:
        client = Client(SERVER_NAME="127.0.0.1")
        client.force_login(user)
        session = client.session
        session["has second factor"] = True
        session.save()
        return client

    return enter
