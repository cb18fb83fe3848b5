"""Settings: what differs is saved, mistakes are said in words, own rule values stand beside the shipped ones."""

import re
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from throughline.web.access.scope import within_district
from throughline.web.accounts.models import User
from throughline.web.api.models import ApiToken
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.planning.models import Revision

BASE = "/d/home/settings"
TOLD = {
    "name": "Home",
    "state": "NJ",
    "nces_id": "",
    "fiscal_year_start_month": "7",
    "allocation_policy": "rule_order",
    "capitalization_threshold": "",
    "local_bid_threshold": "$44,000",
    "board_approval_threshold": "",
    "meeting_date": "2027-03-16",
    "agenda_number": "7.2",
    "superintendent_title": "Superintendent of Schools",
}


@pytest.fixture
def client(cast: dict[str, User], signed_in: Callable[[User], Client]) -> Client:
    return signed_in(cast["district_admin"])


def _district(home: District) -> Any:
    with within_district(home.pk):
        return store.open_district(home).plan.district


def test_only_what_differs_is_a_step(client: Client, home: District) -> None:
    assert client.post(f"{BASE}/", TOLD).status_code == 302
    record = _district(home)
    assert (record.local_bid_threshold_cents, record.meeting_date, record.agenda_number) == (
        4_400_000,
        "2027-03-16",
        "7.2",
    )
    assert client.post(f"{BASE}/", TOLD | {"local_bid_threshold": "44,000"}).status_code == 302
    with within_district(home.pk):
        assert Revision.objects.count() == 2


def test_a_wrong_amount_is_said_and_nothing_is_saved(client: Client, home: District) -> None:
    page = client.post(f"{BASE}/", TOLD | {"local_bid_threshold": "much"}, follow=True).content.decode()
    assert "is not" in page
    assert _district(home).agenda_number == ""


def test_a_budget_in_one_word_fills_every_year(client: Client, home: District) -> None:
    client.post(f"{BASE}/budget/", {"amount": "$180,000"})
    with within_district(home.pk):
        plan = store.open_district(home).plan
    assert {item.cents for item in plan.appropriations} == {18_000_000}
    assert len(plan.appropriations) == 5


def test_a_rule_takes_the_districts_value_and_gives_it_back(client: Client, home: District) -> None:
    client.post(f"{BASE}/rules/set/", {"path": "spare/share", "value": "0.07", "reason": "breakage of last year"})
    page = client.get(f"{BASE}/rules/?q=spare+share").content.decode()
    assert "yours: 0.07" in page
    assert "breakage of last year" in page
    assert "default, please replace" in page
    assert "4%" in page
    client.post(f"{BASE}/rules/set/", {"path": "spare/share", "value": ""})
    assert "yours:" not in client.get(f"{BASE}/rules/?q=spare+share").content.decode()


def _png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0\xff\0\0")) + chunk(b"IEND", b"")


def test_a_logo_is_a_picture_or_it_is_refused_by_the_name_the_person_knows(client: Client, home: District) -> None:
    svg = SimpleUploadedFile("crest.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")
    page = client.post(f"{BASE}/logo/", {"logo": svg}, follow=True).content.decode()
    assert "crest.svg is no PNG or JPEG picture" in page
    assert "throughline-logo" not in page
    client.post(f"{BASE}/logo/", {"logo": SimpleUploadedFile("crest.png", _png())})
    answer = client.get(f"{BASE}/logo/")
    assert answer["Content-Type"] == "image/png"
    assert b"".join(answer.streaming_content) == _png()  # type: ignore[attr-defined]


def test_a_token_is_shown_once_and_ends_when_revoked(client: Client, home: District) -> None:
    page = client.post(f"{BASE}/tokens/", {"name": "Nightly", "verbs": ["read"], "days": "30"}).content.decode()
    token = re.findall(r"tl_[0-9a-f]{8}_[\w-]+", page)[0]
    assert token not in client.get(f"{BASE}/tokens/").content.decode()
    headers = {"Authorization": f"Bearer {token}"}
    assert Client(SERVER_NAME="127.0.0.1").get("/api/v1/districts/home/plan", headers=headers).status_code == 200
    with within_district(home.pk):
        number = ApiToken.objects.get().pk
    client.post(f"{BASE}/tokens/{number}/revoke/")
    assert Client(SERVER_NAME="127.0.0.1").get("/api/v1/districts/home/plan", headers=headers).status_code == 401


@pytest.mark.parametrize("typed", ["3000", "$3,000", "$ 3,000.00"])
def test_an_amount_of_a_rule_is_typed_in_dollars_and_the_stricter_layer_is_said_to_govern(
    client: Client, home: District, typed: str
) -> None:
    client.post(f"{BASE}/rules/set/", {"path": "federal/equipment-threshold", "value": typed, "reason": "board policy"})
    page = client.get(f"{BASE}/rules/?q=equipment+threshold").content.decode()
    assert "yours: $3,000.00" in page
    assert "your own: $3,000.00</strong>" in page
    assert "federal: $10,000.00" in page
    assert "Value in dollars" in page
    client.post(f"{BASE}/rules/set/", {"path": "federal/equipment-threshold", "value": "20000"})
    page = client.get(f"{BASE}/rules/?q=equipment+threshold").content.decode()
    assert "federal: $10,000.00</strong>" in page
    assert "Yours is not the one that holds." in page
