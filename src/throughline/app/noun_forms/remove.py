"""Remove a record together with what belongs to it; what only mentions it lets it go. One step, which undo takes back."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from throughline.app.noun_forms.words import noun_words
from throughline.app.plans import OpenPlan
from throughline.app.set_value import save_step
from throughline.engine.plan.plan import NOUNS, Plan, with_records, without_records

REFERENCES = {
    "funds": "fund",
    "goals": "goal",
    "initiatives": "initiative",
    "sites": "site",
    "option_sets": "option_set",
    "options": "option",
    "awards": "award",
}
OWNED = {
    "funds": ("appropriations", "given_amounts"),
    "sites": ("enrollment", "group_counts", "staffing", "site_rules"),
    "option_sets": ("options",),
    "options": ("option_costs", "option_ratings"),
}


@dataclass(frozen=True)
class Removed:
    """The plan afterwards, and what else went or changed: noun -> number of records."""

    opened: OpenPlan
    gone: dict[str, int]
    let_go: dict[str, int]


def dependents(plan: Plan, noun: str, record_id: str) -> tuple[dict[str, list[Any]], dict[str, list[Any]]]:
    """Records that belong to this one, with what belongs to them in turn, and records that mention it."""
    name = REFERENCES.get(noun)
    owned: dict[str, list[Any]] = {}
    mention: dict[str, list[Any]] = {}
    if name is None:
        return owned, mention
    for other, kind in NOUNS.items():
        if name in {item.name for item in fields(kind)}:
            found = [record for record in getattr(plan, other) if getattr(record, name) == record_id]
            if found:
                (owned if other in OWNED.get(noun, ()) else mention)[other] = found
    for other in [name for name in owned if name in OWNED]:
        for record in owned[other]:
            for below, found in dependents(plan, other, record.id)[0].items():
                owned.setdefault(below, []).extend(found)
    return owned, mention


def remove_record(opened: OpenPlan, noun: str, record_id: str, as_of: date) -> Removed:
    """Remove it; raises KeyError when there is no such record."""
    plan = opened.plan
    record: Any = {item.id: item for item in getattr(plan, noun)}[record_id]
    owned, mention = dependents(plan, noun, record_id)
    plan = without_records(plan, noun, frozenset({record_id}))
    for other, found in owned.items():
        plan = without_records(plan, other, frozenset(item.id for item in found))
    name = REFERENCES.get(noun, "")
    for other, found in mention.items():
        instead = next(item.default for item in fields(NOUNS[other]) if item.name == name)
        if isinstance(instead, str):
            plan = with_records(plan, other, {item.id: replace(item, **{name: instead}) for item in found})
    what = f"remove {noun_words()[noun].one} {getattr(record, 'name', '') or record_id}"
    return Removed(
        save_step(opened, plan, what, as_of),
        {other: len(found) for other, found in owned.items()},
        {other: len(found) for other, found in mention.items()},
    )
