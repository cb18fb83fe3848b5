"""Scenario: a name and a small list of overrides over plan, rulebook and decision tables; everything untouched is shared.

Paths: `standards/<id>/life_years`, `funds/<id>/priority`, `appropriations/<id>/cents`, any noun and field of the plan;
`appropriations/<id>` with value `none` removes the record; `rules/<parameter path>` sets a rulebook value.
"""

from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import Enum
from types import UnionType
from typing import Any, get_args, get_type_hints

from throughline.engine.plan.cells import value_of
from throughline.engine.plan.plan import NOUNS, Plan, with_records, without_records

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
    if not slash or record_id not in records:
        raise OverrideError(f"{item.path}: no record {record_id or rest} among {noun}")
    record = records[record_id]
    return with_records(plan, noun, {record_id: replace(record, **{name: field_value(type(record), name, item.value)})})


def field_value(kind: type, name: str, text: str) -> Any:
    """Text as the value of a dataclass field; raises OverrideError with what the field wants."""
    if name not in {f.name for f in fields(kind)} or name in ("id", "source"):
        known = ", ".join(f.name for f in fields(kind) if f.name not in ("id", "source"))
        raise OverrideError(f"{kind.__name__.lower()} has no field {name} to set; it has {known}")
    hint = get_type_hints(kind)[name]
    options = get_args(hint) if isinstance(hint, UnionType) else (hint,)
    if type(None) in options and text in ("", REMOVE):
        return None
    wanted = next(option for option in options if option is not type(None))
    try:
        return _read(wanted, text)
    except (ValueError, InvalidOperation, KeyError):
        raise OverrideError(f"{name}: {text!r} is not {_wants(wanted)}") from None


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
