"""Refused rows are given back to be mended: own columns, row, reason, remedy; brought again, just these change."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.web.bringing import apply, bring, look, read_fast, shown_of
from throughline.importers.reading.spreadsheet import grids_of
from throughline.importers.reading.upload import Upload
from throughline.web.access.scope import within_district
from throughline.web.accounts.models import User
from throughline.web.audit.models import Entry
from throughline.web.districts.models import District
from throughline.web.planning import store

HEADINGS = ["Serial Number", "Asset ID", "Model", "Status", "Organizational Unit Path", "Annotated User", "First Enrollment Time",
            "Last policy sync"]  # fmt: skip
WHO = "wilhelmina@home.example"


def _export(*bad: int) -> list[list[str]]:
    """A list that names every device there is; a day of the rows named does not exist."""
    return [
        HEADINGS,
        *(
            [f"1H7000{n}", "=1+1" if n == 2 else f"00{n}", "HP Chromebook 11 G5", "Provisioned", "/North", WHO,
             "2020-02-31 09:15" if n in bad else "2020-02-21 09:15", "2026-11-01 07:45"]
            for n in range(6)
        ),
    ]  # fmt: skip


def _csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def _read(data: bytes, form: str, tmp_path: Any) -> list[list[str]]:
    if form == "csv":
        return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    path = tmp_path / "back.xlsx"
    path.write_bytes(data)
    return [[str(cell) for cell in line.cells] for line in grids_of(Upload.of(path))[0].lines()]


@pytest.fixture
def client(cast: dict[str, User], signed_in: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch) -> Client:
    read_fast(monkeypatch)
    return signed_in(cast["tech_leader"])


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_rows_are_given_back_mended_and_brought_without_touching_the_others(
    form: str, client: Client, home: District, tmp_path: Any
) -> None:
    made = bring(client, home, ("chromebooks.csv", _csv(_export(2, 4))))
    assert shown_of(home, made)[0]["counts"]["rejected"] == 2
    address = f"/d/home/inventory/bring/{made.ref}/0/refused.{form}"
    assert address in look(client, made)
    answer = client.get(address)
    assert f"chromebooks-refused.{form}" in answer.headers["Content-Disposition"]
    headings, *rows = _read(answer.content, form, tmp_path)
    assert headings == [
        *(name for name in HEADINGS if name != "Annotated User"),
        "Refused row",
        "Why it was refused",
        "What to do",
    ]
    assert [row[-3] for row in rows] == ["4", "6"]
    assert all("First Enrollment Time" in row[-2] and len(row[-1]) > 10 for row in rows)
    assert WHO not in repr(rows)
    assert rows[0][1] == "'=1+1"
    apply(client, made)
    for row in rows:
        row[5] = "2020-02-21 09:15"
    again = bring(client, home, ("mended.csv", _csv([headings, *rows])))
    (shown,) = shown_of(home, again)
    assert shown["importer"] == "google_chromeos"
    assert shown["questions"] == []
    assert (shown["counts"]["created"], shown["counts"]["rejected"], shown["retired"]) == (2, 0, 0)
    apply(client, again)
    with within_district(home.pk):
        snapshot = store.open_district(home).plan.snapshot
        assert snapshot is not None
        assert snapshot.rows == 6
        assert Entry.objects.filter(action="rows.given back").count() == 1


def test_more_rows_than_the_page_shows_are_given_back_whole(client: Client, home: District, tmp_path: Any) -> None:
    rows = [["Serial Number", "Model", "School", "Purchase Date"]]
    rows += [[f"S{number}", "M", "N", "2023-02-29"] for number in range(300)]
    made = bring(client, home, ("list.csv", _csv(rows)))
    assert len(shown_of(home, made)[0]["cells"]) < 50
    found = _read(client.get(f"/d/home/inventory/bring/{made.ref}/0/refused.csv").content, "csv", tmp_path)
    assert len(found) == 301
    assert [row[0] for row in found[1:]] == [f"S{number}" for number in range(300)]


def test_nothing_is_given_back_of_a_good_file_a_wrong_form_or_another_district(
    client: Client, home: District, away: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    made = bring(client, home, ("chromebooks.csv", _csv(_export())))
    assert "refused.csv" not in look(client, made)
    page = client.get(f"/d/home/inventory/bring/{made.ref}/0/refused.csv", follow=True).content.decode()
    assert "No row of this file can be given back" in page
    assert client.get(f"/d/home/inventory/bring/{made.ref}/0/refused.pdf").status_code == 404
    assert client.get(f"/d/home/inventory/bring/{made.ref}/7/refused.csv").status_code == 404
    assert client.get(f"/d/away/inventory/bring/{made.ref}/0/refused.csv").status_code == 404
    assert signed_in(cast["board"]).get(f"/d/home/inventory/bring/{made.ref}/0/refused.csv").status_code == 403
