"""Tables: tokens, and what repeated requests are answered with."""

from django.conf import settings
from django.db import models

from throughline.web.access.scope import ScopedModel


class ApiToken(ScopedModel):
    """A token of a district. The secret is shown once and kept as SHA-256; `prefix` lets scanners and people name it."""

    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=16, unique=True)
    secret_hash = models.CharField(max_length=64, unique=True)
    verbs = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.prefix} {self.name}"


class KeptAnswer(ScopedModel):
    """The answer to a POST with an `Idempotency-Key`: the same key again gets the same answer, and has no second effect."""

    key = models.CharField(max_length=128)
    request_hash = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta(ScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["district", "key"], name="one_answer_of_a_key")]

    def __str__(self) -> str:
        return self.key
