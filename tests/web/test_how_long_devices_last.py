"""How long devices last, in the browser: what lists say, trying another life without a trace, and setting one that undo takes back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from tests.app.test_local_experience import CLASS, _inventory, _left
from throughline.app.import_source import import_files
from throughline.app.set_value import set_values
from throughline.web.access.scope import within_district
from throughline.web.accounts.models import User
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead

PAGE = "/d/home/refresh/lives/"
Enter = Callable[[User], Client]


@pytest.fixture
def filled(home: District, tmp_path: Path) -> District:
    with within_district(home.pk):
        day = store.day_of(PlanHead.objects.get())
        import_files(store.open_district(home), [_inventory(tmp_path), _left(tmp_path)], day)
        stated = (f"standards/one/asset_class={CLASS}", "standards/one/life_years=6")
        set_values(store.open_district(home), stated, day)
    return home


def _standard(home: District) -> int | None:
    with within_district(home.pk):
        return store.open_district(home).plan.standards[0].life_years


def _text(page: bytes) -> str:
    return " ".join(page.decode().split())


def test_the_page_says_what_lists_say_beside_what_is_planned(
    filled: District, cast: dict[str, User], signed_in: Enter
) -> None:
    del filled
    page = _text(signed_in(cast["board"]).get(PAGE).content)
    assert "50 percent left within <strong>4.2 years</strong>" in page
    assert "Planned: 6 years." in page
    assert "62 left, 0 more were lost or stolen, 40 are in service; August 2024 to June 2026, from left.csv." in page
    assert "Suggested: 4 years." in page
    assert 'method="post" action="/d/home/refresh' not in page, "a reader sets nothing"


def test_another_life_is_tried_at_an_address_and_changes_nothing(
    filled: District, cast: dict[str, User], signed_in: Enter
) -> None:
    browser = signed_in(cast["tech_leader"])
    went = browser.post(f"{PAGE}set/", {"class": CLASS, "years": "5", "do": "look"})
    assert went["Location"] == f"{PAGE}?class={CLASS}&years=5"
    assert "Tried: 5 years." in _text(browser.get(went["Location"]).content)
    for years in ("0", "51", "x", "-1"):
        assert "Write whole years" in browser.get(PAGE, {"class": CLASS, "years": years}).content.decode()
    assert _standard(filled) == 6


def test_a_life_is_set_and_undo_brings_the_stated_one_back(
    filled: District, cast: dict[str, User], signed_in: Enter
) -> None:
    browser = signed_in(cast["tech_leader"])
    browser.post(f"{PAGE}set/", {"class": CLASS, "years": "4"})
    page = _text(browser.get(PAGE).content)
    assert "Planned: 4 years." in page
    assert "your own value" in page
    assert _standard(filled) is None
    with within_district(filled.pk):
        (own,) = [item for item in store.open_district(filled).plan.assumptions if item.path == f"life/{CLASS}"]
        assert own.reason.startswith("left.csv: 62 left and 40 in service")
        store.undo(filled)
    assert _standard(filled) == 6


def test_who_may_not_edit_sets_nothing(filled: District, cast: dict[str, User], signed_in: Enter) -> None:
    assert signed_in(cast["board"]).post(f"{PAGE}set/", {"class": CLASS, "years": "4"}).status_code in (403, 404)
    assert _standard(filled) == 6


def test_a_mistake_is_said(filled: District, cast: dict[str, User], signed_in: Enter) -> None:
    browser = signed_in(cast["tech_leader"])
    for name, years in ((CLASS, "soon"), ("abacus", "4")):
        browser.post(f"{PAGE}set/", {"class": name, "years": years})
        assert "Not set:" in browser.get(PAGE).content.decode()
    assert _standard(filled) == 6


def test_without_a_list_the_page_asks_for_one(home: District, cast: dict[str, User], signed_in: Enter) -> None:
    del home
    assert "Bring a list of devices that left" in signed_in(cast["board"]).get(PAGE).content.decode()
