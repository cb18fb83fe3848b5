"""Canonical JSON of plan records: sorted keys, defaults left out, exact decimals as text, dates as ISO text.

The type hints of the engine's dataclasses are the schema; a key they do not know is an error, never ignored.
"""

import json
import types
from collections.abc import Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from throughline.engine.refs import CellRef, DerivedRef, EntryRef, PackRef, SetRef

SOURCES: dict[str, type] = {"cell": CellRef, "pack": PackRef, "entry": EntryRef, "set": SetRef, "derived": DerivedRef}
_TAG = {kind: tag for tag, kind in SOURCES.items()}


class CodecError(ValueError):
    """A record does not fit its noun: unknown key, missing key or wrong type."""


def dumps(value: object) -> str:
    """One canonical JSON text: sorted keys, no spaces, UTF-8 kept."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def encode(record: Any) -> dict[str, Any]:
    """A record as JSON-ready values; fields equal to their default are left out."""
    out: dict[str, Any] = {}
    for item in fields(record):
        value = getattr(record, item.name)
        if not _is_default(item, value):
            out[item.name] = _plain(value)
    return out


def decode(kind: type, data: object, where: str) -> Any:
    """A record of `kind` from JSON values; `where` names the place in messages. Raises CodecError."""
    if not isinstance(data, Mapping):
        raise CodecError(f"{where}: expected an object")
    hints, known = _shape(kind)
    unknown = sorted(set(data) - set(known))
    if unknown:
        raise CodecError(f"{where}: unknown {', '.join(unknown)}; written by a newer version?")
    missing = sorted(name for name, item in known.items() if name not in data and _required(item))
    if missing:
        raise CodecError(f"{where}: lacks {', '.join(missing)}")
    return kind(**{name: _typed(hints[name], value, f"{where}.{name}") for name, value in data.items()})


@cache
def _shape(kind: type) -> tuple[dict[str, Any], dict[str, Field[Any]]]:
    return get_type_hints(kind), {item.name: item for item in fields(kind)}


def _required(item: Field[Any]) -> bool:
    return item.default is MISSING and item.default_factory is MISSING


def _is_default(item: Field[Any], value: object) -> bool:
    return item.default is not MISSING and type(value) is type(item.default) and value == item.default


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if is_dataclass(value) and type(value) in _TAG:
        return {_TAG[type(value)]: encode(value)}
    return value


def _typed(hint: Any, value: Any, where: str) -> Any:
    origin = get_origin(hint)
    if origin in (types.UnionType, Union):
        return _from_union(get_args(hint), value, where)
    if origin is tuple:
        return _from_list(get_args(hint), value, where)
    if hint is Decimal:
        return _decimal(value, where)
    if hint is date:
        return _date(value, where)
    if isinstance(hint, type) and issubclass(hint, Enum):
        try:
            return hint(value)
        except ValueError:
            raise CodecError(f"{where}: {value!r} is not one of {', '.join(str(m.value) for m in hint)}") from None
    if hint in (str, int, bool):
        if type(value) is not hint:
            raise CodecError(f"{where}: expected {hint.__name__}, found {value!r}")
        return value
    raise CodecError(f"{where}: no codec for {hint}")


def _from_union(options: tuple[Any, ...], value: Any, where: str) -> Any:
    if value is None and type(None) in options:
        return None
    if isinstance(value, Mapping) and len(value) == 1:
        tag, body = next(iter(value.items()))
        if tag in SOURCES:
            return decode(SOURCES[tag], body, where)
    rest = [option for option in options if option is not type(None)]
    if len(rest) == 1:
        return _typed(rest[0], value, where)
    raise CodecError(f"{where}: {value!r} is not a source")


def _from_list(args: tuple[Any, ...], value: Any, where: str) -> tuple[Any, ...]:
    if not isinstance(value, list):
        raise CodecError(f"{where}: expected a list")
    if len(args) == 2 and args[1] is Ellipsis:
        return tuple(_typed(args[0], item, where) for item in value)
    if len(args) != len(value):
        raise CodecError(f"{where}: expected {len(args)} values")
    return tuple(_typed(kind, item, where) for kind, item in zip(args, value, strict=True))


def _decimal(value: Any, where: str) -> Decimal:
    if not isinstance(value, str) or not value.removeprefix("-").replace(".", "", 1).isascii():
        raise CodecError(f"{where}: expected a decimal number as text, found {value!r}")
    if not value.removeprefix("-").replace(".", "", 1).isdigit():
        raise CodecError(f"{where}: {value!r} is not a decimal number")
    return Decimal(value)


def _date(value: Any, where: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise CodecError(f"{where}: {value!r} is not a date") from None
