"""Scenario: a name and a small list of overrides over plan, rulebook and decision tables; everything untouched is shared.

Paths: `standards/<id>/life_years`, `funds/<id>/priority`, `appropriations/<id>/cents`, any noun and field of the plan;
`appropriations/<id>` with value `none` removes the record, with `field=value; field=value` it sets several fields, or makes
the record when there is none; `standards/default-<class>/<field>` changes what the rulebook implies for a class that has no
standard; `rules/<parameter path>` sets a rulebook value.
"""

from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, get_args, get_type_hints

from throughline.engine.plan.cells import value_of
from throughline.engine.plan.plan import NOUNS, Plan, with_records, without_records
from throughline.engine.plan.standards import IMPLIED, Standard

RULES = "rules/"
REMOVE = "none"
PAIRS = tuple[tuple[str, str], ...]


class OverrideError(ValueError):
    """An override names a path or value that the plan does not have; the text says which."""


@dataclass(frozen=True, slots=True)
class Override:
    """One change: where, to what (as text), and why."""

    path: str
    value: str
    reason: str = ""


@dataclass(frozen=True)
class Scenario:
    """A named what-if. `decisions` is the digest of a decision table block, '' for none."""

    name: str = "baseline"
    overrides: tuple[Override, ...] = ()
    decisions: str = ""


BASELINE_SCENARIO = Scenario()


def overlay(plan: Plan, scenario: Scenario) -> Plan:
    """The plan with the scenario's plan overrides; raises OverrideError for one that does not fit."""
    for item in scenario.overrides:
        if not item.path.startswith(RULES):
            plan = _apply(plan, item)
    return plan


def rule_overrides(scenario: Scenario) -> dict[str, str]:
    """Rulebook overrides of the scenario: parameter path -> value text."""
    return {item.path.removeprefix(RULES): item.value for item in scenario.overrides if item.path.startswith(RULES)}


def _apply(plan: Plan, item: Override) -> Plan:
    noun, _, rest = item.path.partition("/")
    if noun == "district":
        changed = replace(plan.district, **{rest: field_value(type(plan.district), rest, item.value)})
        return replace(plan, district=changed)
    if noun not in NOUNS:
        raise OverrideError(f"{item.path}: there is no {noun}; try one of district, rules, {', '.join(NOUNS)}")
    record_id, slash, name = rest.rpartition("/")
    records: dict[str, Any] = {record.id: record for record in getattr(plan, noun)}
    if item.value == REMOVE and rest in records:
        return without_records(plan, noun, frozenset({rest}))
    if noun == "standards" and record_id not in records and record_id.startswith(IMPLIED):
        records[record_id] = Standard(record_id, record_id.removeprefix(IMPLIED))
    if slash and record_id in records:
        record = records[record_id]
        value = field_value(type(record), name, item.value)
        return with_records(plan, noun, {record_id: replace(record, **{name: value})})
    if "=" in item.value and rest:
        return with_records(plan, noun, {rest: _made(item, NOUNS[noun], records.get(rest), rest)})
    raise OverrideError(f"{item.path}: no record {record_id or rest} among {noun}")


def _made(item: Override, kind: type, record: Any, record_id: str) -> Any:
    """The record with the named values, a new one when there is none; raises OverrideError for what does not fit."""
    try:
        named = dict(value_of(item.value, "settings"))
    except ValueError:
        raise OverrideError(f"{item.path}: {item.value!r} is not {_wants(PAIRS)}") from None
    values = {name: field_value(kind, name, text) for name, text in named.items()}
    if record is not None:
        return replace(record, **values)
    needed = [f.name for f in fields(kind) if f.default is MISSING and f.default_factory is MISSING and f.name != "id"]
    if lacking := [name for name in needed if name not in values]:
        raise OverrideError(f"{item.path}: a new record needs {', '.join(lacking)}")
    return kind(id=record_id, **values)


def field_value(kind: type, name: str, text: str) -> Any:
    """Text as the value of a dataclass field; raises OverrideError with what the field wants."""
    if name not in {f.name for f in fields(kind)} or name in ("id", "source"):
        known = ", ".join(f.name for f in fields(kind) if f.name not in ("id", "source"))
        raise OverrideError(f"{kind.__name__.lower()} has no field {name} to set; it has {known}")
    hint = _hints(kind)[name]
    options = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    if type(None) in options and text in ("", REMOVE):
        return None
    wanted = next(option for option in options if option is not type(None))
    try:
        return _read(wanted, text)
    except (ValueError, InvalidOperation, KeyError):
        raise OverrideError(f"{name}: {text!r} is not {_wants(wanted)}") from None


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def _wants(wanted: Any) -> str:
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return "one of " + ", ".join(str(item.value) for item in wanted)
    words = {int: "a whole number", bool: "yes or no", date: "a day (YYYY-MM-DD)", Decimal: "a number (0.05)"}
    return words.get(wanted, "named values (name=value; name=value)" if wanted == PAIRS else "a list (a,b,c)")


def _read(wanted: Any, text: str) -> Any:
    if wanted is bool:
        return {"true": True, "yes": True, "false": False, "no": False}[text.lower()]
    if wanted is date:
        return date.fromisoformat(text)
    if wanted is Decimal:
        if not text.replace(".", "", 1).removeprefix("-").isdecimal():
            raise ValueError(text)
        return Decimal(text)
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return wanted(text)
    if wanted in (int, str):
        return wanted(text)
    if wanted == PAIRS:
        return tuple(sorted(value_of(text, "settings"))) if text else ()
    return tuple(part.strip() for part in text.split(",") if part.strip())
