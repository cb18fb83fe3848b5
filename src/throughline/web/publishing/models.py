"""Table of public snapshots."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy

from throughline.web.access.scope import ScopedModel
from throughline.web.teamwork.models import PlanVersion

PREPARED, PUBLISHED, RETURNED, WITHDRAWN, REPLACED = "prepared", "published", "returned", "withdrawn", "replaced"
STATES = (
    (PREPARED, gettext_lazy("Waiting for approval")),
    (PUBLISHED, gettext_lazy("Public")),
    (RETURNED, gettext_lazy("Returned")),
    (WITHDRAWN, gettext_lazy("Taken down")),
    (REPLACED, gettext_lazy("A later one took its place")),
)


class Snapshot(ScopedModel):
    """A finished page. `page`, `data` and the digests of `files` name files in the district's public folder."""

    version = models.ForeignKey(PlanVersion, on_delete=models.PROTECT, related_name="snapshots")
    state = models.CharField(max_length=10, choices=STATES, default=PREPARED)
    page = models.CharField(max_length=64)
    data = models.CharField(max_length=64)
    files = models.JSONField(default=list)  # [{title, name, digest, form, media_type, size}]
    searchable = models.BooleanField(default=False)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    prepared_name = models.CharField(max_length=200)
    prepared_at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    approved_name = models.CharField(max_length=200, blank=True)
    approved_at = models.DateTimeField(null=True)
    ended_name = models.CharField(max_length=200, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta(ScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["district"], condition=Q(state=PUBLISHED), name="one_public_page_of_a_district"
            ),
            models.UniqueConstraint(fields=["district"], condition=Q(state=PREPARED), name="one_page_awaits_approval"),
        ]

    def __str__(self) -> str:
        return f"public page of version {self.version_id}: {self.state}"
