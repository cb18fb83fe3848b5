"""Tables: deliveries of files with their previews, and corrections of single devices."""

import secrets

from django.conf import settings
from django.db import models

from throughline.web.access.scope import ScopedModel

NEW, READY, APPLIED, DISCARDED = "new", "ready", "applied", "discarded"
STATES = [(NEW, "being read"), (READY, "ready to apply"), (APPLIED, "applied"), (DISCARDED, "discarded")]


def new_ref() -> str:
    """A random name that says nothing, for addresses and for files on disk."""
    return secrets.token_hex(16)


class Delivery(ScopedModel):
    """Files brought together: previewed together, applied in one step. `choices` are by `place:` or `model:` path."""

    ref = models.CharField(max_length=32, unique=True, default=new_ref, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    by = models.CharField(max_length=200)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    state = models.CharField(max_length=10, choices=STATES, default=NEW)
    choices = models.JSONField(default=dict)
    base_digest = models.CharField(max_length=64, blank=True)  # the plan that the preview was made against
    reading_since = models.DateTimeField(null=True)  # set while files are read
    job = models.PositiveBigIntegerField(null=True)  # the latest piece of long work on it
    problem = models.TextField(blank=True)  # why the last reading or applying did not happen
    revision = models.PositiveIntegerField(null=True)  # the step of the plan that applied it
    applied_at = models.DateTimeField(null=True)

    class Meta(ScopedModel.Meta):
        indexes = [models.Index(fields=["district", "made_at"], name="deliveries_of_a_district")]

    def __str__(self) -> str:
        return f"delivery {self.pk}"


class Upload(ScopedModel):
    """A file: the name it was brought under (shown, never used as a path), where it stands, and what reading it gave."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="files")
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=130)
    stored = models.CharField(max_length=32, unique=True, default=new_ref, editable=False)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    answers = models.JSONField(default=dict)
    shown = models.JSONField(null=True)
    received_at = models.DateTimeField(auto_now_add=True)
    removed_at = models.DateTimeField(null=True)  # the file is gone; what it was remains

    class Meta(ScopedModel.Meta):
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["delivery", "position"], name="one_file_at_a_position")]
        indexes = [models.Index(fields=["district", "received_at"], name="uploads_of_a_district")]

    @property
    def names_persons(self) -> bool:
        """Whether the file holds columns about persons; they were not read, but they stand in the file."""
        return bool(self.shown and self.shown.get("dropped"))

    def __str__(self) -> str:
        return f"upload {self.pk}"


class Correction(ScopedModel):
    """What a person knows better about one device than every list. The row stays when it is taken back.

    It is in force when the step that made it was not undone, and it was not ended by a step that stands.
    """

    ref = models.CharField(max_length=32, unique=True, default=new_ref, editable=False)
    key = models.CharField(max_length=400)
    field = models.CharField(max_length=20)
    value = models.CharField(max_length=200)
    outcome = models.CharField(max_length=20, blank=True)  # what became of it, where two lists were worked through
    reason = models.CharField(max_length=300)
    by = models.CharField(max_length=200)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    revision = models.PositiveIntegerField(null=True)  # the step that made it; None: the device said so already
    ended_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=200, blank=True)
    ended_revision = models.PositiveIntegerField(null=True)

    class Meta(ScopedModel.Meta):
        indexes = [models.Index(fields=["district", "key"], name="corrections_of_a_device")]

    def __str__(self) -> str:
        return f"correction {self.pk}"
