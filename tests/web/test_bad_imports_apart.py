"""Cases of the bad-input table that take more than one file, more than one district, or a clock; each as text and as workbook."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.app.test_pictures import GPS, _chunk, jpeg, png
from tests.importers.cases.case import HEADINGS, ROWS, Cells, as_csv, as_xlsx, changed, table
from tests.web.bringing import apply, bring, look, post_files, read_fast, shown_of, tell
from throughline.app.set_value import set_values
from throughline.web.access.scope import across_districts, within_district
from throughline.web.accounts.models import User
from throughline.web.districts.models import District
from throughline.web.intake import store as files
from throughline.web.planning import store

WRITE: dict[str, Callable[[Cells], bytes]] = {"csv": as_csv, "xlsx": as_xlsx}
BOTH = pytest.mark.parametrize("kind", list(WRITE))
CANARY = "Quackenbush"
SITES: Cells = [["School Name", "Level"], ["North School", "Elementary"], ["South School", "Middle"]]


@pytest.fixture
def client(cast: dict[str, User], signed_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch) -> Client:
    read_fast(monkeypatch)
    return signed_in(cast["tech_leader"])


def _set(district: District, *told: str) -> None:
    with within_district(district.pk):
        set_values(store.open_district(district), list(told), store.day_of(store.PlanHead.objects.get()))


def _plan(district: District) -> Any:
    with within_district(district.pk):
        return store.open_district(district).plan


@BOTH
@pytest.mark.parametrize("name", ["Nroth School", "North and South Academy", "Unheard-of Primary"])
def test_n51_a_school_nobody_knows_is_asked_about_and_counted_meanwhile(
    name: str, kind: str, client: Client, home: District
) -> None:
    _set(home, "sites/north/name=North School", "sites/south/name=South School")
    made = bring(client, home, (f"list.{kind}", WRITE[kind](changed("School", name))))
    (shown,) = shown_of(home, made)
    assert shown["places"] == [[name, 1]]
    assert shown["ready"] == 3
    tell(client, made, {f"place:{name}": "north"})
    assert shown_of(home, made)[0]["places"] == []
    apply(client, made)
    assert {rule.pattern: rule.site for rule in _plan(home).site_rules}[name] == "north"


@BOTH
def test_n52_a_school_of_another_district_is_never_reached(
    kind: str, client: Client, home: District, away: District
) -> None:
    _set(away, "sites/far/name=Far School")
    _set(home, "sites/north/name=North School")
    made = bring(client, home, (f"list.{kind}", WRITE[kind](changed("School", "far"))))
    (shown,) = shown_of(home, made)
    assert ["far", 1] in shown["places"]
    tell(client, made, {"place:far": "far"})
    assert "far is no site of the plan" in look(client, made)
    assert "Nothing was written" in apply(client, made)
    tell(client, made, {"forget:place:far": "1"})
    apply(client, made)
    assert "far" not in {rule.site for rule in _plan(home).site_rules}
    assert _plan(away).snapshot is None


@BOTH
def test_n52_the_number_of_another_districts_school_refuses_the_row(kind: str, client: Client, home: District) -> None:
    _set(home, "district/nces_id=3400001")
    rows = changed("School", "340000200123")
    rows[1][HEADINGS.index("School")] = "340000100456"
    made = bring(client, home, (f"list.{kind}", WRITE[kind](rows)))
    (shown,) = shown_of(home, made)
    assert (shown["counts"]["created"], shown["counts"]["rejected"]) == (2, 1)
    (cell,) = [item for item in shown["cells"] if item["severity"] == "error"]
    assert (cell["code"], cell["row"], cell["value"]) == ("TL-IMP-024", 3, "340000200123")
    apply(client, made)
    assert _plan(home).snapshot.rows == 2


@BOTH
def test_n52_a_record_at_another_districts_school_is_refused(kind: str, client: Client, home: District) -> None:
    _set(home, "district/nces_id=3400001", "sites/north/name=North School")
    rows: Cells = [
        ["Product", "Annual Cost", "Category", "Start Date", "School"],
        ["Filter", "1200", "D2.2", "2026-07-01", "North School"],
        ["Reader", "1200", "D2.2", "2026-07-01", "340000200123"],
    ]
    made = bring(client, home, (f"contracts.{kind}", WRITE[kind](rows)))
    (shown,) = shown_of(home, made)
    assert (shown["importer"], shown["counts"]["created"], shown["counts"]["rejected"]) == ("contracts", 1, 1)


@BOTH
def test_n53_what_is_named_before_it_is_listed_finds_its_place(kind: str, client: Client, home: District) -> None:
    made = bring(client, home, (f"devices.{kind}", WRITE[kind](table())), (f"schools.{kind}", WRITE[kind](SITES)))
    devices, schools = shown_of(home, made)
    assert schools["importer"] == "sites_list"
    assert devices["places"] == []
    assert [site for _, site in devices["rules"]] == ["north-school", "south-school"]
    apply(client, made)
    assert {site.name for site in _plan(home).sites} == {"North School", "South School"}


NAMES = ("../../x", "C:\\temp\\x", "x" * 300, "CON", "\u202etxt", 'a"b', "<script>alert(1)</script>", "..")


@BOTH
@pytest.mark.parametrize("name", NAMES)
def test_n75_a_hostile_name_is_shown_inert_and_never_a_path(
    name: str, kind: str, client: Client, home: District
) -> None:
    made = bring(client, home, (f"{name}.{kind}", WRITE[kind](table())))
    with within_district(home.pk):
        upload = made.files.get()
        stored = [path.name for path in files.folder_of(home).iterdir()]
    assert stored == [upload.stored]
    assert len(upload.name) <= 121
    assert not set(upload.name) & set('/\\:*?"<>|\n\u202e\0')
    page = look(client, made)
    assert "<script>alert" not in page
    assert "\u202e" not in page
    assert shown_of(home, made)[0]["counts"]["created"] == 3


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("crest.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "is no PNG or JPEG picture"),
        ("crest.png", b"<html><script>alert(1)</script></html>", "is no PNG or JPEG picture"),
        ("crest.png", png(60_000, 60_000), "60,000 x 60,000 pixels"),
        ("crest.jpg", b"%PDF-1.7 /OpenAction /JavaScript", "is no PNG or JPEG picture"),
    ],
)
def test_n76_a_logo_that_could_act_or_unpack_to_gigabytes_is_refused(
    name: str, content: bytes, words: str, client: Client, home: District
) -> None:
    page = client.post("/d/home/settings/logo/", {"logo": SimpleUploadedFile(name, content)}, follow=True)
    assert page.status_code == 200
    assert words in page.content.decode()
    assert _plan(home).district.logo_block == ""


@pytest.mark.parametrize("content", [png(2, 1, _chunk(b"eXIf", GPS)), jpeg(2, 1, b"\xff\xe1\0\x18" + GPS)])
def test_n77_where_a_picture_was_taken_is_not_kept(content: bytes, client: Client, home: District) -> None:
    client.post("/d/home/settings/logo/", {"logo": SimpleUploadedFile("crest.png", content)})
    answer = client.get("/d/home/settings/logo/")
    kept = b"".join(answer.streaming_content)  # type: ignore[attr-defined]  # a file is streamed
    assert kept
    assert b"GPS" not in kept


@BOTH
def test_n78_the_same_rows_again_in_another_order_change_nothing(kind: str, client: Client, home: District) -> None:
    content = WRITE[kind](table())
    apply(client, bring(client, home, (f"list.{kind}", content)))
    before = _plan(home)
    same = bring(client, home, (f"list.{kind}", content))
    assert shown_of(home, same)[0]["counts"]["unchanged"] == 3
    assert "says all of this already" in apply(client, same)
    assert _plan(home) == before
    turned: Cells = [list(HEADINGS), *(list(row) for row in reversed(ROWS))]
    other = bring(client, home, (f"list.{kind}", WRITE[kind](turned)))
    counts = shown_of(home, other)[0]["counts"]
    assert (counts["created"], counts["updated"], counts["unchanged"]) == (0, 0, 3)


@BOTH
def test_n79_a_flood_of_errors_is_capped_on_the_page_and_counted_whole(
    kind: str, client: Client, home: District
) -> None:
    rows: Cells = [["Serial Number", "Model", "School", "Purchase Date"]]
    rows += [[f"S{number}", "M", "N", "2023-02-29"] for number in range(3000)]
    made = bring(client, home, (f"list.{kind}", WRITE[kind](rows)))
    (shown,) = shown_of(home, made)
    assert shown["counts"]["lines_read"] == shown["counts"]["rejected"] == 3000
    assert len(shown["cells"]) <= 40
    page = look(client, made)
    assert len(page) < 100_000
    assert "2,980 more like those" in page
    assert "Nothing was written" in apply(client, made)


@BOTH
def test_n82_addresses_and_names_of_persons_are_dropped_unread_and_the_file_goes_when_it_was_applied(
    kind: str, client: Client, home: District
) -> None:
    rows: Cells = [
        [*HEADINGS, "Assigned To", "E-mail", "Notes"],
        *([*row, f"Wilhelmina {CANARY}", f"w.{CANARY}@away.example", f"ask {CANARY}"] for row in ROWS),
    ]
    made = bring(client, home, (f"list.{kind}", WRITE[kind](rows)))
    (shown,) = shown_of(home, made)
    assert shown["dropped"] == [["Assigned To", 3], ["E-mail", 3], ["Notes", 3]]
    assert CANARY not in look(client, made)
    with within_district(home.pk):
        path = files.path_of(home, made.files.get())
    apply(client, made)
    assert not path.exists()
    assert _plan(home).snapshot.rows == 3
    assert not _kept_anywhere(store.root_of(home), CANARY)


@BOTH
@pytest.mark.parametrize("column", ["School", "Model", "Asset Tag"])
def test_n82_a_row_with_an_address_where_something_else_should_stand_is_refused(
    column: str, kind: str, client: Client, home: District
) -> None:
    made = bring(client, home, (f"list.{kind}", WRITE[kind](changed(column, f"w.{CANARY}@away.example"))))
    (shown,) = shown_of(home, made)
    assert (shown["counts"]["created"], shown["counts"]["rejected"]) == (2, 1)
    (cell,) = [item for item in shown["cells"] if item["severity"] == "error"]
    assert (cell["code"], cell["row"], cell["column"]) == ("TL-IMP-025", 3, column)
    assert CANARY not in look(client, made)
    apply(client, made)
    assert not [name for name in _kept_anywhere(store.root_of(home), CANARY) if "uploads" not in name]


def _kept_anywhere(folder: Path, word: str) -> list[str]:
    """Tables and files that hold a word."""
    found = [str(path) for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]
    with across_districts():
        for table_ in apps.get_models():
            found += [table_.__name__ for row in table_._default_manager.values_list() if word in repr(row)]
    return found


@BOTH
def test_n84_bait_for_slow_patterns_is_read_in_the_time_of_any_cell(kind: str, client: Client, home: District) -> None:
    bait = "a!" * 16_000
    heads = [*HEADINGS, "Phone", "URL", "E-mail"]
    rows: Cells = [heads, *([*row, bait, "http://" + bait, bait] for row in ROWS)]
    rows[2][HEADINGS.index("Model")] = bait
    rows[2][HEADINGS.index("Purchase Date")] = bait
    began = time.process_time()
    made = bring(client, home, (f"list.{kind}", WRITE[kind](rows)))
    assert time.process_time() - began < 5
    assert shown_of(home, made)[0]["counts"]["lines_read"] == 3


def test_n64_a_text_file_with_more_rows_than_any_district_has_is_refused(
    client: Client, home: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("bulk", "reading.delimited"):
        monkeypatch.setattr(f"throughline.importers.{module}.MOST_ROWS", 1000)  # two million would take a minute
    rows: Cells = [["Serial Number", "Model", "School"], *([f"S{number}", "M", "N"] for number in range(1200))]
    made = bring(client, home, ("list.csv", as_csv(rows)))
    (shown,) = shown_of(home, made)
    assert shown["status"] == "refused"
    assert "more than 1,000 rows" in look(client, made)


@BOTH
def test_n80_an_upload_cut_in_half_is_no_delivery(kind: str, client: Client, home: District) -> None:
    content = WRITE[kind](table())
    head = f'--b\r\nContent-Disposition: form-data; name="files"; filename="l.{kind}"\r\n\r\n'.encode()
    body = head + content[: len(content) // 2]
    answer = client.post("/d/home/inventory/bring/", body, content_type="multipart/form-data; boundary=b")
    assert answer.status_code == 400
    assert "nothing of it was kept" in answer.content.decode()
    assert post_files(client, (f"l.{kind}", content)).status_code == 302
