"""Limits on how often: counted in the database, so that they hold across processes, and never for good.

A window of time is cut into 15 pieces, each a row; a try adds one by an atomic upsert and is allowed while the sum over the window is
within the limit. A refused try is not counted, so nobody can keep another person out by trying on. What succeeded is given back.
"""

import secrets
import time
from dataclasses import dataclass
from hashlib import sha256

from django.db import connection
from django.db.models import F, Max, Sum

from throughline.web.access.models import Tally

PIECES = 15


@dataclass(frozen=True)
class Limit:
    """At most `most` in `seconds`; from `patient` on, each next try must wait twice as long as the one before it."""

    name: str
    most: int
    seconds: int
    patient: int = 0  # 0: no growing delay


SIGN_IN_ACCOUNT = Limit("sign-in by account", 10, 900, patient=4)
SIGN_IN_ADDRESS = Limit("sign-in by address", 100, 900)
SECOND_FACTOR = Limit("second factor", 10, 900, patient=4)
RESET = Limit("password reset", 3, 3600)
API = Limit("programming interface", 120, 60)
EXPORT = Limit("export", 10, 3600)
PUBLIC_FORM = Limit("public form", 5, 60)
PUBLIC_FORM_ADDRESS = Limit("public form by address", 300, 60)
LONGEST_DELAY = 60


@dataclass(frozen=True)
class Taken:
    """One counted try. `wait` is 0 when it may go ahead, else the seconds after which it may."""

    key: str
    piece: int
    wait: int

    def give_back(self) -> None:
        """It succeeded, or was no try after all: it does not count."""
        if not self.wait:
            Tally.objects.filter(key=self.key, piece=self.piece, number__gt=0).update(number=F("number") - 1)


def take(limit: Limit, whose: str) -> Taken:
    """Count a try of someone."""
    now = time.time()
    key = sha256(f"{limit.name}\n{whose}".encode()).hexdigest()
    length = limit.seconds / PIECES
    piece = int(now // length)
    since = piece - PIECES + 1
    before = Tally.objects.filter(key=key, piece__gte=since).aggregate(number=Sum("number"), last=Max("last"))
    delay = _delay(limit, before["number"] or 0)
    if delay and before["last"] and now < before["last"] + delay:
        return Taken(key, piece, max(1, int(before["last"] + delay - now)))
    _add(key, piece, now, now + 2 * limit.seconds)
    counted = Tally.objects.filter(key=key, piece__gte=since).aggregate(number=Sum("number"))["number"] or 0
    taken = Taken(key, piece, 0)
    if secrets.randbelow(500) == 0:
        forget_old(now)
    if counted <= limit.most:
        return taken
    taken.give_back()
    oldest = Tally.objects.filter(key=key, piece__gte=since, number__gt=0).order_by("piece").first()
    free = (oldest.piece + PIECES) * length if oldest else now
    return Taken(key, piece, max(1, int(free - now) + 1))


def once(name: str, seconds: int) -> bool:
    """Whether this is the first time within the seconds, for what may be used one time only, such as a code."""
    now = time.time()
    key = sha256(f"once\n{name}".encode()).hexdigest()
    length = 2 * seconds  # two pieces are looked at, so that the border between them hides nothing
    piece = int(now // length)
    _add(key, piece, now, now + 2 * length)
    return (Tally.objects.filter(key=key, piece__gte=piece - 1).aggregate(number=Sum("number"))["number"] or 0) == 1


def forget_old(now: float | None = None) -> int:
    """Delete counters whose time is over."""
    return int(Tally.objects.filter(ends__lt=now or time.time()).delete()[0])


def _delay(limit: Limit, tries: int) -> int:
    """Seconds that must lie between the tries: 0, then 1, 2, 4, 8 and so on, up to LONGEST_DELAY."""
    if not limit.patient or tries < limit.patient:
        return 0
    return int(min(2 ** (tries - limit.patient), LONGEST_DELAY))


def _add(key: str, piece: int, now: float, ends: float) -> None:
    table = connection.ops.quote_name(Tally._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (key, piece, number, last, ends) VALUES (%s, %s, 1, %s, %s) "  # noqa: S608  our own table's name
            f"ON CONFLICT (key, piece) DO UPDATE SET number = {table}.number + 1, last = excluded.last",
            [key, piece, now, ends],
        )
