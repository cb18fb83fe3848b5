"""Prepare, approve, return and take down a public page. Two people: whoever prepared it cannot approve it.

What is approved is byte for byte what was prepared: page and data are stored under their SHA-256 when they are prepared, and read back
by it.
"""

import json
from contextlib import suppress
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext, gettext_noop

from throughline.app.public_chart import public_chart
from throughline.app.public_page import PublicPage, public_page
from throughline.web.access.scope import actor
from throughline.web.audit.log import append
from throughline.web.config.paths import district_folder, private
from throughline.web.config.retention import kept
from throughline.web.districts.models import District
from throughline.web.publishing.models import PREPARED, PUBLISHED, REPLACED, RETURNED, WITHDRAWN, Snapshot
from throughline.web.teamwork import versions
from throughline.web.teamwork.decisions import vote_words
from throughline.web.teamwork.documents import write_once
from throughline.web.teamwork.models import PlanVersion

OFFERED = {  # documents of a version that may be offered to the public -> what they are called there
    "documents/board-packet.pdf": gettext_noop("The plan as the board saw it, PDF"),
    "documents/board-agenda.pdf": gettext_noop("The agenda item, PDF"),
    "documents/cost-lines.csv": gettext_noop("All cost lines, CSV"),
}
USUAL = ("documents/board-packet.pdf",)
MEDIA = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}


class PublishError(ValueError):
    """The step cannot be taken; the text says why."""


def public_folder(district: District) -> Path:
    """Where finished pages stand."""
    return private(district_folder(district.key) / "public")


def content_of(district: District, version: PlanVersion) -> PublicPage:
    """What would be published of a version; raises ValueError, FolderError."""
    return public_page(versions.open_version(district, version), versions.result_of_version(district, version))


def prepare(district: District, version: PlanVersion, offered: list[str], searchable: bool) -> Snapshot:
    """Make a page that waits for approval; an earlier one that waits is returned. Raises PublishError, FolderError."""
    wrong = versions.verify(district, version)
    if wrong:
        raise PublishError(
            gettext("Files of version {number} were touched ({wrong}); restore them first.").format(
                number=version.number, wrong=wrong[0]
            )
        )
    try:
        content = content_of(district, version)
    except ValueError as error:
        raise PublishError(str(error)) from None
    files = [_offer(district, version, name) for name in OFFERED if name in offered and name in version.files]
    decision = version.decisions.filter(replaced_by=None).order_by("-number").first()
    words = {
        "totals": list(zip(content.years, content.year_totals, strict=True)),
        "page": content, "wide": public_chart(content, 562, 344), "narrow": public_chart(content, 300, 264, short=True),
        "version": version, "vote": vote_words(decision, counts_only=True) if decision else "", "files": files, "slug": district.slug,
    }  # fmt: skip
    html = render_to_string("publishing/page.html", words).encode()
    data = json.dumps(content.as_json(), indent=1, ensure_ascii=False).encode()
    who = actor()
    with transaction.atomic():
        Snapshot.objects.filter(state=PREPARED).update(state=RETURNED, ended_at=timezone.now(), ended_name=who.name)
        made: Snapshot = Snapshot.objects.create(
            district=district, version=version, page=_store(district, html, "html"), data=_store(district, data, "json"),
            files=files, searchable=searchable, prepared_by_id=who.user, prepared_name=who.name,
        )  # fmt: skip
        append("publish.prepared", f"snapshot/{made.pk}", version=version.number, page=made.page, files=len(files))
    return made


def approve(snapshot: Snapshot) -> None:
    """Make it public, in place of the one before. Raises PublishError."""
    who = actor()
    with transaction.atomic():
        now: Snapshot = Snapshot.objects.select_for_update().get(pk=snapshot.pk)
        if now.state != PREPARED:
            raise PublishError(gettext("This page was answered already."))
        if who.user is None or now.prepared_by_id == who.user:
            raise PublishError(gettext("Whoever prepared a page cannot approve it. Ask a second person."))
        at = timezone.now()
        Snapshot.objects.filter(state=PUBLISHED).update(state=REPLACED, ended_at=at, ended_name=who.name)
        now.state, now.approved_by_id, now.approved_name, now.approved_at = PUBLISHED, who.user, who.name, at
        now.save(update_fields=["state", "approved_by", "approved_name", "approved_at"])
        append("publish.approved", f"snapshot/{now.pk}", version=now.version.number, page=now.page)
    snapshot.refresh_from_db()


def send_back(snapshot: Snapshot) -> None:
    """Return it to whoever prepared it."""
    _end(PREPARED, RETURNED, "publish.returned", snapshot.pk)


def withdraw() -> None:
    """Take the public page down; the next request finds nothing."""
    _end(PUBLISHED, WITHDRAWN, "publish.withdrawn")


def remove_drafts(district: District, now: datetime) -> int:
    """Remove drafts that were returned long enough ago, and return those that waited as long; the number removed. What was public stays."""
    over = now - kept("drafts")
    for row in Snapshot.objects.filter(state=PREPARED, prepared_at__lt=over):
        with suppress(PublishError):  # answered this moment
            send_back(row)
    gone = list(Snapshot.objects.filter(state=RETURNED, ended_at__lt=over))
    if not gone:
        return 0
    with transaction.atomic():
        Snapshot.objects.filter(pk__in=[row.pk for row in gone]).delete()
        append("publish.removed", "drafts", number=len(gone))
    named = {name for row in Snapshot.objects.all() for name in _files_of(row)}
    for name in {name for row in gone for name in _files_of(row)} - named:
        (public_folder(district) / name).unlink(missing_ok=True)
    return len(gone)


def _files_of(row: Snapshot) -> set[str]:
    return {f"{row.page}.html", f"{row.data}.json", *(f"{item['digest']}.{item['form']}" for item in row.files)}


def _end(state: str, to: str, action: str, number: int | None = None) -> None:
    with transaction.atomic():
        found = Snapshot.objects.filter(state=state)
        row = (found.filter(pk=number) if number else found).first()
        if row is None:
            raise PublishError(gettext("There is nothing to do: somebody was first."))
        found.filter(pk=row.pk).update(state=to, ended_at=timezone.now(), ended_name=actor().name)
        append(action, f"snapshot/{row.pk}", version=row.version.number)


def stored(district: District, digest: str, form: str) -> bytes:
    """A finished file, checked against its name; raises FileNotFoundError when it is missing or was changed."""
    data = (public_folder(district) / f"{digest}.{form}").read_bytes()
    if sha256(data).hexdigest() != digest:
        raise FileNotFoundError(digest)
    return data


def _offer(district: District, version: PlanVersion, name: str) -> dict[str, object]:
    data = (versions.adopted_folder(district, version.folder) / name).read_bytes()
    form = name.rpartition(".")[2]
    return {
        "title": gettext(OFFERED[name]), "name": name.rpartition("/")[2], "digest": _store(district, data, form), "form": form,
        "media_type": MEDIA[form], "size": len(data),
    }  # fmt: skip


def _store(district: District, data: bytes, form: str) -> str:
    digest = sha256(data).hexdigest()
    write_once(public_folder(district) / f"{digest}.{form}", data)
    return digest
