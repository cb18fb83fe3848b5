"""Tables: a piece of long work, and the workers that were seen."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from throughline.web.access.scope import ScopedModel

QUEUED, RUNNING, DONE, FAILED, CANCELLED = "queued", "running", "done", "failed", "cancelled"
STATES = (
    (QUEUED, gettext_lazy("Waiting")),
    (RUNNING, gettext_lazy("Working")),
    (DONE, gettext_lazy("Done")),
    (FAILED, gettext_lazy("Failed")),
    (CANCELLED, gettext_lazy("Cancelled")),
)
ENDED = frozenset({DONE, FAILED, CANCELLED})


class Job(ScopedModel):
    """A piece of long work. The row is the truth about it; the queue only wakes workers.

    `lease` ends when its worker is taken for dead; `attempt` counts the starts, and only the latest may write a result.
    """

    kind = models.CharField(max_length=40)
    params = models.JSONField(default=dict)
    key = models.CharField(max_length=80, blank=True)  # the same work is not started twice while it waits or runs
    heavy = models.BooleanField(default=True)
    state = models.CharField(max_length=10, choices=STATES, default=QUEUED)
    percent = models.PositiveSmallIntegerField(default=0)
    words = models.CharField(max_length=200, blank=True)
    attempt = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=64, blank=True)
    heartbeat = models.DateTimeField(null=True)
    lease = models.DateTimeField(null=True)
    cancel_requested = models.BooleanField(default=False)
    result = models.JSONField(null=True)
    reason = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.CharField(max_length=200)

    class Meta(ScopedModel.Meta):
        indexes = [models.Index(fields=["district", "state"], name="jobs_of_a_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["district", "kind", "key"],
                condition=Q(state__in=(QUEUED, RUNNING)) & ~Q(key=""),
                name="one_open_job_of_a_key",
            ),
            models.UniqueConstraint(
                fields=["district"], condition=Q(state=RUNNING, heavy=True), name="one_heavy_job_of_a_district"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}: {self.state}"

    @property
    def open(self) -> bool:
        """Whether it still waits or runs."""
        return self.state not in ENDED


class Seen(models.Model):
    """When a worker was last seen."""

    worker = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.worker
