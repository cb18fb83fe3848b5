"""Files are brought, previewed, answered, applied in one step and undone, through the pages a person uses."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.importers.cases.case import as_csv, changed, table
from tests.web.bringing import BASE, apply, bring, look, post_files, read_here_too, shown_of, tell
from throughline.app.set_value import set_values
from throughline.web.access.scope import within_district
from throughline.web.accounts.models import User
from throughline.web.audit.models import Entry
from throughline.web.districts.models import District
from throughline.web.intake import limits, store
from throughline.web.intake.models import Delivery, Upload
from throughline.web.planning import store as plans

DAY_QUESTION = "f0:date_order:Purchase Date"
SITES = ["sites/north/name=North School", "sites/south/name=South School"]


@pytest.fixture
def client(cast: dict[str, User], signed_in: Callable[[User], Client]) -> Client:
    return signed_in(cast["tech_leader"])


@pytest.fixture(autouse=True)
def here(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if "dies" not in request.node.name:  # the process that reads is the subject of that test
        monkeypatch.setattr("throughline.app.import_source.read", read_here_too)


def _plan(home: District) -> Any:
    with within_district(home.pk):
        return plans.open_district(home).plan


def test_a_file_is_previewed_without_writing_applied_in_one_step_and_undone(client: Client, home: District) -> None:
    before = _plan(home)
    made = bring(client, home, ("devices.csv", as_csv(table())))
    (shown,) = shown_of(home, made)
    assert shown["counts"]["created"] == 3
    assert _plan(home) == before
    assert "3 of 3 rows are ready" in look(client, made)
    assert "Applied in one step" in apply(client, made)
    assert _plan(home).snapshot.rows == 3
    page = client.post(f"{BASE}/bring/{made.ref}/undo", follow=True).content.decode()
    assert "Undone" in page
    assert _plan(home).snapshot is None


def test_an_answer_is_given_on_the_page_and_remembered_for_the_next_file(client: Client, home: District) -> None:
    content = as_csv(changed("Purchase Date", "03/04/2024"))
    made = bring(client, home, ("devices.csv", content))
    assert "wait for an answer" in look(client, made)
    assert "Nothing was written" in apply(client, made)
    tell(client, made, {DAY_QUESTION: "dmy"})
    apply(client, made)
    again = bring(
        client, home, ("devices.csv", content + b"5CD0009A,,HP Chromebook 11 G8 EE,North,,05/06/2024,1,,\r\n")
    )
    (shown,) = shown_of(home, again)
    assert shown["questions"] == []
    assert ["date_order:Purchase Date", "Order of day and month: Purchase Date", "dmy"] in shown["answered"]


def test_a_column_may_be_read_as_something_else(client: Client, home: District) -> None:
    rows = table()
    rows[0][3] = "Whereabouts Code"
    made = bring(client, home, ("devices.csv", as_csv(rows)))
    (shown,) = shown_of(home, made)
    assert {c["heading"]: c["state"] for c in shown["columns"]}["Whereabouts Code"] == "unread"
    tell(client, made, {"f0:column:whereaboutscode": "place", "f0:column:forged": "place", "f0:made-up": "1"})
    (shown,) = shown_of(home, made)
    column = next(c for c in shown["columns"] if c["heading"] == "Whereabouts Code")
    assert (column["field"], column["state"]) == ("place", "chosen")
    with within_district(home.pk):
        assert Upload.objects.get().answers == {"column:whereaboutscode": "place"}


def test_a_column_that_is_asked_about_is_told_in_one_place_only(client: Client, home: District) -> None:
    rows = table()
    rows[0][2] = "Modle Descr"
    made = bring(client, home, ("devices.csv", as_csv(rows)))
    assert look(client, made).count('name="f0:column:modledescr"') == 1
    tell(client, made, {"f0:column:modledescr": "model_raw"})
    assert shown_of(home, made)[0]["ready"] == 3


def test_answers_of_one_file_do_not_reach_another(client: Client, home: District) -> None:
    unknown = b"Colour,Weight\r\nblue,3\r\n"
    made = bring(client, home, ("a.csv", unknown), ("devices.csv", as_csv(table())))
    tell(client, made, {"f0:importer": "sites_list"})
    first, second = shown_of(home, made)
    assert first["status"] == "refused"
    assert second["importer"] == "generic_inventory"
    apply(client, made)
    assert _plan(home).snapshot.rows == 3


def test_an_unknown_place_is_given_a_site_before_anything_is_written(client: Client, home: District) -> None:
    with within_district(home.pk):
        set_values(plans.open_district(home), SITES, plans.day_of(plans.PlanHead.objects.get()))
    made = bring(client, home, ("devices.csv", as_csv(changed("School", "Nroth Shcool"))))
    (shown,) = shown_of(home, made)
    assert shown["places"] == [["Nroth Shcool", 1]]
    assert sorted(site for _, site in shown["rules"]) == ["north", "south"]
    tell(client, made, {"place:Nroth Shcool": "north", "place:never seen": "north"})
    (shown,) = shown_of(home, made)
    assert shown["places"] == []
    number = len(_plan(home).site_rules)
    apply(client, made)
    assert number == 0
    assert {rule.pattern: rule.site for rule in _plan(home).site_rules}["Nroth Shcool"] == "north"
    assert "never seen" not in {rule.pattern for rule in _plan(home).site_rules}
    with within_district(home.pk):
        plans.undo(home)
    assert _plan(home).site_rules == ()
    assert _plan(home).snapshot is None


def test_a_plan_that_changed_meanwhile_is_previewed_again(client: Client, home: District) -> None:
    made = bring(client, home, ("devices.csv", as_csv(table())))
    with within_district(home.pk):
        set_values(plans.open_district(home), ["budget=180000"], plans.day_of(plans.PlanHead.objects.get()))
    assert "The plan changed meanwhile" in apply(client, made)
    assert _plan(home).snapshot is None
    assert "Applied in one step" in apply(client, made)
    assert _plan(home).snapshot.rows == 3


def test_a_repaired_file_takes_the_place_of_the_refused_one(client: Client, home: District) -> None:
    made = bring(client, home, ("devices.csv", as_csv(changed("Unit Price", "NaN"))))
    assert shown_of(home, made)[0]["counts"]["rejected"] == 1
    with within_district(home.pk):
        old = store.path_of(home, Upload.objects.get())
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = {"files": SimpleUploadedFile("devices.csv", as_csv(table())), "whole": "1"}
    assert client.post(f"{BASE}/bring/{made.ref}/0", sent).status_code == 302
    assert shown_of(home, made)[0]["counts"]["created"] == 3
    assert not old.exists()


def test_the_same_file_twice_changes_nothing(client: Client, home: District) -> None:
    apply(client, bring(client, home, ("devices.csv", as_csv(table()))))
    number = _head(home).number
    again = bring(client, home, ("devices.csv", as_csv(table())))
    assert "says all of this already" in apply(client, again)
    assert _head(home).number == number


def _head(home: District) -> Any:
    with within_district(home.pk):
        return plans.PlanHead.objects.get()


def test_a_file_stands_under_a_random_name_closed_to_others_and_goes_when_discarded(
    client: Client, home: District
) -> None:
    made = bring(client, home, ("../../etc/passwd\n.csv", as_csv(table())))
    with within_district(home.pk):
        upload = Upload.objects.get()
        path = store.path_of(home, upload)
    assert path.stat().st_mode & 0o077 == 0
    assert upload.name == "passwd.csv"
    assert "passwd" not in str(path)
    client.post(f"{BASE}/bring/{made.ref}/discard")
    assert not path.exists()
    with within_district(home.pk):
        assert {"files.received", "files.discarded"} <= set(Entry.objects.values_list("action", flat=True))


def test_files_go_after_thirty_days_and_so_do_those_nobody_names(client: Client, home: District) -> None:
    bring(client, home, ("devices.csv", as_csv(table())))
    with within_district(home.pk):
        path = store.path_of(home, Upload.objects.get())
        lost = path.with_name("0" * 32)
        lost.write_bytes(b"x")
        now = store.timezone.now()
        assert store.remove_old(home, now + limits.KEPT / 2) == 1
        assert path.exists()
        assert store.remove_old(home, now + limits.KEPT * 2) == 1
        assert not path.exists()
        assert Upload.objects.get().removed_at is not None


def test_an_upload_that_broke_off_keeps_nothing(client: Client, home: District) -> None:
    body = b'--b\r\nContent-Disposition: form-data; name="files"; filename="d.csv"\r\n\r\nSerial Number,Mod'
    answer = client.post(f"{BASE}/bring/", body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 400
    assert "broke off" in answer.content.decode()
    with within_district(home.pk):
        assert not Delivery.objects.exists()
        assert not list(store.folder_of(home).iterdir())


def test_too_large_a_body_is_refused_before_it_is_read(client: Client, home: District) -> None:
    answer = client.post(
        f"{BASE}/bring/", b"", content_type="multipart/form-data; boundary=b", CONTENT_LENGTH=str(600 << 20)
    )
    assert answer.status_code == 413
    assert "500 MB" in answer.content.decode()


def test_a_workbook_above_its_limit_a_full_room_and_too_many_files_are_refused(
    client: Client, home: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_WORKBOOK", 100)
    answer = post_files(client, ("list.xlsx", b"x" * 101))
    assert answer.status_code == 413
    monkeypatch.setenv("THROUGHLINE_UPLOAD_QUOTA_MB", "0")
    answer = post_files(client, ("list.csv", b"a,b\r\n"))
    assert answer.status_code == 413
    assert "Discard deliveries" in answer.content.decode()
    assert post_files(client, *[("a.csv", b"a")] * 21).status_code == 400
    with within_district(home.pk):
        assert not Delivery.objects.exists()
        assert not list(store.folder_of(home).iterdir())


def test_five_readings_at_once_are_enough_and_a_dead_one_does_not_count(client: Client, home: District) -> None:
    with within_district(home.pk):
        now = store.timezone.now()
        for _ in range(5):
            Delivery.objects.create(district=home, by="x", reading_since=now)
    answer = post_files(client, ("devices.csv", as_csv(table())))
    assert answer.status_code == 429
    with within_district(home.pk):
        Delivery.objects.update(reading_since=now - limits.SLOW)
    assert post_files(client, ("devices.csv", as_csv(table()))).status_code == 302


def test_another_district_sees_nothing_of_a_delivery(
    client: Client, home: District, away: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    from throughline.web.accounts.models import Membership

    made = bring(client, home, ("devices.csv", as_csv(table())))
    Membership.objects.create(user=cast["stranger"], district=away, role="district_admin")
    other = signed_in(cast["stranger"])
    for address in (f"bring/{made.ref}/", f"bring/{made.ref}/apply", f"bring/{made.ref}/discard"):
        for base in ("/d/away/inventory", "/d/home/inventory"):
            assert other.post(f"{base}/{address}").status_code == 404
    assert made.ref not in other.get("/d/away/inventory/bring/").content.decode()


def test_a_board_member_cannot_look_and_an_auditor_cannot_bring(
    cast: dict[str, User], home: District, signed_in: Callable[[User], Client]
) -> None:
    assert signed_in(cast["board"]).get(f"{BASE}/bring/").status_code == 403
    assert post_files(signed_in(cast["auditor"]), ("d.csv", as_csv(table()))).status_code == 403


def test_a_preview_whose_process_dies_is_one_finding_and_the_turn_is_given_back(
    client: Client, home: District, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from throughline.importers import intake

    (tmp_path / "dying.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    monkeypatch.setattr(intake, "CHILD", "dying")
    made = bring(client, home, ("devices.csv", as_csv(table())))
    assert shown_of(home, made)[0]["status"] == "refused"
    assert made.reading_since is None
    assert "Nothing of this file is used" in look(client, made)


def test_one_answer_settles_every_question_like_it(client: Client, home: District) -> None:
    rows = [["Serial Number", "Model", "School", "Purchase Date", "Last Seen"]]
    rows += [["5CD0001A", "HP Chromebook 11 G8 EE", "North School", "03/04/2024", "05/06/2025"]]
    files = [(f"{name}.csv", as_csv(rows)) for name in ("one", "two")]
    made = bring(client, home, *files)
    asked = [question["id"] for shown in shown_of(home, made) for question in shown["questions"]]
    assert asked == ["date_order:Purchase Date", "date_order:Last Seen"] * 2
    assert "all 3 others like it" in look(client, made)
    tell(client, made, {"f0:date_order:Purchase Date": "dmy", "like:f0:date_order:Purchase Date": "1",
                        "f1:date_order:Last Seen": "mdy"})  # fmt: skip
    assert [shown["questions"] for shown in shown_of(home, made)] == [[], []]
    with within_district(home.pk):
        answers = [item.answers["date_order:Last Seen"] for item in Upload.objects.filter(delivery=made)]
    assert answers == ["dmy", "dmy"]
