"""The page of schools compares student groups, names those it withholds, and teaches where no group was counted."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from tests.web.figures_of import fill
from throughline.app.set_value import set_values
from throughline.web.access.scope import within_district
from throughline.web.accounts.models import User
from throughline.web.districts.models import District
from throughline.web.planning import store

DAY = date(2026, 11, 22)
PLACES = (
    "sites/elm/name=Elm School",
    "sites/oak/name=Oak High School",
    "place:/Elementary=elm",
    "place:/High School=oak",
)


@pytest.fixture
def placed(home: District) -> District:
    """The small sample with its devices at two schools."""
    fill(home)
    change(home, *PLACES)
    return home


def change(home: District, *values: str) -> None:
    with within_district(home.pk):
        set_values(store.open_district(home), list(values), DAY)


def counted(site: str, group: str, pupils: int) -> tuple[str, ...]:
    name = f"group_counts/2026-{site}-{group}"
    return f"{name}/fall_year=2026", f"{name}/site={site}", f"{name}/group={group}", f"{name}/pupils={pupils}"


def test_groups_stand_beside_all_others_and_small_ones_are_named_as_withheld(
    placed: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    browser = signed_in(cast["board"])
    before = browser.get("/d/home/costs/schools/").content.decode()
    assert "Bring counts of student groups" in before
    change(
        placed,
        *counted("elm", "all", 250),
        *counted("oak", "all", 80),
        *counted("elm", "english-learners", 30),
        *counted("oak", "english-learners", 40),
        *counted("elm", "homeless", 4),
        *counted("oak", "homeless", 0),
    )
    page = browser.get("/d/home/costs/schools/").content.decode()
    assert "Bring counts of student groups" not in page
    assert "English learners" in page
    assert "equity_by_group%7Cenglish-learners%7Cratio" in page
    assert "Withheld, because counts below 10 could be told from them: Homeless." in " ".join(page.split())
    assert "equity_by_group%7Chomeless" not in page


def test_the_records_page_has_a_form_for_them(
    placed: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    change(placed, *counted("elm", "english-learners", 120))
    found = signed_in(cast["business_office"]).get("/d/home/records/group_counts/")
    assert found.status_code == 200
    assert "english-learners" in found.content.decode()


@pytest.mark.parametrize("role", ["board", "auditor"])
def test_who_does_not_keep_records_sees_no_count_of_a_group(
    placed: District, cast: dict[str, User], signed_in: Callable[[User], Client], role: str
) -> None:
    change(placed, *counted("elm", "homeless", 4))
    browser = signed_in(cast[role])
    for path in ("records/group_counts/", "records/group_counts/edit/2026-elm-homeless/"):
        assert browser.get(f"/d/home/{path}").status_code == 404
    assert "group_counts" not in browser.get("/d/home/records/").content.decode()
    assert browser.get("/d/home/records/enrollment/").status_code == 200
