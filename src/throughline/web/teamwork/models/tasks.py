"""Tables of tasks, reviews and requests, and of what people say to them."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy

from throughline.web.access.encrypted import EncryptedTextField
from throughline.web.access.scope import ScopedModel

TASK, REVIEW, REQUEST = "task", "review", "request"
KINDS = ((TASK, "Task"), (REVIEW, gettext_lazy("Review")), (REQUEST, gettext_lazy("Request")))
OPEN, IN_PROGRESS, WAITING, DONE, DECLINED = "open", "in_progress", "waiting", "done", "declined"
STATES = (
    (OPEN, gettext_lazy("Open")),
    (IN_PROGRESS, gettext_lazy("In progress")),
    (WAITING, gettext_lazy("Waiting")),
    (DONE, gettext_lazy("Done")),
    (DECLINED, gettext_lazy("Declined")),
)
APPROVED, RETURNED = "approved", "returned"
VERDICTS = ((APPROVED, gettext_lazy("Approved")), (RETURNED, gettext_lazy("Returned for changes")))
ENDED = (DONE, DECLINED)


class Task(ScopedModel):
    """Something a person or everyone of a role is asked to do, about a page (`route` with `route_args`) or a record.

    `due_at` is the end of the day `due_on` where the district lies. `verdict` is the answer to a review.
    """

    kind = models.CharField(max_length=10, choices=KINDS, default=TASK)
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True)
    route = models.CharField(max_length=80, blank=True)
    route_args = models.JSONField(default=list)
    subject = models.CharField(max_length=200, blank=True)
    finding = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=12, choices=STATES, default=OPEN)
    verdict = models.CharField(max_length=10, choices=VERDICTS, blank=True)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    assignee_role = models.CharField(max_length=20, blank=True)
    due_on = models.DateField(null=True)
    due_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    created_by_name = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta(ScopedModel.Meta):
        indexes = [models.Index(fields=["district", "state"], name="tasks_of_a_state")]

    def __str__(self) -> str:
        return self.title

    @property
    def ended(self) -> bool:
        """Whether nothing is left to do."""
        return self.state in ENDED


class Comment(ScopedModel):
    """Words to a task. The author of an anonymous one is shown to those who manage people; `confidential` words are encrypted."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    author_name = models.CharField(max_length=200)
    anonymous = models.BooleanField(default=False)
    confidential = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    secret_words = EncryptedTextField("teamwork.Comment.secret_words", blank=True)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"comment {self.pk} to task {self.task_id}"
