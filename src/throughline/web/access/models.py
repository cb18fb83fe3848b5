"""Table of counters that limits are kept by, shared by all processes of an installation."""

from django.db import models


class Tally(models.Model):
    """How often something happened in a short piece of time. `key` is a hash: no address stands here in the clear."""

    key = models.CharField(max_length=64)
    piece = models.BigIntegerField()
    number = models.IntegerField(default=0)
    last = models.FloatField(default=0)  # seconds since 1970
    ends = models.FloatField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "piece"], name="one_tally_of_a_piece")]

    def __str__(self) -> str:
        return f"{self.number} in {self.piece}"
