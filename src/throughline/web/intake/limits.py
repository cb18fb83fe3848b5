"""How much may be brought: size of a request and of a file, files of a delivery, room of a district, readings at once."""

import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from throughline.web.config.retention import kept
from throughline.web.districts.models import District
from throughline.web.intake.models import Delivery, Upload

MEGABYTE = 1 << 20
MOST_WORKBOOK = 25 * MEGABYTE  # people's workbooks
MOST_FILE = 500 * MEGABYTE  # machine exports
MOST_REQUEST = MOST_FILE + MEGABYTE  # a delivery with the words around its files
MOST_FILES = 20
MOST_AT_ONCE = 5  # readings of one district at the same time
SLOW = timedelta(minutes=5)  # a reading in a request that has not ended by then died with its process
IN_REQUEST = 5 * MEGABYTE  # larger deliveries are read in the background
KEPT = kept("uploads")
KEPT_WITH_PERSONS = min(
    KEPT, timedelta(days=7)
)  # a file with columns about persons goes when it was applied, and at the latest then
WORKBOOKS = (".xlsx", ".xlsm")


def quota() -> int:
    """Bytes that kept files of one district may take."""
    return int(os.environ.get("THROUGHLINE_UPLOAD_QUOTA_MB", "2048")) * MEGABYTE


class TooMuchError(ValueError):
    """A delivery that is not taken in; `status` is the answer's, the text says what to do."""

    def __init__(self, text: str, status: int = 413) -> None:
        super().__init__(text)
        self.status = status


def check_file(name: str, size: int) -> None:
    """Refuse a file above the limit of its kind; raises TooMuchError."""
    most = MOST_WORKBOOK if name.lower().endswith(WORKBOOKS) else MOST_FILE
    if size > most:
        kind = gettext("A workbook") if most == MOST_WORKBOOK else gettext("A file")
        raise TooMuchError(
            gettext("{name} has {megabyte:,} MB. {kind} may have {megabyte_2} MB.").format(
                name=name, megabyte=size // MEGABYTE, kind=kind, megabyte_2=most // MEGABYTE
            )
        )


def used() -> int:
    """Bytes of the kept files of the district in scope."""
    from django.db.models import Sum

    return int(Upload.objects.filter(removed_at=None).aggregate(n=Sum("size"))["n"] or 0)


def check_room(more: int) -> None:
    """Refuse what no longer fits into the district's room; raises TooMuchError."""
    if used() + more > quota():
        raise TooMuchError(
            gettext(
                "The files kept for this district would take more than {megabyte:,} MB. Discard "
                "deliveries that are no longer needed, then bring the file again."
            ).format(megabyte=quota() // MEGABYTE)
        )


def take_turn(district: District, delivery: Delivery) -> None:
    """Mark a delivery as being read; raises TooMuchError when as many are being read already, or this one is."""
    now = timezone.now()
    with transaction.atomic():
        District.objects.select_for_update().get(pk=district.pk)  # one at a time, on any database
        running = Delivery.objects.filter(reading_since__gt=now - SLOW)
        if running.filter(pk=delivery.pk).exists():
            raise TooMuchError(gettext("These files are being read. Wait until that ends."), 409)
        if running.count() >= MOST_AT_ONCE:
            raise TooMuchError(
                gettext("{most_at_once} imports of this district are being read. Wait until one ends.").format(
                    most_at_once=MOST_AT_ONCE
                ),
                429,
            )
        Delivery.objects.filter(pk=delivery.pk).update(reading_since=now)


class BodyLimitMiddleware:
    """Answer a request that announces too large a body before a byte of it is read."""

    def __init__(self, get_response: Callable[[Any], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Any) -> HttpResponse:
        """413, or the answer."""
        length = request.META.get("CONTENT_LENGTH") or "0"
        if length.isdecimal() and int(length) > MOST_REQUEST:
            from throughline.web.shell.errors import page

            return page(
                request,
                413,
                gettext("All files of a delivery together may have {megabyte} MB.").format(
                    megabyte=MOST_FILE // MEGABYTE
                ),
            )
        return self.get_response(request)
