"""The published schema of the plan folder: JSON Schema derived from the engine's dataclasses, so it cannot drift."""

import types
from dataclasses import MISSING, fields
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Union, get_args, get_origin, get_type_hints

from throughline.engine.plan.district import District
from throughline.engine.plan.fields import sensitivity
from throughline.engine.plan.plan import NOUNS
from throughline.workspace.codec import SOURCES
from throughline.workspace.folder import FORMAT, VERSION


def plan_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of every noun file, with each field's sensitivity class."""
    definitions = {name: _object(kind) for name, kind in {"district": District, **NOUNS}.items()}
    sources = {tag: _object(kind, classes=False) for tag, kind in SOURCES.items()}
    definitions["source"] = {
        "oneOf": [
            {"type": "object", "properties": {tag: body}, "required": [tag], "additionalProperties": False}
            for tag, body in sources.items()
        ]
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"{FORMAT} {VERSION}",
        "description": "Each file nouns/<noun>.<digest>.json is a list of the objects defined here.",
        "$defs": definitions,
    }


def _object(kind: type, classes: bool = True) -> dict[str, Any]:
    hints = get_type_hints(kind)
    levels = sensitivity(kind) if classes else {}
    properties: dict[str, Any] = {}
    for item in fields(kind):
        body = _schema(hints[item.name])
        if levels:
            body = {**body, "x-sensitivity": levels[item.name]}
        properties[item.name] = body
    required = [item.name for item in fields(kind) if item.default is MISSING and item.default_factory is MISSING]
    text = (kind.__doc__ or "").strip().split("\n\n")[0]
    return {
        "type": "object", "description": " ".join(text.split()), "properties": properties, "required": required,
        "additionalProperties": False,
    }  # fmt: skip


def _schema(hint: Any) -> dict[str, Any]:
    origin = get_origin(hint)
    if origin in (types.UnionType, Union):
        options = [option for option in get_args(hint) if option is not type(None)]
        inner = {"$ref": "#/$defs/source"} if set(options) <= set(SOURCES.values()) else _schema(options[0])
        return {"anyOf": [inner, {"type": "null"}]}
    if origin is tuple:
        args = get_args(hint)
        if len(args) == 2 and args[1] is Ellipsis:
            return {"type": "array", "items": _schema(args[0])}
        return {
            "type": "array",
            "prefixItems": [_schema(arg) for arg in args],
            "minItems": len(args),
            "maxItems": len(args),
        }
    if hint is Decimal:
        return {"type": "string", "pattern": r"^-?\d+(\.\d+)?$"}
    if hint is date:
        return {"type": "string", "format": "date"}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"type": "string", "enum": [member.value for member in hint]}
    return {"type": {str: "string", int: "integer", bool: "boolean"}[hint]}
