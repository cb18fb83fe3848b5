"""Save what a person changed in a form, field by field, so that nobody's words are lost.

A form carries what it showed (`seen`). A field that was not touched keeps whatever it is by now; a field that two people changed to
different things is a conflict, shown with both values, and nothing is written.
"""

import re
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, replace
from datetime import date
from typing import Any

from throughline.app.entered import mistake
from throughline.app.noun_forms.words import noun_words
from throughline.app.plans import OpenPlan, slug
from throughline.app.set_value import save_step
from throughline.engine.plan.cells import nothing_of, text_of, value_of
from throughline.engine.plan.plan import NOUNS, Plan, with_records
from throughline.engine.plan.sheets import SheetColumn, sheet_of
from throughline.engine.refs import EntryRef
from throughline.packs.loader import load_rulebook


@dataclass(frozen=True)
class Conflict:
    """A field that someone else changed meanwhile: what the form showed, what stands there now, what was sent."""

    name: str
    seen: str
    now: str
    told: str


@dataclass(frozen=True)
class Saved:
    """What became of a form. `opened` is the plan afterwards, as before when there are errors or conflicts."""

    opened: OpenPlan
    record_id: str
    errors: Mapping[str, str] = field(default_factory=dict)  # field -> what is wrong, '' -> about the whole form
    conflicts: tuple[Conflict, ...] = ()
    changed: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        """Whether it was saved, or there was nothing to save."""
        return not self.errors and not self.conflicts


def shown_values(noun: str, record: Any) -> dict[str, str]:
    """A record as the form shows it: field -> text."""
    return {column.field: text_of(getattr(record, column.field), column.kind) for column in sheet_of(noun).columns}


def save_record(
    opened: OpenPlan, noun: str, record_id: str, seen: Mapping[str, str], told: Mapping[str, str], as_of: date
) -> Saved:
    """Save a form; an empty `record_id` makes a record. Raises KeyError when the record is gone, FolderError from the store."""
    plan = opened.plan
    known: dict[str, Any] = {record.id: record for record in getattr(plan, noun)}
    record = known[record_id] if record_id else None
    now = shown_values(noun, record) if record is not None else dict(seen)
    touched = {name: text.strip() for name, text in told.items() if text.strip() != seen.get(name, "").strip()}
    conflicts = tuple(
        Conflict(name, seen.get(name, ""), now[name], text)
        for name, text in touched.items()
        if now.get(name, "") not in (seen.get(name, ""), text)
    )
    if conflicts:
        return Saved(opened, record_id, conflicts=conflicts)
    values, errors = _typed(noun, touched if record is not None else told, is_new=record is None)
    if errors:
        return Saved(opened, record_id, errors)
    if record is not None and not values:
        return Saved(opened, record_id)
    made_id = record_id or values.pop("id", "") or _new_id(plan, noun, values)
    source = EntryRef(f"{noun}/{made_id}", as_of.isoformat())
    if record is None:
        if made_id in known:
            return Saved(opened, "", {"": f"There is a {noun_words()[noun].one} like this already; change that one."})
        after = NOUNS[noun](id=made_id, **values, source=source)
    else:
        after = replace(record, **values, source=source)
    if wrong := mistake(plan, noun, after, values, load_rulebook(plan.district.state)):
        path, _, words = wrong.partition(": ")
        name = path.rpartition("/")[2]
        return Saved(opened, record_id, {name if name in values else "": words})
    verb = "change" if record is not None else "add"
    what = f"{verb} {noun_words()[noun].one} {_name(after)}"
    done = save_step(opened, with_records(plan, noun, {made_id: after}), what, as_of)
    return Saved(done, made_id, changed=tuple(values))


def _typed(noun: str, told: Mapping[str, str], is_new: bool) -> tuple[dict[str, Any], dict[str, str]]:
    values: dict[str, Any] = {}
    errors: dict[str, str] = {}
    columns = {column.field: column for column in sheet_of(noun).columns}
    for name, text in told.items():
        column = columns.get(name)
        if column is None:
            errors[""] = f"{name} is no field of {noun}"
            continue
        text = text.strip()
        if not text:
            if column.required:
                errors[name] = "This is needed."
            elif not is_new:
                values[name] = _empty(column)
            continue
        try:
            values[name] = value_of(_spelled(text, column.kind), column.kind, column.members)
        except ValueError:
            errors[name] = f"{text[:60]} cannot be read here; write {column.expected}."
    if is_new:
        lacking = [f.name for f in fields(NOUNS[noun]) if f.default is MISSING and f.name != "id"]
        errors |= {name: "This is needed." for name in lacking if name not in values and name not in errors}
    return values, errors


def _empty(column: SheetColumn) -> Any:
    """What an emptied field holds: nothing where that can be said, else its default."""
    return nothing_of(column.kind) if column.default in (None, "", ()) else column.default


def _spelled(text: str, kind: str) -> str:
    """Allow what people type: `$` before a number, commas between the items of a list."""
    if kind == "list" and ";" not in text:
        return text.replace(",", ";")
    return text


def _new_id(plan: Plan, noun: str, values: Mapping[str, Any]) -> str:
    parts = [str(values.get(name, "")) for name in noun_words()[noun].named_by]
    base = slug(re.sub(r"\W+", " ", " ".join(part for part in parts if part and part != "*")))[:80]
    taken = {record.id for record in getattr(plan, noun)}
    made, number = base, 1
    while made in taken:
        number += 1
        made = f"{base}-{number}"
    return made


def _name(record: Any) -> str:
    return str(getattr(record, "name", "") or record.id)
