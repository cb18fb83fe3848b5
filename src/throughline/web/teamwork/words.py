"""What the frame of every page says of shared work: which version the plan rests on, and how much waits for the reader."""

from django.db import DatabaseError
from django.utils import timezone

from throughline.web.planning.models import PlanHead
from throughline.web.teamwork.models import Task
from throughline.web.teamwork.models.tasks import ENDED
from throughline.web.teamwork.tasks import mine
from throughline.web.teamwork.versions import latest, version_words


def words_of_version() -> str:
    """For the top bar; nothing when the database does not answer, so that a page of an error still appears."""
    try:
        head = PlanHead.objects.first()
        return version_words(latest(), head.digest) if head else ""
    except DatabaseError:
        return ""


def waiting_for(user: int, role: str) -> int:
    """Tasks of the reader and of the reader's role that are not done: one query."""
    try:
        return int(Task.objects.filter(mine(user, role)).exclude(state__in=ENDED).count())
    except DatabaseError:
        return 0


def overdue(task: Task) -> bool:
    """Whether its day is over and it is not done."""
    return task.due_at is not None and not task.ended and task.due_at < timezone.now()
