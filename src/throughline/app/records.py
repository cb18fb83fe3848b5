"""Plan records as plain values, for stores that keep them elsewhere than in a plan folder."""

from collections.abc import Mapping
from dataclasses import fields
from hashlib import sha256
from typing import Any

from throughline.engine.plan.district import District
from throughline.engine.plan.plan import NOUNS, Plan
from throughline.workspace.codec import CodecError, decode, encode
from throughline.workspace.folder import FolderError, Manifest, noun_text

KINDS: dict[str, type] = {"district": District, **NOUNS}

__all__ = [
    "KINDS",
    "CodecError",
    "FolderError",
    "Manifest",
    "decode",
    "encode",
    "manifest_of",
    "noun_digests",
    "records_of",
]


def records_of(plan: Plan, noun: str) -> tuple[Any, ...]:
    """The records of a noun; the district itself counts as one record."""
    return (plan.district,) if noun == "district" else getattr(plan, noun)


def noun_digests(plan: Plan, before: Plan | None = None, known: Mapping[str, str] | None = None) -> dict[str, str]:
    """SHA-256 of each noun's canonical file; nouns that `plan` shares with `before` keep their `known` digest."""
    out: dict[str, str] = {}
    for item in fields(plan):
        records = records_of(plan, item.name)
        if not records:
            continue
        same = before is not None and getattr(before, item.name) is getattr(plan, item.name)
        if same and known and item.name in known:
            out[item.name] = known[item.name]
        else:
            out[item.name] = sha256(noun_text(records).encode()).hexdigest()
    return out


def manifest_of(digests: Mapping[str, str], blocks: Mapping[str, str], what: str = "", at: str = "") -> Manifest:
    """The manifest that a plan folder of the same content has: same digest, whatever keeps the records."""
    return Manifest(dict(digests), dict(blocks), "", what, at)
