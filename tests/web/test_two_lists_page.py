"""The page of the two lists: what differs, outcomes that outlive imports and can be undone, walks, and who is believed."""

import csv
import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.web.bringing import BASE, apply, bring, read_fast
from throughline.app.set_value import set_values
from throughline.web.access.scope import within_district
from throughline.web.accounts.models import User
from throughline.web.audit.verify import verify
from throughline.web.districts.models import District
from throughline.web.intake.models import Correction
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead, Revision

CONSOLE = b"""Serial Number,Model,Organizational Unit Path,Status,Last policy sync,Auto-update expiration date
BOTH1,HP Chromebook 11 G9 EE,/North,ACTIVE,2026-11-01 07:45,Jun 2031
MOVED1,HP Chromebook 11 G9 EE,/South,ACTIVE,2026-11-01 07:45,Jun 2031
SILENT1,HP Chromebook 11 G9 EE,/North,ACTIVE,2025-01-15 07:45,Jun 2031
=MDM1,HP Chromebook 11 G9 EE,/North,ACTIVE,2026-11-01 07:45,Jun 2031
"""
REGISTER = b"""Asset Tag,Serial,Model,Category,Status,Location,Purchase Date,Purchase Cost
T1,BOTH1,HP Chromebook 11 G9 EE,Chromebooks,Deployed,North,2023-08-01,300
T2,MOVED1,HP Chromebook 11 G9 EE,Chromebooks,Deployed,North,2023-08-01,300
T3,SILENT1,HP Chromebook 11 G9 EE,Chromebooks,Deployed,North,2023-08-01,300
T4,REG1,HP Chromebook 11 G9 EE,Chromebooks,Deployed,North,2023-08-01,300
T5,REG2,HP Chromebook 11 G9 EE,Chromebooks,Deployed,North,2023-08-01,300
"""
LISTS = f"{BASE}/lists"


@pytest.fixture
def client(
    cast: dict[str, User], signed_in: Callable[[User], Client], home: District, monkeypatch: pytest.MonkeyPatch
) -> Client:
    read_fast(monkeypatch)
    with within_district(home.pk):
        told = [
            "sites/north/name=North School", "sites/south/name=South School", "place:/North=north", "place:North=north",
            "place:/South=south",
        ]  # fmt: skip
        set_values(store.open_district(home), told, store.day_of(PlanHead.objects.get()))
    made = signed_in(cast["tech_leader"])
    apply(made, bring(made, home, ("chromebooks.csv", CONSOLE), ("assets.csv", REGISTER)))
    return made


def page(client: Client, address: str) -> str:
    answer = client.get(f"{LISTS}/{address}")
    assert answer.status_code == 200
    return re.sub(r"\s+", " ", answer.content.decode())


def lead(text: str) -> str:
    found = re.search(r'class="tl-lead">(.*?)</p>', text, re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>", "", found[1]).strip()


def decide(client: Client, name: str, outcome: str, *keys: str, **more: str) -> str:
    told = {"list": name, "key": list(keys), "outcome": outcome, "reason": "looked", "day": "2026-11-15"} | more
    return str(client.post(f"{LISTS}/decide", told, follow=True).content.decode())


def rows(client: Client, name: str) -> list[dict[str, str]]:
    answer = client.get(f"{LISTS}/devices.csv?list={name}")
    assert answer.status_code == 200
    assert answer["Content-Disposition"].startswith("attachment")
    return list(csv.DictReader(answer.content.decode("utf-8-sig").splitlines()))


def test_the_page_says_how_far_the_lists_agree_and_shows_both_sides(client: Client) -> None:
    text = page(client, "")
    assert lead(text) == "Device management and the register agree about 2 of 6 devices; 5 devices need a look."
    moved = page(client, "?list=differs_site")
    assert "South School" in moved
    assert "North School" in moved
    assert "MOVED1" in moved
    assert "REG1" not in moved
    assert "Nothing is left here" in page(client, "?list=differs_site&site=south")
    assert client.get(f"{LISTS}/?list=nothing&from=999999999999&site=x&class=y").status_code == 200


def test_a_list_comes_as_a_file_whose_cells_are_inert(client: Client) -> None:
    (row,) = rows(client, "only_managed")
    assert row["serial"] == "'=MDM1"
    assert (row["managed"], row["registered"], row["outcome"]) == ("yes", "no", "")
    answer = client.get(f"{LISTS}/devices.xlsx?list=only_registered")
    assert answer.content.startswith(b"PK")
    assert client.get(f"{LISTS}/devices.exe?list=unseen").status_code == 404
    assert client.get(f"{LISTS}/devices.csv?list=nothing").status_code == 404


def test_an_outcome_takes_devices_off_the_list_outlives_an_import_and_is_one_step(
    client: Client, home: District
) -> None:
    assert "Recorded in one step" in decide(client, "only_registered", "found", "serial:REG1")
    assert [row["serial"] for row in rows(client, "only_registered")] == ["REG2"]
    assert "Recorded" in decide(client, "only_registered", "written_off", every="yes")
    assert rows(client, "only_registered") == []
    again = CONSOLE.replace(b"2026-11-01 07:45", b"2026-11-02 07:45")
    apply(client, bring(client, home, ("chromebooks.csv", again)))
    assert rows(client, "only_registered") == []
    told = {row["serial"]: row for row in rows(client, "decided")}
    assert (told["REG1"]["outcome"], told["REG1"]["mend"]) == (
        "Found where it is listed",
        "enroll in device management",
    )
    assert (told["REG2"]["outcome"], told["REG2"]["mend"]) == ("Written off", "register")
    with within_district(home.pk):
        steps = [item.what for item in Revision.objects.order_by("number")]
        assert "decide about REG1: found where it is listed" in steps
        store.undo(home)  # the import
        store.undo(home)  # written off
        assert list(verify(home.pk)) == []
    assert [row["serial"] for row in rows(client, "only_registered")] == ["REG2"]


def test_a_decision_is_taken_back_whole(client: Client, home: District) -> None:
    decide(client, "only_registered", "elsewhere", "serial:REG1", to="south")
    with within_district(home.pk):
        made = {item.field: item for item in Correction.objects.all()}
    assert {name: item.value for name, item in made.items()} == {"last_seen": "2026-11-15", "site": "south"}
    assert "Found at another site" in page(client, "decided/")
    answer = client.post(f"{LISTS}/decided/{made['site'].ref}", follow=True)
    assert "Taken back" in answer.content.decode()
    assert "Nothing was decided yet" in page(client, "decided/")
    assert {row["serial"] for row in rows(client, "only_registered")} == {"REG1", "REG2"}
    assert client.post(f"{LISTS}/decided/{made['site'].ref}").status_code == 404


def test_the_list_that_is_right_gives_its_value(client: Client) -> None:
    decide(client, "differs_site", "managed_right", "serial:MOVED1")
    assert rows(client, "differs_site") == []
    assert "South School" in client.get(f"{BASE}/devices/one/?key=serial:MOVED1").content.decode()


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"reason": ""}, "Say in a few words why"),
        ({"outcome": ""}, "Choose what became of them"),
        ({"outcome": "elsewhere"}, "Choose the site"),
        ({"outcome": "elsewhere", "to": "moon"}, "Choose what it is from the list"),
        ({"outcome": "found", "day": "soon"}, "Give the day"),
        ({"key": "serial:BOTH1"}, "Mark at least one device"),
    ],
)
def test_what_is_not_complete_changes_nothing(client: Client, told: dict[str, str], words: str) -> None:
    given = {"list": "only_registered", "key": "serial:REG1", "outcome": "found", "reason": "x", "day": "2026-11-15"}
    assert words in client.post(f"{LISTS}/decide", given | told, follow=True).content.decode()
    assert len(rows(client, "only_registered")) == 2


def test_a_walk_is_listed_read_looked_at_and_kept(client: Client) -> None:
    text = page(client, "walk/?site=north")
    assert lead(text) == "6 devices should be here."
    assert lead(page(client, "walk/?site=north&look=yes")) == "5 devices to look for."
    answer = client.get(f"{LISTS}/walk.csv?site=north")
    assert len(answer.content.decode("utf-8-sig").splitlines()) == 7
    assert client.get(f"{LISTS}/walk.pdf?site=nowhere").status_code == 404
    told = {"site": "south", "read": "T4\nreg2\nBOTH1\nstranger", "day": "2026-11-15"}
    seen = client.post(f"{LISTS}/walk/seen", told).content.decode()
    assert "stranger" in seen
    assert len(rows(client, "only_registered")) == 2
    kept = client.post(f"{LISTS}/walk/seen", told | {"keep": "yes", "reason": "yearly count"}, follow=True)
    assert "Recorded" in kept.content.decode()
    assert rows(client, "only_registered") == []
    assert lead(page(client, "walk/?site=south")) == "3 devices should be here."


def test_who_is_believed_is_looked_at_first_and_set_with_a_reason(client: Client, home: District) -> None:
    assert "register, device management, purchase lists" in page(client, "believed/")
    told = {"order-place": "mdm register orders"}
    looked = client.post(f"{LISTS}/believed/", told).content.decode()
    assert (
        "1 device would be listed otherwise" in re.sub(r"<[^>]+>", "", looked) or "would be listed otherwise" in looked
    )
    with within_district(home.pk):
        number = PlanHead.objects.get().number
    without = client.post(f"{LISTS}/believed/", told | {"set": "yes"}, follow=True).content.decode()
    assert "Say in a few words why" in without
    with within_district(home.pk):
        assert PlanHead.objects.get().number == number
    done = client.post(f"{LISTS}/believed/", told | {"set": "yes", "reason": "console is clean"}, follow=True)
    assert "Set as one step" in done.content.decode()
    assert "console is clean" in page(client, "believed/")
    assert "South School" in client.get(f"{BASE}/devices/one/?key=serial:MOVED1").content.decode()
    with within_district(home.pk):
        store.undo(home)
    assert "console is clean" not in page(client, "believed/")


def test_a_district_without_an_inventory_is_told_what_to_bring(
    cast: dict[str, User], signed_in: Callable[[User], Client], home: District
) -> None:
    other = signed_in(cast["tech_leader"])
    assert "No device is known yet" in page(other, "")
    assert other.get(f"{LISTS}/walk/").status_code == 404
    assert other.get(f"{LISTS}/devices.csv?list=unseen").status_code == 404


def test_people_who_only_read_see_the_lists_and_decide_nothing(
    client: Client, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    reader = signed_in(cast["auditor"])
    text = page(reader, "?list=only_registered")
    assert "REG1" in text
    assert "Record it" not in text
    assert reader.post(f"{LISTS}/decide", {"list": "unseen"}).status_code == 403
    assert reader.post(f"{LISTS}/believed/", {}).status_code == 403
