"""Documents: built once per run, kept by content, marked when the plan moves on, removed a week after they were superseded."""

import io
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.test import Client
from django.utils import timezone

from throughline.app.plans import open_plan
from throughline.app.set_value import set_values
from throughline.web.access.scope import Actor, acting, within_district
from throughline.web.accounts.models import User
from throughline.web.audit.models import Entry
from throughline.web.districts.models import District
from throughline.web.jobs import jobs
from throughline.web.jobs.attempt import drain
from throughline.web.planning import store
from throughline.web.teamwork import documents
from throughline.web.teamwork.models import BuiltDocument

QUICK = ("summary_text.txt", "cost_lines.csv")


@pytest.fixture
def inside(home: District) -> Iterator[District]:
    with within_district(home.pk), acting(Actor("pat@home.example")):
        set_values(store.open_district(home), ["budget=180000"], date(2026, 11, 22))
        yield home


def test_a_document_is_kept_under_the_digest_of_its_content(inside: District) -> None:
    for row in documents.build(inside, QUICK):
        data = documents.file_of(inside, row).read_bytes()
        assert sha256(data).hexdigest() == row.digest
        assert len(data) == row.size
        assert row.by == "pat@home.example"


def test_pages_of_a_pdf_are_kept_as_pictures(inside: District) -> None:
    (row,) = documents.build(inside, ["board_agenda.pdf"])
    assert row.pages >= 1
    assert documents.page_of(inside, row, row.pages).read_bytes().startswith(b"\x89PNG")
    assert not documents.page_of(inside, row, row.pages + 1).exists()


def test_documents_know_when_the_plan_moved_on(inside: District) -> None:
    (row,) = documents.build(inside, ["summary_text.txt"])
    assert not documents.is_stale(row, store.open_district(inside))
    set_values(store.open_district(inside), ["budget=190000"], date(2026, 11, 22))
    assert documents.is_stale(row, store.open_district(inside))


def test_what_was_superseded_is_removed_after_seven_days_and_shared_files_stay(inside: District) -> None:
    (old,) = documents.build(inside, ["summary_text.txt"])
    (same,) = documents.build(inside, ["summary_text.txt"])
    set_values(store.open_district(inside), ["budget=190000"], date(2026, 11, 22))
    (new,) = documents.build(inside, ["summary_text.txt"])
    assert (old.digest == same.digest, new.digest == old.digest) == (True, False)

    BuiltDocument.objects.filter(pk=old.pk).update(superseded_at=timezone.now() - timedelta(days=8))
    assert documents.sweep(inside) == 1
    assert documents.file_of(inside, same).exists()  # the second row still names it

    BuiltDocument.objects.filter(pk=same.pk).update(superseded_at=timezone.now() - timedelta(days=8))
    assert documents.sweep(inside) == 1
    assert not documents.file_of(inside, same).exists()
    assert documents.file_of(inside, new).exists()


def test_a_job_builds_what_was_asked_for(inside: District) -> None:
    job = jobs.start("documents", wanted=list(QUICK))
    drain()
    job.refresh_from_db()
    assert job.state == "done", job.reason
    assert BuiltDocument.objects.filter(pk__in=job.result["documents"], superseded_at=None).count() == 2


def test_a_document_nobody_writes_is_refused_in_words(inside: District) -> None:
    job = jobs.start("documents", wanted=["horoscope.pdf"])
    drain()
    job.refresh_from_db()
    assert job.state == "failed"
    assert "there is no document horoscope.pdf" in job.reason


def test_the_pages_show_preview_and_download_a_document(
    inside: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    pdf, text = documents.build(inside, ["board_agenda.pdf", "summary_text.txt"])
    browser = signed_in(cast["board"])
    page = browser.get("/d/home/documents/").content.decode()
    assert "Of today’s plan" in page
    assert pdf.run[:12] in page
    assert f"page-{pdf.pages}.png" in browser.get(f"/d/home/documents/{pdf.pk}/").content.decode()
    picture = browser.get(f"/d/home/documents/{pdf.pk}/page-1.png")
    assert b"".join(picture.streaming_content).startswith(b"\x89PNG")  # type: ignore[attr-defined]  # a streaming response
    assert browser.get(f"/d/home/documents/{pdf.pk}/page-99.png").status_code == 404
    assert browser.get(f"/d/home/documents/{text.pk}/").status_code == 200

    answer = browser.get(f"/d/home/documents/{pdf.pk}/download/")
    assert b"".join(answer.streaming_content).startswith(b"%PDF")  # type: ignore[attr-defined]  # a streaming response
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert Entry.objects.filter(action="document.downloaded", user_number=cast["board"].pk).count() == 1


def test_the_whole_plan_leaves_as_a_folder_with_the_same_digest_and_is_logged(
    inside: District, cast: dict[str, User], signed_in: Callable[[User], Client], tmp_path: Path
) -> None:
    answer = signed_in(cast["business_office"]).post("/d/home/documents/export/")
    packed = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))  # type: ignore[attr-defined]  # a streaming response
    packed.extractall(tmp_path)
    assert open_plan(tmp_path / "home").manifest.digest == store.open_district(inside).manifest.digest
    assert "exported" in (tmp_path / "home" / "READ-ME.txt").read_text()
    assert Entry.objects.filter(action="plan.exported").count() == 1
    assert signed_in(cast["cabinet"]).post("/d/home/documents/export/").status_code == 403


def test_another_districts_document_answers_like_an_absent_one(
    inside: District, away: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    with within_district(away.pk):
        (foreign,) = documents.build(away, ["summary_text.txt"])
    browser = signed_in(cast["district_admin"])
    absent = browser.get("/d/home/documents/999999/download/")
    found = browser.get(f"/d/home/documents/{foreign.pk}/download/")
    assert found.status_code == absent.status_code == 404


def test_the_board_reads_and_does_not_build(
    inside: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    assert (
        signed_in(cast["board"]).post("/d/home/documents/build/", {"document": "summary_text.txt"}).status_code == 403
    )
    assert (
        signed_in(cast["cabinet"]).post("/d/home/documents/build/", {"document": "summary_text.txt"}).status_code == 302
    )
    assert drain() == 1
    assert BuiltDocument.objects.filter(by=cast["cabinet"].email).count() == 1
