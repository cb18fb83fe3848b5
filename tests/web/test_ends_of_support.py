"""Ends of support in the Inventory room: what ends when, the choice that a release ends its devices, and who may make it."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.web.bringing import BASE, apply, bring, read_fast
from throughline.app.set_value import set_values
from throughline.web.access.scope import within_district
from throughline.web.accounts.models import User
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead, Revision

PAGE = f"{BASE}/ends/"
LIST = """Serial Number,Model,Category,Site,OS,OS Version
A1,HP ProBook,Laptop,North School,Windows 10 Pro,22H2
A2,HP ProBook,Laptop,North School,Windows 10 Pro,22H2
A3,HP ProBook,Laptop,North School,Windows 11,
"""


@pytest.fixture
def client(
    cast: dict[str, User], signed_in: Callable[[User], Client], home: District, monkeypatch: pytest.MonkeyPatch
) -> Client:
    read_fast(monkeypatch)
    with within_district(home.pk):
        told = ["sites/north/name=North School"]
        set_values(store.open_district(home), told, store.day_of(PlanHead.objects.get()))
    found = signed_in(cast["tech_leader"])
    apply(found, bring(found, home, ("devices.csv", LIST.encode())))
    return found


def text_of(client: Client) -> str:
    page = client.get(PAGE)
    assert page.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page.content.decode()))


def test_an_ended_release_is_named_with_its_devices_its_day_and_who_says_so(client: Client) -> None:
    text = text_of(client)
    assert "2 devices run an operating system whose support has ended." in text
    assert "Windows 10 22H2" in text
    assert "2025-10-14" in text
    assert "endoflife-date, 2026-08-22" in text
    assert "Support that is paid for goes on to 2028-10-10." in text
    assert "Windows 11, 1 device" in text  # the release is not known


def test_the_device_list_opens_from_a_line_and_a_device_says_what_it_runs(client: Client) -> None:
    page = client.get(PAGE).content.decode()
    (address,) = set(re.findall(r'href="([^"]*system=windows-10-22h2)"', page))
    listed = client.get(address.replace("&amp;", "&")).content.decode()
    assert "A1" in listed
    assert "A3" not in listed
    one = client.get(f"{BASE}/devices/one/?key=serial%3AA1").content.decode()
    assert "Windows 10 Pro 22H2" in one


def test_a_choice_is_a_step_with_its_reason_and_is_taken_back(client: Client, home: District) -> None:
    told = {"release": "windows-10-22h2", "ends": "yes", "reason": "no TPM 2.0"}
    page = client.post(PAGE, told, follow=True).content.decode()
    assert "Ends its devices" in page
    with within_district(home.pk):
        (item,) = store.open_district(home).plan.assumptions
        assert (item.path, item.value, item.reason) == ("support/os-ends-devices", "windows-10-22h2", "no TPM 2.0")
        steps = Revision.objects.count()
    one = client.get(f"{BASE}/devices/one/?key=serial%3AA1").content.decode()
    assert "as the operating system says" in one
    assert "Ends its devices" not in client.post(PAGE, {"release": "windows-10-22h2"}, follow=True).content.decode()
    with within_district(home.pk):
        assert store.open_district(home).plan.assumptions == ()
        assert Revision.objects.count() == steps + 1


def test_a_release_nobody_knows_is_refused_with_a_sentence(client: Client) -> None:
    page = client.post(PAGE, {"release": "windows-12", "ends": "yes", "reason": "x"}, follow=True).content.decode()
    assert "windows-12: the catalog of operating systems knows no such release" in page


def test_who_may_only_read_sees_no_choice_and_can_make_none(
    client: Client, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    reader = signed_in(cast["auditor"])
    page = reader.get(PAGE)
    assert (page.status_code, b"They cannot be upgraded" in page.content) == (200, False)
    assert b"They cannot be upgraded" in client.get(PAGE).content
    assert reader.post(PAGE, {"release": "windows-10-22h2", "ends": "yes"}).status_code in (403, 404)


def test_an_empty_district_is_told_how_to_begin(cast: dict[str, User], signed_in: Callable[[User], Client]) -> None:
    page = signed_in(cast["tech_leader"]).get(PAGE).content.decode()
    assert f"{BASE}/bring/" in page
