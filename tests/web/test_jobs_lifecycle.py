"""A job from its start to its one result: through death of workers, cancelling, limits and unknown kinds."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from throughline.web.access.scope import Actor, across_districts, acting, actor, scope, within_district
from throughline.web.accounts.models import User
from throughline.web.audit.models import Entry
from throughline.web.districts.models import District
from throughline.web.jobs import attempt, jobs, queue, reaper
from throughline.web.jobs.kinds import _kinds, job_kind
from throughline.web.jobs.models import CANCELLED, DONE, FAILED, QUEUED, RUNNING, Job

seen: list[Any] = []


@pytest.fixture(autouse=True)
def kinds() -> Iterator[None]:
    """Kinds of the tests, taken away afterwards."""

    @job_kind("note", "Note", heavy=False)
    def note(job: Job, text: str) -> dict[str, Any]:
        seen.append((text, scope(), actor().name))
        return {"length": len(text)}

    @job_kind("stubborn", "Stubborn")
    def stubborn(job: Job) -> None:
        raise jobs.JobError("The file has no rows.")

    @job_kind("stoppable", "Stoppable")
    def stoppable(job: Job) -> None:
        Job.objects.filter(pk=job.pk).update(cancel_requested=True)  # as a page would, meanwhile
        jobs.progress(job, 100, "half-way")
        seen.append("went on")

    seen.clear()
    yield
    for name in ("note", "stubborn", "stoppable"):
        _kinds.pop(name)


@pytest.fixture
def inside(home: District) -> Iterator[District]:
    with within_district(home.pk), acting(Actor("pat@home.example")):
        yield home


def fetched(job: Job) -> Job:
    with across_districts():
        return Job.objects.get(pk=job.pk)


def test_a_job_runs_in_the_district_and_name_of_who_started_it(inside: District) -> None:
    job = jobs.start("note", text="hello")
    with acting(Actor("the worker")):
        assert attempt.drain() == 1
    assert seen == [("hello", inside.pk, "pat@home.example")]
    done = fetched(job)
    assert (done.state, done.result, done.percent, done.attempt) == (DONE, {"length": 5}, 100, 1)
    assert list(Entry.objects.filter(subject=f"job/{job.pk}").values_list("action", flat=True)) == [
        "job.started",
        "job.done",
    ]


def test_the_same_work_is_one_job_while_it_is_open(inside: District) -> None:
    first = jobs.start("note", text="a")
    assert jobs.start("note", text="a").pk == first.pk
    assert jobs.start("note", text="b").pk != first.pk
    assert jobs.start("note", key="", text="a").pk != first.pk
    attempt.drain()
    assert jobs.start("note", text="a").pk != first.pk


def test_what_cannot_be_done_fails_with_its_reason(inside: District) -> None:
    job = jobs.start("stubborn")
    attempt.drain()
    assert (fetched(job).state, fetched(job).reason) == (FAILED, "The file has no rows.")


def test_a_running_job_ends_where_it_notes_its_progress(inside: District) -> None:
    job = jobs.start("stoppable")
    attempt.drain()
    assert fetched(job).state == CANCELLED
    assert seen == []


def test_a_waiting_job_is_cancelled_at_once(inside: District) -> None:
    job = jobs.start("note", text="a")
    jobs.cancel(job)
    assert job.state == CANCELLED
    assert attempt.drain() == 0


def test_a_job_of_a_dead_worker_is_done_again_and_its_old_attempt_can_write_nothing(inside: District) -> None:
    job = jobs.start("note", text="a")
    lost = jobs.claim(job.pk, "dead")
    assert lost is not None
    assert reaper.reap() == []  # its lease still runs
    Job.objects.filter(pk=job.pk).update(lease=timezone.now() - timedelta(seconds=1))
    assert reaper.reap() == [job.pk]
    assert job.pk in queue.waiting()
    again = jobs.claim(job.pk, "alive")
    assert again is not None
    assert again.attempt == 2
    assert not jobs.beat(lost)
    with pytest.raises(jobs.Lost):
        jobs.progress(lost, 100)

    @transaction.atomic
    def effect_of_the_dead() -> None:
        District.objects.filter(pk=inside.pk).update(name="changed by the dead")
        jobs.deliver(lost, {"who": "dead"})

    with pytest.raises(jobs.Lost):
        effect_of_the_dead()
    assert District.objects.get(pk=inside.pk).name == "Home"
    jobs.deliver(again, {"who": "alive"})
    assert fetched(job).result == {"who": "alive"}


def test_after_three_attempts_a_job_has_failed_with_a_reason(inside: District) -> None:
    job = jobs.start("note", text="a")
    for _ in range(jobs.MOST_ATTEMPTS):
        assert jobs.claim(job.pk, "dies") is not None
        Job.objects.filter(pk=job.pk).update(lease=timezone.now() - timedelta(seconds=1))
        reaper.reap()
    assert fetched(job).state == FAILED
    assert "3 times" in fetched(job).reason
    assert jobs.claim(job.pk, "late") is None


def test_a_worker_that_is_told_to_end_does_not_count_its_attempt(inside: District) -> None:
    job = jobs.start("note", text="a")
    claimed = jobs.claim(job.pk, "ending")
    assert claimed is not None
    jobs.put_back(claimed, False, "")
    assert (fetched(job).state, fetched(job).attempt) == (QUEUED, 0)


def test_a_district_has_one_heavy_job_at_a_time(inside: District, away: District) -> None:
    first, second = jobs.start("stubborn"), jobs.start("stubborn", key="")
    light = jobs.start("note", text="a")
    with within_district(away.pk):
        elsewhere = jobs.start("stubborn")
    assert jobs.claim(first.pk, "a") is not None
    assert jobs.claim(second.pk, "b") is None
    assert jobs.claim(light.pk, "b") is not None
    assert jobs.claim(elsewhere.pk, "b") is not None


def test_a_kind_of_a_newer_version_is_left_to_its_worker(inside: District) -> None:
    with pytest.raises(ValueError, match="no kind"):
        jobs.start("tomorrow")
    job = Job.objects.create(district=inside, kind="tomorrow", by="newer")
    attempt.attempt(job.pk)
    assert fetched(job).state == QUEUED
    assert job.pk in queue.waiting()


def test_a_job_that_lost_its_place_in_the_queue_gets_another(inside: District) -> None:
    job = Job.objects.create(district=inside, kind="note", params={"text": "a"}, by="x")
    Job.objects.filter(pk=job.pk).update(made_at=timezone.now() - timedelta(minutes=1))
    assert job.pk not in queue.waiting()
    reaper.reap()
    assert job.pk in queue.waiting()


def test_the_kinds_that_every_room_uses_are_found(inside: District) -> None:
    job = jobs.start("run")
    attempt.drain()
    assert fetched(job).state == DONE
    assert set(fetched(job).result) == {"digest", "run"}


def test_the_running_state_is_shown_and_can_be_cancelled(
    inside: District, cast: dict[str, User], signed_in: Any
) -> None:
    job = jobs.start("stubborn")
    running = jobs.claim(job.pk, "w")
    assert running is not None
    Job.objects.filter(pk=job.pk).update(percent=40, words="Reading rows")
    browser = signed_in(cast["business_office"])
    part = browser.get(f"/d/home/jobs/{job.pk}/", headers={"HX-Request": "true"})
    text = part.content.decode()
    assert "Reading rows" in text
    assert 'value="40"' in text
    assert "<html" not in text
    assert "throughline:job-ended" not in part.headers.get("HX-Trigger", "")
    assert "Stubborn" in browser.get("/d/home/jobs/").content.decode()
    assert browser.post(f"/d/home/jobs/{job.pk}/cancel/").status_code == 302
    assert fetched(job).cancel_requested
    assert fetched(job).state == RUNNING
    jobs.cancelled(running)
    ended = browser.get(f"/d/home/jobs/{job.pk}/", headers={"HX-Request": "true"})
    assert "hx-get" not in ended.content.decode()
    assert "throughline:job-ended" in ended.headers["HX-Trigger"]


def test_who_only_reads_cannot_cancel_and_a_stranger_sees_nothing(
    inside: District, cast: dict[str, User], signed_in: Any
) -> None:
    job = jobs.start("stubborn")
    assert signed_in(cast["board"]).post(f"/d/home/jobs/{job.pk}/cancel/").status_code == 403
    assert signed_in(cast["stranger"]).get(f"/d/home/jobs/{job.pk}/").status_code == 404
    assert fetched(job).state == QUEUED


def test_every_room_s_kinds_load_and_have_names_of_their_own(db: None) -> None:
    from throughline.web.jobs import kinds

    kinds.kind_of("no such kind")
    assert {"run", "documents"} <= kinds._kinds.keys()


def test_two_threads_that_ask_first_both_find_the_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    import time
    from concurrent.futures import ThreadPoolExecutor

    from throughline.web.jobs import kinds

    def slowly(name: str) -> None:
        time.sleep(0.02)
        kinds._kinds["late"] = kinds._kinds["note"]

    monkeypatch.setattr(kinds, "_loaded", False)
    monkeypatch.setattr(kinds, "import_module", slowly)
    try:
        with ThreadPoolExecutor(4) as pool:
            assert all(pool.map(kinds.kind_of, ["late"] * 4))
    finally:
        kinds._kinds.pop("late", None)
