"""Table of the documents that were built; the files stand outside the database, named by their content."""

from django.conf import settings
from django.db import models

from throughline.web.access.scope import ScopedModel


class BuiltDocument(ScopedModel):
    """One report in one format, from one run. `superseded_at` is set when a later one of the same kind took its place."""

    report = models.CharField(max_length=60)
    form = models.CharField(max_length=10)
    digest = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=100)
    pages = models.PositiveIntegerField(default=0)  # pictures of pages; 0 where the format has none
    run = models.CharField(max_length=64)
    plan_digest = models.CharField(max_length=64)
    as_of = models.DateField()
    rules_from = models.DateField(null=True)  # day on which the first of the rules used was checked against its source
    rules_to = models.DateField(null=True)  # and the last
    packs = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.CharField(max_length=200)
    superseded_at = models.DateTimeField(null=True)

    class Meta(ScopedModel.Meta):
        indexes = [models.Index(fields=["district", "superseded_at"], name="documents_in_force")]

    def __str__(self) -> str:
        return f"{self.report}.{self.form} of run {self.run[:12]}"
