"""Kinds of jobs of the fault tests."""

import time
from typing import Any

from django.db import transaction

from tests.web.faults import writes
from throughline.app.records import FolderError
from throughline.web.jobs.jobs import deliver, progress
from throughline.web.jobs.kinds import job_kind
from throughline.web.jobs.models import Job


@job_kind("fault-write", "Fault", heavy=True)
def fault_write(job: Job, mark: str, tenths: int) -> None:
    """Work a while, then write one record and the result in one transaction."""
    for step in range(tenths):
        progress(job, step * 90 // tenths, "working")
        time.sleep(0.1)
    while True:
        try:
            with transaction.atomic():
                deliver(job, {"revision": writes.write_site(job.district, mark)})
            return
        except FolderError:
            time.sleep(0.05)  # somebody else's step came between


@job_kind("fault-sleep", "Sleep", heavy=False, minutes=0.05)
def fault_sleep(job: Job, seconds: float) -> dict[str, Any]:
    """Do nothing for a while, without listening."""
    time.sleep(seconds)
    return {}


@job_kind("fault-eat", "Eat", heavy=False, memory_mb=300)
def fault_eat(job: Job) -> dict[str, Any]:
    """Take more memory than allowed."""
    kept = [bytearray(20 << 20) for _ in range(100)]
    return {"kept": len(kept)}
