"""One choice of a site settles every place that differs from it only in numbers; a place with a choice of its own keeps it."""

from collections.abc import Callable

import pytest
from django.test import Client

from tests.importers.cases.case import as_csv
from tests.web.bringing import bring, look, read_here_too, shown_of, tell
from throughline.app.places_alike import alike
from throughline.app.set_value import set_values
from throughline.web.access.scope import within_district
from throughline.web.accounts.models import User
from throughline.web.districts.models import District
from throughline.web.intake.models import Delivery
from throughline.web.planning import store as plans
from throughline.web.planning.models import PlanHead

PLACES = ("Wing Rm 12", "wing rm 7", "Wing Rm 103", "Annex Rm 1", "Annex Rm 2", "Gym")


@pytest.fixture
def client(cast: dict[str, User], signed_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch) -> Client:
    monkeypatch.setattr("throughline.app.import_source.read", read_here_too)
    return signed_in(cast["tech_leader"])


def _bring(client: Client, home: District) -> Delivery:
    with within_district(home.pk):
        opened = plans.open_district(home)
        set_values(
            opened,
            ["sites/north/name=North School", "sites/south/name=South School"],
            plans.day_of(PlanHead.objects.get()),
        )
    rows = [["Serial Number", "Model", "School", "Purchase Date"]]
    rows += [[f"5CD{n}", "HP Chromebook 11 G8 EE", place, "2024-07-01"] for n, place in enumerate(PLACES)]
    return bring(client, home, ("devices.csv", as_csv(rows)))


def _choices(home: District, made: Delivery) -> dict[str, str]:
    with within_district(home.pk):
        return dict(Delivery.objects.get(pk=made.pk).choices)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Lincoln Rm 12", "LINCOLN  rm 7", True),
        ("Lincoln Rm 12", "Lincoln Lab 12", False),
        ("Cart 1 of 9", "Cart 22 of 30", True),
        ("Gym", "Gym 2", False),
    ],
)
def test_places_are_alike_but_for_numbers(one: str, other: str, same: bool) -> None:
    assert (alike(one) == alike(other)) is same


def test_the_page_offers_it_where_there_are_others(client: Client, home: District) -> None:
    page = " ".join(look(client, _bring(client, home)).split())
    assert page.count("The same for 2 more that differ only in numbers") == 3
    assert page.count("The same for 1 more that differs only in numbers") == 2
    assert "like:place:Gym" not in page


def test_one_choice_settles_all_like_it_but_those_with_one_of_their_own(client: Client, home: District) -> None:
    made = _bring(client, home)
    told = {f"place:{place}": "" for place in PLACES}
    told |= {"place:Wing Rm 12": "north", "like:place:Wing Rm 12": "1", "place:Wing Rm 103": "south"}
    tell(client, made, told)
    assert _choices(home, made) == {
        "place:Wing Rm 12": "north",
        "place:wing rm 7": "north",
        "place:Wing Rm 103": "south",
    }
    (shown,) = shown_of(home, made)
    assert sorted(place for place, _ in shown["places"]) == ["Annex Rm 1", "Annex Rm 2", "Gym"]


def test_without_the_tick_one_choice_settles_one_place(client: Client, home: District) -> None:
    made = _bring(client, home)
    tell(client, made, {f"place:{place}": "" for place in PLACES} | {"place:Annex Rm 1": "north"})
    assert _choices(home, made) == {"place:Annex Rm 1": "north"}


def test_a_tick_without_a_choice_settles_nothing(client: Client, home: District) -> None:
    made = _bring(client, home)
    tell(
        client, made, {f"place:{place}": "" for place in PLACES} | {"like:place:Gym": "1", "like:place:Annex Rm 1": "1"}
    )
    assert _choices(home, made) == {}
