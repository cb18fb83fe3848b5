"""Documents of the plan in force: built from one run, kept outside the database under the SHA-256 of their content.

Building the same report again supersedes the one before; what was superseded is removed after some days (config/retention.py),
and a file with it once no row names it.
"""

import os
import secrets
from collections.abc import Callable, Iterable
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from throughline.app.document_pages import MadeDocument, document_kinds, document_source, make_document
from throughline.app.plans import OpenPlan
from throughline.web.access.scope import actor
from throughline.web.audit.log import append
from throughline.web.config.paths import district_folder, private
from throughline.web.config.retention import kept as keeping
from throughline.web.districts.models import District
from throughline.web.planning.reading import Reading, read
from throughline.web.teamwork.models import BuiltDocument

KEEP_SUPERSEDED = keeping("documents")
USUAL = ("board_packet.pdf", "board_agenda.pdf", "workbook.xlsx", "cost_lines.csv")
Tell = Callable[[int, str], None]


def documents_folder(district: District) -> Path:
    """Where the district's documents stand."""
    return private(district_folder(district.key) / "documents")


def file_of(district: District, document: BuiltDocument) -> Path:
    """The file of a document."""
    return documents_folder(district) / f"{document.digest}.{document.form}"


def page_of(district: District, document: BuiltDocument, number: int) -> Path:
    """The picture of a page, from 1."""
    return documents_folder(district) / f"{document.digest}.pages" / f"{number:04d}.png"


def build(district: District, wanted: Iterable[str], tell: Tell = lambda _percent, _words: None) -> list[BuiltDocument]:
    """Write the wanted documents (`board_packet.pdf`, ...) of the plan in force; raises ValueError for an unknown one."""
    kinds = {kind.key: kind for kind in document_kinds()}
    chosen = list(dict.fromkeys(wanted))
    unknown = sorted(set(chosen) - set(kinds))
    if unknown:
        raise ValueError(f"there is no document {', '.join(unknown)}; there are {', '.join(kinds)}")
    tell(5, gettext("Computing the plan"))
    reading = read(district)
    tell(20, gettext("Collecting figures and explanations"))
    source = document_source(reading.opened, reading.result)
    made = []
    for place, key in enumerate(chosen):
        kind = kinds[key]
        tell(40 + 55 * place // len(chosen), f"Writing: {kind.title}, {kind.form.upper()}")
        made.append((kind.report, kind.form, make_document(source, kind.report, kind.form)))
    return keep(district, reading, made)


def keep(district: District, reading: Reading, made: list[tuple[str, str, MadeDocument]]) -> list[BuiltDocument]:
    """Files first, then the rows of all of them in one transaction."""
    folder = documents_folder(district)
    digests = [_store(folder, form, item) for _, form, item in made]
    who = actor()
    now = timezone.now()
    rows: list[BuiltDocument] = []
    with transaction.atomic():
        for (name, form, item), digest in zip(made, digests, strict=True):
            BuiltDocument.objects.filter(report=name, form=form, superseded_at=None).update(superseded_at=now)
            rows.append(
                BuiltDocument.objects.create(
                    district=district, report=name, form=form, digest=digest, size=len(item.data),
                    media_type=item.media_type, pages=len(item.pages), run=reading.result.digest,
                    plan_digest=reading.opened.manifest.digest, as_of=reading.day, rules_from=item.rules_from,
                    rules_to=item.rules_to, packs=[list(pair) for pair in item.packs], user_id=who.user, by=who.name,
                )
            )  # fmt: skip
            append("document.built", f"document/{rows[-1].pk}", digest=digest, report=name, format=form)
    sweep(district)
    return rows


def sweep(district: District, now: datetime | None = None) -> int:
    """Remove documents superseded long enough ago; returns how many rows went."""
    late = BuiltDocument.objects.filter(superseded_at__lt=(now or timezone.now()) - KEEP_SUPERSEDED)
    gone = list(late)
    if not gone:
        return 0
    with transaction.atomic():
        BuiltDocument.objects.filter(pk__in=[row.pk for row in gone]).delete()
        append("document.removed", "documents", number=len(gone))
    named = set(BuiltDocument.objects.values_list("digest", "form"))
    for row in gone:
        if (row.digest, row.form) not in named:
            file_of(district, row).unlink(missing_ok=True)
            pictures = page_of(district, row, 1).parent
            for picture in pictures.glob("*.png"):
                picture.unlink(missing_ok=True)
            if pictures.is_dir():
                pictures.rmdir()
    return len(gone)


def is_stale(document: BuiltDocument, opened: OpenPlan) -> bool:
    """Whether the plan moved on since the document was built."""
    return document.plan_digest != opened.manifest.digest


def _store(folder: Path, form: str, item: MadeDocument) -> str:
    digest = sha256(item.data).hexdigest()
    if item.pages:
        pictures = private(folder / f"{digest}.pages")
        for number, picture in enumerate(item.pages, start=1):
            write_once(pictures / f"{number:04d}.png", picture)
    write_once(folder / f"{digest}.{form}", item.data)
    return digest


def write_once(path: Path, data: bytes) -> None:
    """A file appears whole or not at all; one of that name has that content already."""
    if path.exists():
        return
    part = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    with part.open("wb") as stream:
        part.chmod(0o600)
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
