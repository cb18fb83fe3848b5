"""Real workers: done once, cancelled within seconds, limited in time and memory, taken over when killed."""

import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.web.faults.installation import Installation, Server, serving

pytestmark = pytest.mark.slow
Copied = Callable[..., Installation]

STATES = """
import json
from throughline.web.access.scope import across_districts
from throughline.web.jobs.models import Job
with across_districts():
    print(json.dumps([[job.kind, job.state, job.attempt, job.reason, job.result] for job in Job.objects.order_by("pk")]))
"""
START = """
import json
from throughline.web.access.scope import within_district
from throughline.web.districts.models import District
from throughline.web.jobs.jobs import start
with within_district(District.objects.get(slug="home").pk):
    print(json.dumps(start({kind!r}, **{params!r}).pk))
"""


def begin(home: Installation, kind: str, **params: Any) -> int:
    return int(home.script(START.format(kind=kind, params=params)))


def until(home: Installation, good: Callable[[list[Any]], bool], seconds: float = 180) -> list[Any]:
    began = time.monotonic()
    while True:
        found: list[Any] = home.script(STATES)
        if good(found):
            return found
        assert time.monotonic() - began < seconds, found


def ended(found: list[Any]) -> bool:
    return all(job[1] not in ("queued", "running") for job in found)


def running(server: Server) -> bool:
    began = time.monotonic()
    while not server.parts()["job"]:
        assert time.monotonic() - began < 90
        time.sleep(0.05)
    return True


def test_a_job_is_done_cancelled_or_ended_at_its_limits(copied: Copied, cookie: str) -> None:
    home = copied(faults=True)
    with serving(home) as server:
        assert server.ask("/d/home/fault/job/", cookie, mark="one").status == 200
        until(home, ended)
        begin(home, "fault-sleep", seconds=60)
        begin(home, "fault-eat")
        found = until(home, ended)
        assert found[0][1:3] == ["done", 1]
        assert found[1][1] == "failed"
        assert "took longer than 0.05 minutes" in found[1][3]
        assert found[2][1] == "failed"
        assert "300 MB of memory" in found[2][3]
        number = server.ask("/d/home/fault/job/", cookie, mark="two", tenths="1200").json()["job"]
        running(server)
        asked = time.monotonic()
        assert server.ask(f"/d/home/jobs/{number}/cancel/", cookie, ok="1").status == 200
        assert until(home, ended)[3][1] == "cancelled"
        assert time.monotonic() - asked < 30


def test_a_job_of_a_killed_worker_is_done_once_by_the_next(copied: Copied, cookie: str) -> None:
    home = copied(faults=True)
    with serving(home) as server:
        assert server.ask("/d/home/fault/job/", cookie, mark="one", tenths="20").status == 200
        running(server)
        server.parts()["job"][0].parent().kill()
        (job,) = until(home, ended)
        assert job[1:3] == ["done", 2]


def test_a_job_whose_own_process_is_killed_three_times_has_failed_with_a_reason(copied: Copied, cookie: str) -> None:
    home = copied(faults=True)
    with serving(home) as server:
        assert server.ask("/d/home/fault/job/", cookie, mark="one", tenths="50").status == 200
        for _ in range(3):
            running(server)
            server.parts()["job"][0].kill()
            time.sleep(0.3)
        (job,) = until(home, ended)
        assert job[1:3] == ["failed", 3]
        assert "3 times" in job[3]


def test_a_worker_that_is_told_to_end_puts_its_job_back(copied: Copied, cookie: str) -> None:
    home = copied(faults=True)
    with serving(home) as server:
        assert server.ask("/d/home/fault/job/", cookie, mark="one", tenths="20").status == 200
        running(server)
    (job,) = home.script(STATES)
    assert job[1:3] == ["queued", 0]
    home.run("worker", "--once")
    assert home.script(STATES)[0][1:3] == ["done", 1]
