"""Files of a district: taken in under random names, found again, removed. The folder is not served by anything."""

import hashlib
import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from throughline.app.preview import inert_name
from throughline.web.access.scope import actor
from throughline.web.audit.log import append
from throughline.web.config.paths import district_folder, private
from throughline.web.districts.models import District
from throughline.web.intake.limits import KEPT, KEPT_WITH_PERSONS, MOST_FILES, TooMuchError, check_file, check_room
from throughline.web.intake.models import DISCARDED, NEW, Delivery, Upload, new_ref


def folder_of(district: District) -> Path:
    """Where the files of a district stand."""
    return private(district_folder(district.key) / "uploads")


def path_of(district: District, upload: Upload) -> Path:
    """Where a file stands."""
    return folder_of(district) / upload.stored


def receive(district: District, files: Sequence[Any]) -> Delivery:
    """Keep uploaded files as a new delivery; raises TooMuchError and keeps nothing when one is too large."""
    if not files:
        raise TooMuchError(gettext("No file was chosen. Choose one, or drop it on the page."), 400)
    if len(files) > MOST_FILES:
        raise TooMuchError(gettext("Bring at most {most_files} files at once.").format(most_files=MOST_FILES), 400)
    for item in files:
        check_file(inert_name(item.name), item.size)
    check_room(sum(item.size for item in files))
    remove_old(district)
    kept: list[Upload] = []
    try:
        for position, item in enumerate(files):
            kept.append(_keep(district, item, position))
        with transaction.atomic():
            who = actor()
            delivery: Delivery = Delivery.objects.create(district=district, by=who.name, user_id=who.user)
            for upload in kept:
                upload.delivery = delivery
                upload.save()
            size = sum(upload.size for upload in kept)
            append("files.received", f"delivery/{delivery.pk}", files=len(kept), bytes=size)
    except BaseException:
        _unlink(district, kept)
        raise
    return delivery


def replace_file(district: District, old: Upload, item: Any) -> None:
    """A repaired file in the place of one; its answers stay, since its headings most likely do."""
    check_file(inert_name(item.name), item.size)
    check_room(item.size)
    new = _keep(district, item, old.position)
    gone = path_of(district, old)
    with transaction.atomic():
        append("files.replaced", f"delivery/{old.delivery_id}", position=old.position, bytes=new.size)
        old.name, old.stored, old.size, old.sha256 = new.name, new.stored, new.size, new.sha256
        old.shown, old.removed_at = None, None
        old.save()
        Delivery.objects.filter(pk=old.delivery_id).update(state=NEW, problem="")
    gone.unlink(missing_ok=True)


def _keep(district: District, item: Any, position: int) -> Upload:
    """Write one file whole or not at all."""
    stored = new_ref()
    target = folder_of(district) / stored
    digest, size = hashlib.sha256(), 0
    try:
        with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
            for chunk in item.chunks():
                digest.update(chunk)
                size += len(chunk)
                stream.write(chunk)
            stream.flush()
            os.fsync(stream.fileno())
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    name = inert_name(item.name)
    return Upload(district=district, position=position, name=name, stored=stored, size=size, sha256=digest.hexdigest())


def discard(district: District, delivery: Delivery) -> None:
    """Give a delivery up: its files go at once."""
    files = list(delivery.files.filter(removed_at=None))
    with transaction.atomic():
        append("files.discarded", f"delivery/{delivery.pk}", files=len(files))
        Delivery.objects.filter(pk=delivery.pk).update(state=DISCARDED)
        delivery.files.update(removed_at=timezone.now(), shown=None, answers={})
    _unlink(district, files)


def remove_personal(district: District, delivery: Delivery) -> None:
    """Remove the applied files that hold columns about persons: what the plan needs of them was read."""
    files = [item for item in delivery.files.filter(removed_at=None) if item.names_persons]
    if files:
        with transaction.atomic():
            append("files.removed", f"delivery/{delivery.pk}", files=len(files), days=0)
            Upload.objects.filter(pk__in=[item.pk for item in files]).update(removed_at=timezone.now())
        _unlink(district, files)


def remove_old(district: District, now: datetime | None = None) -> int:
    """Remove files that were kept long enough, and those that no row names; the number removed."""
    now = now or timezone.now()
    old = [
        item
        for item in Upload.objects.filter(removed_at=None, received_at__lt=now - KEPT_WITH_PERSONS)
        if item.received_at < now - KEPT or item.names_persons
    ]
    if old:
        with transaction.atomic():
            append("files.removed", f"district/{district.pk}", files=len(old), days=KEPT.days)
            Upload.objects.filter(pk__in=[item.pk for item in old]).update(removed_at=now, shown=None)
        _unlink(district, old)
    return len(old) + _sweep(district, now)


def _sweep(district: District, now: datetime) -> int:
    """Files without a row: left by a process that died while it took one in."""
    named = set(Upload.objects.filter(removed_at=None).values_list("stored", flat=True))
    lost = [
        path
        for path in folder_of(district).iterdir()
        if path.name not in named and path.stat().st_mtime < (now.timestamp() - 86_400)
    ]
    for path in lost:
        path.unlink(missing_ok=True)
    return len(lost)


def _unlink(district: District, files: Iterable[Upload]) -> None:
    for item in files:
        path_of(district, item).unlink(missing_ok=True)
