"""Plan records, findings and sources as JSON and back, for the way out of the child process.

Only the types of the plan, findings, references and outcomes can come back, so a broken child can hand over nothing
else.
"""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Any, get_args, get_type_hints

from throughline.engine.findings import Finding
from throughline.engine.plan.inventory import Status
from throughline.engine.plan.plan import NOUNS
from throughline.engine.refs import CellRef, DerivedRef, EntryRef, PackRef, SetRef
from throughline.importers.outcome import Dropped, Outcome, Question

_CLASSES: dict[str, type] = {
    item.__name__: item
    for item in (*NOUNS.values(), Finding, CellRef, DerivedRef, EntryRef, PackRef, SetRef, Question, Dropped)
}


def _enums_in(hint: Any) -> Iterator[type[Enum]]:
    """Kinds that a field of this type can hold."""
    if isinstance(hint, type) and issubclass(hint, Enum):
        yield hint
    for part in get_args(hint):
        yield from _enums_in(part)


# every kind that a field of a record holds, so that a new noun needs no line here
_ENUMS: dict[str, type[Enum]] = {Status.__name__: Status} | {
    kind.__name__: kind
    for made in _CLASSES.values()
    for hint in get_type_hints(made).values()
    for kind in _enums_in(hint)
}


def to_json(value: object) -> Any:
    """A value as JSON types; raises TypeError for a type that could not come back. No field of ours begins with `$`."""
    match value:
        case Enum():
            return {"$enum": type(value).__name__, "of": value.value}
        case None | bool() | int() | str():
            return str(value) if isinstance(value, str) else value
        case Decimal():
            return {"$decimal": str(value)}
        case date():
            return {"$day": value.isoformat()}
        case tuple() | list():
            return [to_json(item) for item in value]
        case _ if is_dataclass(value) and type(value).__name__ in _CLASSES:
            return {"$record": type(value).__name__} | {f.name: to_json(getattr(value, f.name)) for f in fields(value)}
        case _:
            raise TypeError(f"{type(value).__name__} cannot leave the child process")


def from_json(value: Any) -> Any:
    """What `to_json` wrote; lists come back as tuples. Raises KeyError or TypeError when it was not us who wrote."""
    if isinstance(value, list):
        return tuple(from_json(item) for item in value)
    if not isinstance(value, dict):
        return value
    if "$enum" in value:
        return _ENUMS[value["$enum"]](value["of"])
    if "$decimal" in value:
        return Decimal(value["$decimal"])
    if "$day" in value:
        return date.fromisoformat(value["$day"])
    made = _CLASSES[value["$record"]]
    return made(**{name: from_json(item) for name, item in value.items() if name != "$record"})


def outcome_to_json(outcome: Outcome) -> dict[str, Any]:
    """An outcome as JSON types."""
    staged = outcome.staged_path.name if outcome.staged_path else None
    plain = {
        f.name: to_json(getattr(outcome, f.name)) for f in fields(outcome) if f.name not in {"staged_path", "records"}
    }
    return plain | {"staged_path": staged, "records": {noun: to_json(made) for noun, made in outcome.records.items()}}


def outcome_from_json(value: dict[str, Any]) -> Outcome:
    """The outcome `outcome_to_json` wrote."""
    given = {name: from_json(item) for name, item in value.items() if name not in {"staged_path", "records"}}
    staged = Path(Path(value["staged_path"]).name) if value["staged_path"] else None
    records = {noun: from_json(made) for noun, made in value["records"].items()}
    return Outcome(**given, staged_path=staged, records=records)
