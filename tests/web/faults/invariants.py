"""What must hold after every fault; each function yields what is wrong, in words."""

from collections.abc import Iterator
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from tests.web.faults import writes
from throughline.app.records import manifest_of, noun_digests
from throughline.web.access.scope import across_districts, within_district
from throughline.web.audit.models import Chain, Entry
from throughline.web.districts.models import District
from throughline.web.jobs.models import DONE, ENDED, RUNNING, Job
from throughline.web.ops.checks_data import audit_log, integrity
from throughline.web.ops.files import wrong_files
from throughline.web.planning.bridge import read_plan
from throughline.web.planning.models import PlanHead, RecordChange, Revision

Journal = dict[str, dict[str, bool]]  # kind of write -> mark -> acknowledged


def violations(district: int, journal: Journal) -> list[str]:
    """Everything that is wrong, read from one unchanging view."""
    with transaction.atomic(), within_district(district):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        found = [*_database(), *_plan(), *_log(district), *_jobs(), *_journal(journal)]
    return [*found, *(f"I6: {words}" for words in wrong_files())]


def _database() -> Iterator[str]:
    ok, words, _ = integrity()
    if not ok:
        yield f"I1: {words}"


def _plan() -> Iterator[str]:
    head = PlanHead.objects.get()
    digest = manifest_of(noun_digests(read_plan()), head.blocks).digest
    if digest != head.digest:
        yield "half applied: the rows are not those of the head's digest"
    numbers = list(Revision.objects.order_by("number").values_list("number", flat=True))
    if numbers != list(range(1, head.number + 1)):
        yield f"I8: {len(numbers)} revisions, the head is at {head.number}"
    last = Revision.objects.get(number=head.number)
    if last.digest != head.digest:
        yield "I8: the last revision is not the head"
    with across_districts():
        strays = RecordChange.objects.exclude(revision__district_id=head.district_id).count()
    if strays:
        yield f"I4: {strays} changes of another district"
    for name in head.blocks:
        if "." not in name:
            yield f"I6: a block without a kind: {name}"
    unknown = {
        name for item in read_plan().snapshots for name in (item.block, item.cohorts, item.systems) if name
    } - set(head.blocks)
    if unknown:
        yield f"I6: records name blocks that the head does not: {sorted(unknown)}"


def _log(district: int) -> Iterator[str]:
    with across_districts():
        ok, words, _ = audit_log()
        if not ok:
            yield f"I5: {words}"
    entries = Entry.objects.filter(chain_id=district, action__in=("plan.changed", "plan.undone"))
    if entries.count() != Revision.objects.count():
        yield f"I5: {entries.count()} entries for {Revision.objects.count()} revisions"
    chain = Chain.objects.filter(number=district).first()
    if chain is not None and chain.sequence != Entry.objects.filter(chain_id=district).count():
        yield "I5: entries are missing at the end"


def _jobs() -> Iterator[str]:
    for job in Job.objects.all():
        if job.state == RUNNING and (job.lease is None or (timezone.now() - job.lease).total_seconds() > 60):
            yield f"I7: job {job.pk} runs without a lease"
        if job.state == DONE and job.result is None:
            yield f"job {job.pk} is done without a result"
        if job.state in ENDED and job.ended_at is None:
            yield f"job {job.pk} ended at no time"
        if job.attempt > 3:
            yield f"job {job.pk} was tried {job.attempt} times"


def _journal(journal: Journal) -> Iterator[str]:
    plan = read_plan()
    here = [site.id for site in plan.sites]
    steps = list(Revision.objects.values_list("what", flat=True))
    for mark, acknowledged in journal.get("write", {}).items():
        times = steps.count(f"journal {mark}")
        if times > 1 or here.count(mark) != times or (acknowledged and times != 1):
            yield f"I10: write {mark} (acknowledged: {acknowledged}) is there {times} times"
    for mark, acknowledged in journal.get("sites", {}).items():
        rows = sum(1 for site in plan.sites if site.name.startswith(f"{mark} school "))
        if rows not in (0, writes.SITES) or (acknowledged and rows != writes.SITES):
            yield f"I10: import {mark} (acknowledged: {acknowledged}) has {rows} of {writes.SITES} rows"
    for mark, acknowledged in journal.get("devices", {}).items():
        named = [item for item in plan.snapshots if any(mark in name for name in item.files)]
        if acknowledged and not named:
            named = list(RecordChange.objects.filter(noun="snapshots", after__icontains=f"{mark}-devices"))
            if not named:
                yield f"I10: the devices of {mark} were acknowledged and are gone"
    yield from _job_results(journal, here, steps)


def _job_results(journal: Journal, here: list[str], steps: list[str]) -> Iterator[str]:
    by_mark: dict[str, list[Any]] = {}
    for job in Job.objects.filter(kind="fault-write"):
        by_mark.setdefault(job.params["mark"], []).append(job)
    for mark, acknowledged in journal.get("job", {}).items():
        jobs, times = by_mark.get(mark, []), steps.count(f"journal {mark}")
        if acknowledged and len(jobs) != 1:
            yield f"I10: job {mark} was acknowledged and is there {len(jobs)} times"
        done = sum(1 for job in jobs if job.state == DONE)
        if times != done or here.count(mark) != done:
            yield f"job {mark}: {done} results, {times} effects"


def settled(district: int) -> bool:
    """Whether every job has ended."""
    with within_district(district):
        return not Job.objects.exclude(state__in=ENDED).exists()


def totals_agree(district: int) -> list[str]:
    """I2: money by fund and what nobody pays is the ledger's total, to the cent."""
    from throughline.app.run_plan import run_plan
    from throughline.app.summary import summarize
    from throughline.web.planning import store

    with within_district(district):
        opened = store.open_district(District.objects.get(pk=district))
        said = summarize(run_plan(opened, writes.DAY))
    funds = sum(row["cents"] for row in said["by_fund"].values()) + said["unfunded"]["cents"]
    return [] if funds == said["totals"]["cents"] else [f"I2: {funds} by fund, {said['totals']['cents']} in all"]
