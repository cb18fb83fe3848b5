"""What nobody needs any more goes, once a day, by the clock of whichever worker is first; done twice, it finds nothing.

Entries of the log, adopted versions, and pages that were public are never removed.
"""

import shutil
import tempfile
import time
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q

from throughline.web.access.limits import forget_old
from throughline.web.access.scope import SERVER, across_districts, acting, within_district
from throughline.web.accounts.models import Invitation, OneTimeLink
from throughline.web.api.models import KeptAnswer
from throughline.web.audit.log import append
from throughline.web.config.paths import data_folder, private
from throughline.web.config.retention import kept
from throughline.web.districts.models import District
from throughline.web.intake.store import remove_old
from throughline.web.jobs.models import ENDED, Job
from throughline.web.publishing.publish import remove_drafts
from throughline.web.teamwork.documents import sweep

RECORD = "last-sweep"
DAY = 86_400
ANSWERS = timedelta(days=2)
LEFT_BEHIND = ("throughline-upload-*", "throughline-export-*", "throughline-document-*")  # by a process that was killed


def daily(today: date) -> dict[str, int] | None:
    """Remove what is over, when nobody did today; None when somebody did. Returns the numbers by kind."""
    record = private(data_folder()) / RECORD
    with suppress(FileNotFoundError):
        if record.read_text(encoding="ascii").strip() >= today.isoformat():
            return None
    found = remove(datetime.now(UTC))
    part = record.with_suffix(".part")
    part.write_text(f"{today.isoformat()}\n", encoding="ascii")
    part.replace(record)
    return found


def remove(now: datetime) -> dict[str, int]:
    """Remove what is over at a moment; the numbers stand in the log."""
    with acting(SERVER):
        found = {"jobs": _jobs(now), "links": _links(now), "sessions": _sessions(now), "answers": _answers(now)}
        found |= {"uploads": 0, "documents": 0, "drafts": 0}
        for district in District.objects.all():
            with within_district(district.pk):
                found["uploads"] += remove_old(district, now)
                found["documents"] += sweep(district, now)
                found["drafts"] += remove_drafts(district, now)
        forget_old(now.timestamp())
        _left_behind(now.timestamp())
        numbers = {name: number for name, number in found.items() if number}
        if numbers:
            append("retention.swept", "installation", **numbers)
    return found


def _jobs(now: datetime) -> int:
    with across_districts():
        return int(Job.objects.filter(state__in=ENDED, ended_at__lt=now - kept("jobs")).delete()[0])


def _links(now: datetime) -> int:
    over = now - kept("links")
    ended = Q(used_at__lt=over) | Q(expires_at__lt=over)
    links = OneTimeLink.objects.filter(ended).delete()[0]
    return int(links + Invitation.objects.filter(ended | Q(withdrawn_at__lt=over)).delete()[0])


def _sessions(now: datetime) -> int:
    from allauth.usersessions.models import UserSession

    with transaction.atomic():
        gone = Session.objects.filter(expire_date__lt=now).delete()[0]
        UserSession.objects.filter(last_seen_at__lt=now - kept("sessions")).delete()
    return int(gone)


def _answers(now: datetime) -> int:
    with across_districts():
        return int(KeptAnswer.objects.filter(made_at__lt=now - ANSWERS).delete()[0])


def _left_behind(now: float) -> None:
    ours = data_folder().stat().st_uid
    places = [(data_folder(), ".backup-*"), *((Path(tempfile.gettempdir()), name) for name in LEFT_BEHIND)]
    for folder, pattern in places:
        for path in folder.glob(pattern):
            with suppress(OSError):  # another account's, or gone meanwhile
                told = path.stat()
                if path.is_dir() and told.st_uid == ours and told.st_mtime < min(now, time.time()) - DAY:
                    shutil.rmtree(path)
