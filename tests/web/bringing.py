"""Bringing files through the browser's path, as tests do: upload, preview, answers, apply."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from throughline.app import resolve
from throughline.engine.plan.assumptions import ImportMemory
from throughline.importers.outcome import Outcome
from throughline.importers.reading.upload import Upload
from throughline.importers.run import read_here
from throughline.packs.matching import Matcher
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


class _Shared:
    """A connection to a database of its own within one instance: starting an instance costs more than most queries."""

    number = 0

    def __init__(self, instance: Any) -> None:
        type(self).number += 1
        self.name, self.cursor = f"own_{self.number}", instance.cursor()
        self.cursor.execute(f"attach ':memory:' as {self.name}")
        self.cursor.execute(f"use {self.name}")

    def __getattr__(self, name: str) -> Any:
        return getattr(self.cursor, name)

    def close(self) -> None:
        """Forget everything."""
        self.cursor.execute("use memory")
        self.cursor.execute(f"detach {self.name}")
        self.cursor.close()


def read_fast(patch: pytest.MonkeyPatch) -> None:
    """For hundreds of small files: no process, no new database instance and no new rulebook for each of them."""
    import duckdb

    from throughline.app import inventory, preview
    from throughline.packs.loader import load_rulebook

    patch.setattr("throughline.app.import_source.read", read_here_too)
    rulebook = cache(load_rulebook)
    for module in (inventory, preview):
        patch.setattr(module, "load_rulebook", rulebook)
    known: list[Matcher] = []
    patch.setattr(resolve, "Matcher", lambda models: known[0] if known else known.append(Matcher(models)) or known[0])
    real, instance = duckdb.connect, duckdb.connect(":memory:", config={"preserve_insertion_order": False})

    def connect(name: str = ":memory:", **more: Any) -> Any:
        of_fleet = more.get("config", {}).get("preserve_insertion_order") is False
        return _Shared(instance) if of_fleet else real(name, **more)

    patch.setattr(duckdb, "connect", connect)
