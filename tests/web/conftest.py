"""What tests of the web application share: a cast of people, two districts, and the sample plan built once."""

from collections.abc import Callable
from typing import Any

import django
import pytest

django.setup()  # the tables below need it, and this file is read before the plugin would do it

from django.test import Client

from throughline.engine.plan.district import District as DistrictRecord
from throughline.web.access.scope import within_district
from throughline.web.accounts.models import ROLES, Membership, User
from throughline.web.districts.models import District
from throughline.web.planning.store import begin


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
