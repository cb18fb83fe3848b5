"""Bringing files through the browser's path, as tests do: upload, preview, answers, apply."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from throughline.engine.plan.assumptions import ImportMemory
from throughline.importers.outcome import Outcome
from throughline.importers.reading.upload import Upload
from throughline.importers.run import read_here
from throughline.web.access.scope import within_district
from throughline.web.districts.models import District
from throughline.web.intake.models import Delivery

BASE = "/d/home/inventory"


def read_here_too(
    upload: Upload,
    memories: Mapping[str, ImportMemory] | None = None,
    answers: Mapping[str, str] | None = None,
    hints: Mapping[str, str] | None = None,
    *,
    into: Path,
    limits: object = None,
) -> Outcome:
    """`importers.intake.read` without a process of its own: the same reading, a second sooner."""
    return read_here(upload, memories or {}, answers or {}, hints or {}, into)


def post_files(client: Client, *files: tuple[str, bytes], base: str = BASE) -> Any:
    """The answer to an upload."""
    sent = [SimpleUploadedFile("x", content) for _, content in files]
    for item, (name, _) in zip(sent, files, strict=True):
        item._name = name  # type: ignore[attr-defined]  # a hostile client sends what the setter would clean
    return client.post(f"{base}/bring/", {"files": sent, "whole": "1"})


def bring(client: Client, district: District, *files: tuple[str, bytes]) -> Delivery:
    """A delivery with its preview made."""
    answer = post_files(client, *files)
    assert answer.status_code == 302, answer.content[:600]
    return delivery_at(district, answer["Location"])


def delivery_at(district: District, address: str) -> Delivery:
    """The delivery of an address."""
    found = re.search(r"/bring/([0-9a-f]{32})", address)
    assert found, address
    with within_district(district.pk):
        return Delivery.objects.prefetch_related("files").get(ref=found[1])


def shown_of(district: District, delivery: Delivery) -> list[dict[str, Any]]:
    """What the preview shows of each file."""
    with within_district(district.pk):
        return [item.shown for item in Delivery.objects.get(pk=delivery.pk).files.all()]


def tell(client: Client, delivery: Delivery, told: dict[str, str]) -> Any:
    """Answer questions of a preview."""
    return client.post(f"{BASE}/bring/{delivery.ref}/", told)


def apply(client: Client, delivery: Delivery) -> str:
    """Apply; the page that follows."""
    answer = client.post(f"{BASE}/bring/{delivery.ref}/apply", follow=True)
    assert answer.status_code == 200
    return str(answer.content.decode())


def look(client: Client, delivery: Delivery) -> str:
    """The preview page."""
    answer = client.get(f"{BASE}/bring/{delivery.ref}/")
    assert answer.status_code == 200
    return str(answer.content.decode())
