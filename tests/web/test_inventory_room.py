"""The Inventory room: the list with its filters, one device, corrections that count and can be undone, readings, snapshots."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from tests.importers.cases.case import as_csv, changed, table
from tests.web.bringing import BASE, apply, bring, delivery_at, post_files, read_fast, shown_of
from throughline.app.set_value import set_values
from throughline.web.access.scope import within_district
from throughline.web.accounts.models import Membership, User
from throughline.web.audit.verify import verify
from throughline.web.districts.models import District
from throughline.web.intake import limits, run
from throughline.web.intake.models import APPLIED, Correction
from throughline.web.jobs.attempt import drain
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead, Revision

KEY = "serial:5CD0001A"
ONE = f"{BASE}/devices/one/?key={quote(KEY)}"


@pytest.fixture
def client(
    cast: dict[str, User], signed_in: Callable[[User], Client], home: District, monkeypatch: pytest.MonkeyPatch
) -> Client:
    read_fast(monkeypatch)
    with within_district(home.pk):
        told = ["sites/north/name=North School", "sites/south/name=South School"]
        set_values(store.open_district(home), told, store.day_of(PlanHead.objects.get()))
    return signed_in(cast["tech_leader"])


@pytest.fixture
def filled(client: Client, home: District) -> Client:
    apply(client, bring(client, home, ("devices.csv", as_csv(table()))))
    return client


def _lead(client: Client, address: str) -> str:
    answer = client.get(f"{BASE}/{address}")
    assert answer.status_code == 200
    found = re.search(r'class="tl-lead">(.*?)</p>', answer.content.decode(), re.DOTALL)
    assert found
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", found[1])).strip()


def _correct(client: Client, field: str, value: str, reason: str = "seen there") -> str:
    told = {"key": KEY, "field": field, f"value-{field}": value, "reason": reason}
    return str(client.post(f"{BASE}/devices/correct", told, follow=True).content.decode())


@pytest.mark.parametrize("page", ["", "devices/", "models/", "readings/", "snapshots/", "bring/"])
def test_an_empty_district_is_told_how_to_begin(page: str, client: Client) -> None:
    assert page == "bring/" or re.match(r"No (device|model) is known yet", _lead(client, page))
    answer = client.get(f"{BASE}/{page}").content.decode()
    assert 'type="file"' in answer or f"{BASE}/bring/" in answer


def test_the_first_page_says_how_many_devices_and_what_is_not_known(filled: Client) -> None:
    words = _lead(filled, "")
    assert words.startswith("The plan counts 3 devices.")
    page = filled.get(f"{BASE}/").content.decode()
    assert "Stands at a site" in page
    assert "devices.csv" in page


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("", "3 lines."),
        ("?site=north", "2 lines with what you chose."),
        ("?site=north&site=south&fleet=yes", "3 lines with what you chose."),
        ("?q=5CD0003", "1 line with what you chose."),
        ("?q=d0003a", "1 line with what you chose."),
        ("?status=stored", "1 line with what you chose."),
        ("?status=made+up", "0 lines with what you chose."),
        ("?gap=no_price", "0 lines with what you chose."),
        ("?unseen=not-a-day&from=99999999999999&order=drop+table&nothing=1", "3 lines."),
    ],
)
def test_filters_and_search_count_exactly_and_nonsense_is_left_out(query: str, words: str, filled: Client) -> None:
    assert _lead(filled, f"devices/{query}") == words


def test_a_device_names_the_file_and_row_of_what_it_says(filled: Client) -> None:
    page = filled.get(ONE).content.decode()
    assert "devices.csv" in page
    assert "HP Chromebook 11 G8 EE" in page
    assert "$349" in page
    assert filled.get(f"{BASE}/devices/one/?key=serial:nothing").status_code == 404


def test_a_correction_changes_the_counts_outlives_an_import_and_can_be_taken_back(
    filled: Client, home: District
) -> None:
    assert "Corrected" in _correct(filled, "site", "south")
    assert _lead(filled, "devices/?site=north").startswith("1 line")
    assert _lead(filled, "devices/?gap=corrected").startswith("1 line")
    apply(filled, bring(filled, home, ("devices.csv", as_csv(changed("Unit Price", "351.00")))))
    assert _lead(filled, "devices/?site=south").startswith("2 lines")
    assert "seen there" in filled.get(ONE).content.decode()
    with within_district(home.pk):
        (item,) = Correction.objects.all()
    assert "Taken back" in filled.post(f"{BASE}/devices/uncorrect/{item.ref}", follow=True).content.decode()
    assert _lead(filled, "devices/?site=north").startswith("2 lines")
    with within_district(home.pk):
        assert list(verify(home.pk)) == []


def test_undoing_the_step_undoes_the_correction_too(filled: Client, home: District) -> None:
    _correct(filled, "status", "missing")
    assert _lead(filled, "").startswith("The plan counts 2 devices.")
    with within_district(home.pk):
        assert Revision.objects.order_by("-number")[0].what == "correct status of 5CD0001A"
        store.undo(home)
    assert _lead(filled, "").startswith("The plan counts 3 devices.")
    _correct(filled, "site", "south")
    assert _lead(filled, "").startswith("The plan counts 3 devices.")
    assert "taken back" in filled.get(ONE).content.decode()


def test_a_later_correction_of_a_field_takes_the_place_of_the_one_before(filled: Client, home: District) -> None:
    _correct(filled, "site", "south")
    _correct(filled, "site", "UNASSIGNED")
    assert _lead(filled, "devices/?gap=no_site").startswith("1 line")
    with within_district(home.pk):
        assert [item.ended_at is None for item in Correction.objects.order_by("pk")] == [False, True]


@pytest.mark.parametrize(
    ("field", "value", "reason", "words"),
    [
        ("site", "south", "", "Say in a few words why"),
        ("site", "", "seen", "Choose what it is"),
        ("site", "nowhere", "seen", "Choose what it is"),
        ("", "", "seen", "Choose what is wrong"),
        ("price_cents", "1", "seen", "Choose what is wrong"),
    ],
)
def test_a_correction_that_does_not_fit_changes_nothing(
    field: str, value: str, reason: str, words: str, filled: Client, home: District
) -> None:
    assert words in _correct(filled, field, value, reason)
    with within_district(home.pk):
        assert not Correction.objects.exists()


def test_places_are_confirmed_changed_and_forgotten(filled: Client, home: District) -> None:
    apply(filled, bring(filled, home, ("more.csv", as_csv(changed("School", "Annex")))))
    assert "1 place and 0 models" in _lead(filled, "readings/")
    filled.post(f"{BASE}/readings/", {"place:Annex": "south", "budget=5": "x", "rules/spare/share": "1"})
    assert "Every place and model" in _lead(filled, "readings/")
    listed = filled.get(f"{BASE}/readings/").content.decode()
    assert "<select" not in listed, "sites are chosen for the one rule that is being changed"
    assert 'name="place:Annex"' in filled.get(f"{BASE}/readings/?change=Annex").content.decode()
    assert _lead(filled, "devices/?site=south").startswith("2 lines")
    filled.post(f"{BASE}/readings/", {"place:Annex": "none"})
    assert "1 place" in _lead(filled, "readings/")
    page = filled.post(f"{BASE}/readings/", {"place:Annex": "nowhere"}, follow=True).content.decode()
    assert "nowhere is no site of the plan" in page


def test_two_snapshots_say_what_changed_between_them(filled: Client, home: District) -> None:
    with within_district(home.pk):
        PlanHead.objects.update(as_of="2030-01-05")
    rows = [*table()[:3], ["5CD0009A", "", *table()[3][2:]]]
    rows[1][3] = "South School"
    apply(filled, bring(filled, home, ("devices.csv", as_csv(rows))))
    assert "went from 3 to 4 devices" in _lead(filled, "snapshots/")
    assert filled.get(f"{BASE}/snapshots/?old=x&new=y").status_code == 404


def test_models_stand_under_three_clocks_with_who_says_so(filled: Client) -> None:
    page = filled.get(f"{BASE}/models/").content.decode()
    assert "HP Chromebook 11 G8 EE" in page
    assert "not assessed" in page


def test_a_large_delivery_is_read_and_applied_as_long_work(
    client: Client, home: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "IN_REQUEST", 10)
    made = delivery_at(home, post_files(client, ("devices.csv", as_csv(table())))["Location"])
    assert shown_of(home, made) == [None]
    assert "Reading files" in client.get(f"{BASE}/bring/{made.ref}/").content.decode()
    assert drain() == 1
    assert shown_of(home, made)[0]["counts"]["created"] == 3
    assert "in the background" in apply(client, made)
    assert drain() == 1
    with within_district(home.pk):
        made.refresh_from_db()
    assert made.state == APPLIED
    assert _lead(client, "").startswith("The plan counts 3 devices.")
    assert limits.IN_REQUEST > 10


def test_devices_and_corrections_of_another_district_are_not_there(
    filled: Client, home: District, away: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    _correct(filled, "site", "south")
    Membership.objects.create(user=cast["stranger"], district=away, role="district_admin")
    other = signed_in(cast["stranger"])
    with within_district(home.pk):
        (item,) = Correction.objects.all()
    assert other.get(ONE).status_code == 404
    assert other.get(ONE.replace("/home/", "/away/")).status_code == 404
    assert other.post(f"/d/away/inventory/devices/uncorrect/{item.ref}").status_code == 404
    assert other.post("/d/away/inventory/devices/correct", {"key": KEY}).status_code == 404


def test_who_may_only_read_is_shown_no_form_and_refused(
    filled: Client, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    reader: Any = signed_in(cast["auditor"])
    page = reader.get(ONE).content.decode()
    assert "Correct this device" not in page
    assert reader.post(f"{BASE}/devices/correct", {"key": KEY}).status_code == 403
    assert reader.post(f"{BASE}/readings/", {}).status_code == 403
