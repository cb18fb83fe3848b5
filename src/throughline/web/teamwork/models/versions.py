"""Table of adopted versions; each one's plan, run, ledger and documents stand in a folder that nothing changes."""

from typing import Any

from django.conf import settings
from django.db import models

from throughline.web.access.scope import ScopedModel


class PlanVersion(ScopedModel):
    """An adopted version. `files_digest` is of the folder's list of files, which names each by its digest."""

    number = models.PositiveIntegerField()
    label = models.CharField(max_length=80)
    note = models.TextField(blank=True)
    adopted_on = models.DateField()
    as_of = models.DateField()
    plan_digest = models.CharField(max_length=64)
    run = models.CharField(max_length=64)
    folder = models.CharField(max_length=80)
    files_digest = models.CharField(max_length=64)
    files = models.JSONField()
    made_at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.CharField(max_length=200)

    class Meta(ScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["district", "number"], name="one_version_of_a_number")]

    def __str__(self) -> str:
        return f"version {self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written once."""
        if not self._state.adding:
            raise ValueError("an adopted version never changes")
        super().save(*args, **kwargs)
