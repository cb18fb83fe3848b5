"""Plan records as JSON values, read and written by programs: whole records or some of their fields, each write one step."""

from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import date
from hashlib import sha256
from typing import Any

from throughline.app.entered import mistake
from throughline.app.plans import OpenPlan
from throughline.app.records import CodecError, decode, encode
from throughline.app.set_value import OURS, save_step
from throughline.engine.plan.plan import NOUNS, with_records
from throughline.engine.refs import EntryRef
from throughline.packs.loader import load_rulebook
from throughline.workspace.codec import dumps

NAMES = tuple(noun for noun in NOUNS if noun not in OURS)


class RecordError(ValueError):
    """A record cannot be written as it was sent; the text says which field and why."""


def value_of(record: Any) -> dict[str, Any]:
    """The record as JSON values: exact numbers as text, days as ISO text, money as integer cents; defaults left out."""
    return encode(record)


def version_of(record: Any) -> str:
    """What changes when the record changes, wherever its values came from."""
    return sha256(dumps(encode(replace(record, source=None))).encode()).hexdigest()[:24]


def find(opened: OpenPlan, noun: str, record_id: str) -> Any | None:
    """The record of that id."""
    return next((item for item in getattr(opened.plan, noun) if item.id == record_id), None)


def write(
    opened: OpenPlan, noun: str, record_id: str, told: Mapping[str, Any], as_of: date, whole: bool
) -> tuple[OpenPlan, Any]:
    """Make or replace a record (`whole`), or change the fields told. Raises RecordError; FolderError from the store."""
    kind = NOUNS[noun]
    known = find(opened, noun, record_id)
    sent = {name: value for name, value in told.items() if name not in ("id", "source")}
    if told.get("id", record_id) != record_id:
        raise RecordError(f"id: the address says {record_id}, the record says {told['id']!r}")
    if not record_id.strip() or not record_id.isprintable() or len(record_id) > 200:
        raise RecordError("id: an id is a short text without control characters")
    base = {} if whole or known is None else encode(known)
    data = {name: value for name, value in {**base, **sent}.items() if name != "source"}
    try:
        record = decode(kind, {**data, "id": record_id}, f"{noun}/{record_id}")
    except (CodecError, ArithmeticError) as error:
        raise RecordError(str(error)) from None
    record = replace(record, source=EntryRef(f"{noun}/{record_id}", as_of.isoformat()))
    _storable(record)
    if wrong := mistake(opened.plan, noun, record, set(sent), load_rulebook(opened.plan.district.state)):
        raise RecordError(wrong)
    if known is not None and replace(known, source=None) == replace(record, source=None):
        return opened, known
    verb = "change" if known is not None else "add"
    plan = with_records(opened.plan, noun, {record_id: record})
    return save_step(opened, plan, f"{verb} {noun}/{record_id}", as_of), record


def _storable(record: Any) -> None:
    """Whole numbers that a table can hold, and texts without signs that no file can."""
    for item in fields(record):
        value = getattr(record, item.name)
        if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 1 << 53:
            raise RecordError(f"{item.name}: {value} is too large")
        for text in value if isinstance(value, tuple) else (value,):
            for part in text if isinstance(text, tuple) else (text,):
                if isinstance(part, str) and any(ord(sign) < 32 and sign not in "\n\t" for sign in part):
                    raise RecordError(f"{item.name}: control characters cannot stand in a text")
                if isinstance(part, str) and any(0xD800 <= ord(sign) <= 0xDFFF for sign in part):
                    raise RecordError(f"{item.name}: half a character cannot stand in a text")
