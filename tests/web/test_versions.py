"""Adopted versions: frozen whole, never changed, checked file by file, and what the working copy is measured against."""

from collections.abc import Iterator
from datetime import date

import pytest

from throughline.app.records import FolderError
from throughline.app.set_value import set_values
from throughline.web.access.scope import Actor, acting, within_district
from throughline.web.audit.models import Entry
from throughline.web.districts.models import District
from throughline.web.jobs import jobs
from throughline.web.jobs.attempt import drain
from throughline.web.planning import store
from throughline.web.planning.adopted import adopted
from throughline.web.planning.models import PlanHead
from throughline.web.teamwork import versions
from throughline.web.teamwork.models import PlanVersion

DAY = date(2026, 6, 16)


@pytest.fixture
def inside(home: District) -> Iterator[District]:
    with within_district(home.pk), acting(Actor("pat@home.example")):
        set_values(store.open_district(home), ["budget=180000"], date(2026, 11, 22))
        yield home


@pytest.mark.slow
def test_a_version_holds_the_plan_its_run_and_its_documents_and_shows_any_change(inside: District) -> None:
    head = PlanHead.objects.get()
    made = versions.adopt(inside, "", DAY, "6 to 1", head.digest)
    assert (made.number, made.label, made.plan_digest) == (1, "Version 1", head.digest)
    assert {"summary.json", "documents/board-packet.pdf", "documents/cost-lines.parquet"} <= set(made.files)
    assert Entry.objects.filter(action="plan.adopted", subject="version/1").count() == 1
    assert versions.verify(inside, made) == []

    found = adopted(inside)
    assert found is not None
    assert (found.number, found.on, found.result.digest) == (1, DAY, made.run)
    assert versions.version_words(made, head.digest) == "Version 1 as adopted June 16, 2026"
    set_values(store.open_district(inside), ["budget=190000"], date(2026, 11, 22))
    words = versions.version_words(made, PlanHead.objects.get().digest)
    assert words == "Working copy, based on version 1 adopted June 16, 2026"
    assert versions.open_version(inside, made).plan != store.open_district(inside).plan

    with pytest.raises(ValueError, match="never changes"):
        made.save()
    place = versions.adopted_folder(inside, made.folder)
    (place / "summary.json").write_text("{}")
    assert versions.verify(inside, made) == ["summary.json"]
    (place / "adopted.json").write_text("{}")
    assert versions.verify(inside, PlanVersion.objects.get())[0] == "adopted.json"


def test_a_plan_that_was_changed_after_the_decision_is_not_adopted(inside: District) -> None:
    seen = PlanHead.objects.get().digest
    set_values(store.open_district(inside), ["budget=190000"], date(2026, 11, 22))
    with pytest.raises(FolderError, match="changed after you asked"):
        versions.adopt(inside, "", DAY, seen=seen)
    assert not PlanVersion.objects.exists()


def test_adopting_is_a_job_whose_failure_is_told(inside: District) -> None:
    job = jobs.start("adopt", label="", adopted_on="2026-06-16", note="", seen="another")
    drain()
    job.refresh_from_db()
    assert (job.state, PlanVersion.objects.count()) == ("failed", 0)
    assert "Look at it again" in job.reason


def test_nothing_adopted_is_said_so(inside: District) -> None:
    assert adopted(inside) is None
    assert versions.version_words(None, "") == "Working copy, nothing adopted yet"
