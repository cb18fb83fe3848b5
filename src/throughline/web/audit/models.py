"""Tables: entries of the log, and the head of each chain. `guard` keeps them from being changed."""

from django.db import models

from throughline.web.districts.models import District

INSTALLATION = 0  # the chain of what belongs to no district: sign-ins, backups, new districts


class Chain(models.Model):
    """The end of one chain; appending takes this row first. `number` is the district's, 0 for the installation."""

    number = models.PositiveBigIntegerField(primary_key=True)
    sequence = models.PositiveBigIntegerField(default=0)
    head = models.CharField(max_length=64, blank=True)

    def __str__(self) -> str:
        return f"chain {self.number} at {self.sequence}"


class Entry(models.Model):
    """One thing that was done. `hash` covers everything else of the row and the hash before it."""

    chain = models.ForeignKey(Chain, on_delete=models.PROTECT, related_name="entries")
    district = models.ForeignKey(District, null=True, on_delete=models.PROTECT, related_name="+")
    sequence = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=200)
    user_number = models.PositiveBigIntegerField(null=True)
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    facts = models.JSONField(default=dict)
    request = models.CharField(max_length=40, blank=True)
    previous = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["chain", "sequence"], name="one_entry_of_a_sequence")]
        indexes = [models.Index(fields=["chain", "subject"], name="entries_of_a_subject")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action}"
