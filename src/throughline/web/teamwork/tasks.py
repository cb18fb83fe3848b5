"""Tasks, reviews and requests: made, taken on, commented, answered. Every step stands in the log; texts never do.

A comment may be anonymous to readers; its author is known to those who manage people and, by the log, to auditors. Words of a
confidential comment are encrypted, and the log keeps their keyed hash.
"""

from datetime import date
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext

from throughline.web.access.encrypted import keyed_hash
from throughline.web.access.policy import policy
from throughline.web.access.scope import actor, scope
from throughline.web.accounts.models import Membership, User
from throughline.web.audit.log import append
from throughline.web.audit.models import Entry
from throughline.web.teamwork.mail import queue_template
from throughline.web.teamwork.models import Comment, Task
from throughline.web.teamwork.models.tasks import (
    APPROVED,
    DECLINED,
    DONE,
    IN_PROGRESS,
    OPEN,
    RETURNED,
    REVIEW,
    TASK,
    WAITING,
)
from throughline.web.teamwork.zones import end_of_day, zone_of

NEXT = {
    OPEN: (IN_PROGRESS, WAITING, DONE, DECLINED),
    IN_PROGRESS: (WAITING, DONE, DECLINED, OPEN),
    WAITING: (IN_PROGRESS, DONE, DECLINED, OPEN),
    DONE: (OPEN,),
    DECLINED: (OPEN,),
}
PLACE = "teamwork.Comment.secret_words"


class TaskError(ValueError):
    """The step cannot be taken; the text says why."""


def mine(user: int, role: str) -> Q:
    """Tasks of a person, and those of everyone with the role."""
    return Q(assignee_id=user) | Q(assignee=None, assignee_role=role)


def create(
    title: str, kind: str = TASK, words: str = "", route: str = "", route_args: list[Any] | None = None,
    subject: str = "", finding: str = "", assignee: User | None = None, role: str = "", due_on: date | None = None,
    state: str = "",
) -> Task:  # fmt: skip
    """A new task of the district in scope; `state` (NJ) says where its day ends. Raises TaskError."""
    if not title.strip():
        raise TaskError(gettext("Say in a few words what is to be done."))
    if assignee is not None and not members().filter(pk=assignee.pk).exists():
        raise TaskError(gettext("That person has no role in this district."))
    if assignee is None and role not in policy().roles:
        raise TaskError(gettext("Choose a person or a role."))
    who = actor()
    with transaction.atomic():
        made: Task = Task.objects.create(
            district_id=int(scope()), kind=kind, title=title.strip()[:200], words=words.strip(), route=route,
            route_args=route_args or [], subject=subject[:200], finding=finding[:40], assignee=assignee,
            assignee_role="" if assignee else role, due_on=due_on,
            due_at=end_of_day(due_on, zone_of(state)) if due_on else None, created_by_id=who.user,
            created_by_name=who.name,
        )  # fmt: skip
        append(
            "task.opened", f"task/{made.pk}", kind=kind, assignee=assignee.pk if assignee else None,
            role=made.assignee_role, due_on=due_on.isoformat() if due_on else None,
        )  # fmt: skip
        if assignee is not None and assignee.pk != who.user:
            _tell(made, assignee)
    return made


def _tell(task: Task, assignee: User) -> None:
    """A mail says that something waits, and where; what it is about stays behind the sign-in."""
    address = f"{settings.PUBLIC_URL}{reverse('tasks:task', args=[task.district.slug, task.pk])}"
    words: dict[str, object] = {"task": task, "by": task.created_by_name, "address": address}
    queue_template(
        assignee.email, "tasks/mail/asked.txt", words, f"task/{task.pk}/asked/{assignee.pk}", task.district_id
    )


def move(task: Task, state: str) -> None:
    """Another state; raises TaskError when it does not follow from the present one."""
    with transaction.atomic():
        now = Task.objects.select_for_update().get(pk=task.pk)
        if state == now.state:
            return
        if state not in NEXT[now.state]:
            raise TaskError(gettext("Somebody changed this task meanwhile. Look at it again."))
        now.state = state
        if state == OPEN:
            now.verdict = ""
        now.save(update_fields=["state", "verdict", "changed_at"])
        append("task.moved", f"task/{task.pk}", to=state)
    task.refresh_from_db()


def answer(task: Task, verdict: str) -> None:
    """The answer to a review: approved, or returned for changes. Nobody answers a review of their own asking."""
    who = actor()
    with transaction.atomic():
        now = Task.objects.select_for_update().get(pk=task.pk)
        if now.kind != REVIEW or verdict not in (APPROVED, RETURNED) or now.ended:
            raise TaskError(gettext("This review was answered already."))
        if now.created_by_id is not None and now.created_by_id == who.user:
            raise TaskError(gettext("Somebody else has to answer a review you asked for."))
        now.verdict, now.state = verdict, DONE
        now.save(update_fields=["state", "verdict", "changed_at"])
        append(f"review.{verdict}", f"task/{task.pk}")
    task.refresh_from_db()


def assign(task: Task, assignee: User | None, role: str) -> None:
    """Give it to a person or a role; raises TaskError."""
    if assignee is not None and not members().filter(pk=assignee.pk).exists():
        raise TaskError(gettext("That person has no role in this district."))
    if assignee is None and role not in policy().roles:
        raise TaskError(gettext("Choose a person or a role."))
    with transaction.atomic():
        Task.objects.filter(pk=task.pk).update(assignee=assignee, assignee_role="" if assignee else role)
        append("task.assigned", f"task/{task.pk}", assignee=assignee.pk if assignee else None, role=role)
    task.refresh_from_db()


def comment(task: Task, words: str, anonymous: bool = False, confidential: bool = False) -> Comment:
    """Words to a task; raises TaskError when there are none."""
    text = words.strip()
    if not text:
        raise TaskError(gettext("Write something first."))
    who = actor()
    with transaction.atomic():
        made: Comment = Comment.objects.create(
            district_id=task.district_id, task=task, author_id=who.user, author_name=who.name, anonymous=anonymous,
            confidential=confidential, words="" if confidential else text, secret_words=text if confidential else "",
        )  # fmt: skip
        facts: dict[str, Any] = {"comment": made.pk, "anonymous": anonymous, "confidential": confidential}
        if confidential:
            facts["hash"] = keyed_hash(text, PLACE)
        append("task.commented", f"task/{task.pk}", **facts)
    return made


def members() -> QuerySet[User]:
    """People with a role in the district in scope, by name."""
    district = int(scope())
    ids = Membership.objects.filter(district_id=district, user__is_active=True).values_list("user_id", flat=True)
    return User.objects.filter(pk__in=ids).order_by("name", "email")


def history(task: Task) -> list[Entry]:
    """What the log says of a task, oldest first."""
    found = Entry.objects.filter(chain_id=task.district_id, subject=f"task/{task.pk}")
    return list(found.exclude(action="confidential.viewed").order_by("sequence"))
