"""Table of decision records."""

from typing import Any

from django.conf import settings
from django.db import models

from throughline.web.access.scope import ScopedModel
from throughline.web.teamwork.models.versions import PlanVersion


class Decision(ScopedModel):
    """What was decided, between what, and why. Never changed: a later record may take its place.

    `options` is a list of {name, words, cost_cents, unfunded_cents}; an amount is None where nobody worked it out.
    """

    number = models.PositiveIntegerField()
    question = models.CharField(max_length=300)
    options = models.JSONField()
    chosen = models.CharField(max_length=200)
    reasons = models.TextField()
    decided_on = models.DateField()
    agenda_item = models.CharField(max_length=40, blank=True)
    votes_for = models.PositiveSmallIntegerField(null=True)
    votes_against = models.PositiveSmallIntegerField(null=True)
    abstained = models.PositiveSmallIntegerField(null=True)
    vote_words = models.CharField(max_length=300, blank=True)
    version = models.ForeignKey(PlanVersion, null=True, on_delete=models.PROTECT, related_name="decisions")
    replaces = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaced_by")
    run = models.CharField(max_length=64)
    as_of = models.DateField()
    made_at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    by = models.CharField(max_length=200)

    class Meta(ScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["district", "number"], name="one_decision_of_a_number")]

    def __str__(self) -> str:
        return self.question

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Written once."""
        if not self._state.adding:
            raise ValueError("a decision record never changes; write one that takes its place")
        super().save(*args, **kwargs)
