"""Tables: the head of a district's plan, its revisions, and what each of them did to every record."""

from django.conf import settings
from django.db import models

from throughline.web.access.scope import ScopedModel
from throughline.web.planning.nouns import TABLES

globals().update({table.__name__: table for table in TABLES.values()})  # Django looks for models in this module


class PlanHead(ScopedModel):
    """Where a district's plan stands: the number and content digest of the revision in force.

    Every write takes this row first, so that two steps at once become two steps after each other.
    """

    number = models.PositiveIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    noun_digests = models.JSONField(default=dict)
    blocks = models.JSONField(default=dict)
    as_of = models.DateField(null=True)  # a sample stands on its own day; None is today

    class Meta(ScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["district"], name="one_head_of_a_district")]

    def __str__(self) -> str:
        return f"{self.district_id} at {self.number}"


class Revision(ScopedModel):
    """One step of the plan: what was done, when and by whom. Nothing of it is ever changed, save that it was undone."""

    number = models.PositiveIntegerField()
    what = models.TextField()
    at = models.DateTimeField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    undoes = models.PositiveIntegerField(null=True)
    undone_by = models.PositiveIntegerField(null=True)

    class Meta(ScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["district", "number"], name="one_revision_of_a_number")]

    def __str__(self) -> str:
        return f"{self.number}: {self.what}"


class RecordChange(ScopedModel):
    """What one step did to one record; `before` is None when it was created, `after` when it was removed."""

    revision = models.ForeignKey(Revision, on_delete=models.PROTECT, related_name="changes")
    noun = models.CharField(max_length=40)
    record_id = models.CharField(max_length=400)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta(ScopedModel.Meta):
        indexes = [models.Index(fields=["district", "noun", "record_id"], name="changes_of_a_record")]

    def __str__(self) -> str:
        return f"{self.noun}/{self.record_id}"
