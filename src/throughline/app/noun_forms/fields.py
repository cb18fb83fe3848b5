"""The fields of a noun's form: label, kind of input, choices from the rules and from the plan's own records."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from throughline.app.entered import known_words
from throughline.app.noun_forms.words import noun_words
from throughline.engine.plan.cells import text_of
from throughline.engine.plan.plan import Plan
from throughline.engine.plan.sheets import SheetColumn, sheet_of
from throughline.engine.plan.texts import AGENDA_TEXTS
from throughline.engine.rulebook.book import Rulebook

LONG = frozenset({"text", "note", "reason"})
SEVERAL = frozenset({"list", "settings"})


@dataclass(frozen=True)
class FormField:
    """A field as a person sees it. `choices` are (value, words); empty for free input."""

    name: str
    label: str
    help: str
    kind: str  # text, long, dollars, number, whole, date, yes_no, choice, list, settings
    required: bool
    choices: tuple[tuple[str, str], ...]
    more: bool  # stands behind "More"
    default: str  # what the field holds when nothing is entered


def form_fields(plan: Plan, noun: str, book: Rulebook) -> tuple[FormField, ...]:
    """The fields of the form of a noun; raises KeyError for a noun that has none."""
    words = noun_words()[noun]
    columns = {column.field: column for column in sheet_of(noun).columns}
    return tuple(
        _field(plan, noun, columns[name], label, help_text, name in words.more, book)
        for name, (label, help_text) in words.fields.items()
    )


def _field(
    plan: Plan, noun: str, column: SheetColumn, label: str, help_text: str, more: bool, book: Rulebook
) -> FormField:
    choices = _choices(plan, noun, column, book)
    kind = column.kind
    if choices and kind not in SEVERAL:
        kind = "choice"
    elif kind == "text" and column.field in LONG:
        kind = "long"
    default = "" if column.required else text_of(column.default, column.kind)
    return FormField(column.field, label, help_text, kind, column.required, choices, more, default)


def _choices(plan: Plan, noun: str, column: SheetColumn, book: Rulebook) -> tuple[tuple[str, str], ...]:
    if column.members is not None:
        return tuple((member.value, member.value) for member in column.members)
    if (noun, column.field) == ("texts", "id"):
        return tuple((name, name.replace("_", " ")) for name in AGENDA_TEXTS)
    if (noun, column.field) == ("model_choices", "model") or noun == "account_rules":
        return ()  # thousands of models, and codes of the district's own chart: typed, with suggestions
    known: Collection[str] = known_words(plan, noun, column.field, book)
    if column.field == "site" and not known:
        known = ("DISTRICT", *plan.site_by_id)
    named = _names(plan, column.field, book)
    return tuple((word, named.get(word, word.replace("_", " "))) for word in known)


def _names(plan: Plan, field: str, book: Rulebook) -> dict[str, str]:
    """Words for ids that a person would not recognize."""
    found: dict[str, Any] = {
        "fund": {fund.id: fund.name for fund in plan.funds},
        "goal": {goal.id: goal.name for goal in plan.goals},
        "initiative": {item.id: item.name for item in plan.initiatives},
        "option_set": {item.id: item.name for item in plan.option_sets},
        "option": {item.id: item.name for item in plan.options},
        "site": {"DISTRICT": "the whole district", **{site.id: site.name for site in plan.sites}},
        "sites": {site.id: site.name for site in plan.sites},
        "kind": {rule.id: rule.title for rule in book.fund_rules.values()},
        "asset_class": {item.id: item.label for item in book.asset_classes.values()},
        "category": {item.code: f"{item.code} {item.label}" for item in book.categories.values()},
    }.get(field, {})
    return found
