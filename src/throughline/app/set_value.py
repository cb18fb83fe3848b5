"""Enter values: settings, records, rulebook assumptions, site rules, model confirmations, a yearly budget in one word.

Assignments `PATH=VALUE`, several at a time, applied as one step:
    budget=180000                      a general fund with this many dollars in every plan year
    district/agenda_number=7.2         a district setting
    district/logo=crest.png            the district's mark for documents, a PNG or JPEG file
    texts/action/text=Adopt the plan   the board item's own words
    funds/levy/kind=levy               a field of a record; the record is created when its required fields are given
    funds/levy=none                    remove a record
    rules/spare/share=0.05             the district's own value of a rulebook parameter
    life/student-chromebook=4          planned life of a class; standards of the class then state none of their own
    place:/Students/Lincoln=lincoln    an org unit or location text -> site (everything below it too)
    model:HP 11 G5=hp-chromebook-11-g5-ee    a model name of the inventory -> catalog model
Money fields take integer cents, or dollars when written with a $ sign.
"""

import hashlib
import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, fields, replace
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from throughline.app.entered import mistake
from throughline.app.inventory_rules import of_inventory, wrong_order
from throughline.app.lives import PREFIX, overrides, reason_for
from throughline.app.pictures import PictureError, clean_picture
from throughline.app.plans import OpenPlan, save_plan, slug
from throughline.app.run_plan import no_rule
from throughline.engine.calendar import Horizon
from throughline.engine.plan.assumptions import Assumption, ModelChoice
from throughline.engine.plan.funds import Appropriation, Fund
from throughline.engine.plan.overlay import REMOVE, OverrideError, Scenario, field_value, overlay
from throughline.engine.plan.plan import NOUNS, Plan, with_records, without_records
from throughline.engine.plan.sites import SiteRule
from throughline.engine.plan.usable import LIVES
from throughline.engine.refs import EntryRef
from throughline.engine.rulebook.district import parse
from throughline.packs.loader import load_rulebook
from throughline.workspace.folder import atomic_write

NAMED = ("sites", "goals", "initiatives", "funds")  # records that others of the same step may name
OURS = ("import_memory", "snapshots", "stated_totals", "scenarios")  # nouns that other commands keep
MOST_NAMED = 4  # records that a step of the history names
MOST_LOGO = 2 << 20
DOLLARS = re.compile(r"\$?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{2}))?")


class SetError(ValueError):
    """An assignment cannot be applied; the text says which and why."""


def set_values(opened: OpenPlan, assignments: Sequence[str], as_of: date, reason: str = "") -> OpenPlan:
    """Apply assignments as one undoable step; raises SetError and changes nothing when one of them does not fit."""
    plan = opened.plan
    grouped: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    confirmed: list[tuple[str, str]] = []
    for text in assignments:
        path, equals, value = text.partition("=")
        if not equals or not path:
            raise SetError(f"{text}: write PATH=VALUE, for example budget=180000")
        if path == "budget":
            plan = _budget(plan, value, as_of)
        elif path.startswith("rules/"):
            plan = with_assumption(plan, path.removeprefix("rules/"), value, as_of, reason)
        elif path.startswith(PREFIX):
            plan = _life(opened, plan, path, value, as_of, reason)
        elif path.startswith(("place:", "model:")):
            confirmed.append((path, value))
        elif path == "district/logo":
            plan = replace(plan, district=replace(plan.district, logo_block=keep_logo(opened, value)))
        elif path.startswith("district/"):
            plan = _district(plan, path.removeprefix("district/"), value)
        else:
            noun, _, rest = path.partition("/")
            if noun not in NOUNS or noun in OURS:
                known = ", ".join(n for n in NOUNS if n not in OURS)
                raise SetError(f"{path}: start with budget, district/, rules/, life/, place:, model: or one of {known}")
            record, slash, name = rest.rpartition("/")
            if value == REMOVE and rest in {item.id for item in getattr(plan, noun)}:
                plan = without_records(plan, noun, frozenset({rest}))
            elif not slash:
                raise SetError(f"{path}: write {noun}/ID/FIELD=VALUE, or {noun}/ID=none to remove a record")
            else:
                grouped[noun, record][name] = value
    for (noun, record), values in sorted(grouped.items(), key=lambda item: item[0][0] not in NAMED):
        plan = _record(plan, noun, record, values, as_of)
    for path, value in confirmed:  # last: they may name sites entered in the same step
        plan = _confirm(plan, path, value, as_of)
    return save_step(opened, plan, "set " + _named(assignments), as_of)


def with_choices(plan: Plan, choices: Mapping[str, str], as_of: date) -> Plan:
    """The plan in which texts of inventories mean what a person said, by `place:` or `model:` path; raises SetError."""
    for path, value in choices.items():
        plan = _confirm(plan, path, value, as_of)
    return plan


def keep_logo(opened: OpenPlan, value: str) -> str:
    """Keep a PNG or JPEG picture, bare of what stands beside it, as a block of the plan; its name ('' removes the logo)."""
    if value in ("", REMOVE):
        return ""
    path = Path(value)
    if path.stat().st_size > MOST_LOGO:
        raise SetError(f"{value} is larger than {MOST_LOGO >> 20} MB; save a smaller picture")
    try:
        data, suffix = clean_picture(path.read_bytes())
    except PictureError as error:
        raise SetError(f"{value} {error}") from None
    name = f"{hashlib.sha256(data).hexdigest()}{suffix}"
    atomic_write(opened.block(name), data)
    return name


def save_step(opened: OpenPlan, plan: Plan, what: str, as_of: date) -> OpenPlan:
    """Write a changed plan; an inventory that now counts as something else is read anew in the same step, as of its day."""
    if plan.snapshot is None or not reads_differently(opened.plan, plan):
        return save_plan(opened, plan, what, as_of)
    from throughline.app.inventory import reapply_rules

    scratch = Path(tempfile.mkdtemp(prefix="throughline-rules-"))
    try:
        blocks: dict[str, str] = {}
        day = date.fromisoformat(plan.snapshot.taken_on)
        done = reapply_rules(opened, plan, day, scratch, blocks)
        plan = done[0] if done else plan
        return save_plan(opened, plan, what, as_of, blocks)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _named(assignments: Sequence[str]) -> str:
    """What was set, for the history: records once each, and of many the first few."""
    paths = [item.partition("=")[0] for item in assignments]
    records = list(dict.fromkeys(path if ":" in path else path.rpartition("/")[0] or path for path in paths))
    more = len(records) - MOST_NAMED
    return ", ".join(records[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


def reads_differently(before: Plan, after: Plan) -> bool:
    """Whether an inventory may count as something else: sites, rules, models, the fiscal year, or who is believed and when
    a device is not seen changed.
    """
    return (
        any(getattr(before, name) != getattr(after, name) for name in ("sites", "site_rules", "model_choices"))
        or before.district.fiscal_year_start_month != after.district.fiscal_year_start_month
        or [item for item in before.assumptions if of_inventory(item)]
        != [item for item in after.assumptions if of_inventory(item)]
    )


def _district(plan: Plan, name: str, value: str) -> Plan:
    try:
        changes = {name: field_value(type(plan.district), name, _cents(name, value))}
    except OverrideError as error:
        raise SetError(f"district/{name}: {error}") from None
    district = replace(plan.district, **changes)
    if wrong := mistake(plan, "district", district, [name], load_rulebook(district.state)):
        raise SetError(wrong)
    return replace(plan, district=district)


def _budget(plan: Plan, value: str, as_of: date) -> Plan:
    cents = _dollars(value)
    if "general" not in plan.fund_by_id:
        plan = with_records(plan, "funds", {"general": Fund("general", "general", "General fund")})
    horizon = Horizon.of(as_of, plan.district.fiscal_year_start_month)
    rows: dict[str, object] = {}
    for year in horizon.years:
        record_id = f"general-{year.label.lower()}"  # as a list of funds names it, so that either replaces the other
        source = EntryRef(f"appropriations/{record_id}/cents", as_of.isoformat(), "yearly budget")
        rows[record_id] = Appropriation(record_id, "general", year.end_year, cents, source=source)
    return with_records(plan, "appropriations", rows)


def _dollars(text: str) -> int:
    match = DOLLARS.fullmatch(text.strip())
    if match is None:
        raise SetError(f"{text!r} is not an amount of dollars; write 180000 or $180,000.00")
    return int(match[1].replace(",", "")) * 100 + int(match[2] or 0)


def _cents(name: str, value: str) -> str:
    return str(_dollars(value)) if name.endswith("cents") and value.startswith("$") else value


def with_assumption(plan: Plan, path: str, value: str, as_of: date, reason: str) -> Plan:
    """The plan with the district's own value of a parameter, or without it; raises SetError."""
    if value == REMOVE:
        return without_records(plan, "assumptions", frozenset({slug(path)}))
    book = load_rulebook(plan.district.state)
    rows = book.parameters.get(path)
    if not rows:
        raise SetError(no_rule(path, book))
    text = str(_dollars(value)) if rows[-1].unit == "cents" and value.startswith("$") else value
    try:
        parse(text, rows[-1].unit)
    except ValueError as error:
        raise SetError(f"rules/{path}: {error}") from None
    if wrong := wrong_order(path, text):
        raise SetError(f"rules/{path}: {wrong}")
    record = Assumption(
        slug(path), path, text, reason, "", as_of.isoformat(), EntryRef(f"rules/{path}", as_of.isoformat(), reason)
    )
    return with_records(plan, "assumptions", {record.id: record})


def _life(opened: OpenPlan, plan: Plan, path: str, value: str, as_of: date, reason: str) -> Plan:
    """The planned life of a class, with what local lists say of it as the reason when none is given."""
    name = path.removeprefix(PREFIX)
    if value == REMOVE:
        return with_assumption(plan, path, value, as_of, reason)
    if not (value.isascii() and value.isdigit() and int(value) in LIVES):
        raise SetError(f"{path}: {value!r} is no life; write whole years, 1 or more")
    plan = with_assumption(plan, path, value, as_of, reason or reason_for(opened, name, as_of))
    stated = tuple(item for item in overrides(plan, name, int(value)) if item.path.startswith("standards/"))
    return overlay(plan, Scenario("life", stated))


def _confirm(plan: Plan, path: str, value: str, as_of: date) -> Plan:
    kind, _, text = path.partition(":")
    source = EntryRef(path, as_of.isoformat())
    if kind == "model":
        models = load_rulebook(plan.district.state).models
        if value not in (REMOVE, "") and value not in models:
            like = get_close_matches(value, models, 3, 0.5)
            raise SetError(
                f"{path}={value}: {value} is no model of the catalog; "
                + (f"did you mean {', '.join(like)}?" if like else "the import preview lists candidates")
            )
        chosen = "" if value == REMOVE else value
        return with_records(plan, "model_choices", {slug(text): ModelChoice(slug(text), text, chosen, source=source)})
    if value == REMOVE:
        return without_records(plan, "site_rules", frozenset({f"place-{slug(text)}"}))
    if value not in plan.site_by_id:
        raise SetError(f"{value} is no site of the plan; sites are {', '.join(plan.site_by_id) or 'not entered yet'}")
    rule = SiteRule(f"place-{slug(text)}", text, value, "prefix", source=source)
    return with_records(plan, "site_rules", {rule.id: rule})


def _record(plan: Plan, noun: str, record_id: str, values: dict[str, str], as_of: date) -> Plan:
    kind = NOUNS[noun]
    if record_id != slug(record_id) and record_id.upper() != record_id and not re.fullmatch(r"[\w.-]+", record_id):
        raise SetError(f"{noun}/{record_id}: an id is letters, digits, dots and hyphens")
    try:
        typed: dict[str, Any] = {name: field_value(kind, name, _cents(name, text)) for name, text in values.items()}
    except OverrideError as error:
        raise SetError(f"{noun}/{record_id}: {error}") from None
    known: dict[str, Any] = {item.id: item for item in getattr(plan, noun)}
    source = EntryRef(f"{noun}/{record_id}", as_of.isoformat())
    if record_id in known:
        record = replace(known[record_id], **typed, source=source)
        return _with(plan, noun, record, typed)
    missing = [f.name for f in fields(kind) if f.default is MISSING and f.name != "id" and f.name not in typed]
    if missing:
        raise SetError(
            f"{noun}/{record_id} is new; also give {', '.join(f'{noun}/{record_id}/{name}' for name in missing)}"
        )
    return _with(plan, noun, kind(id=record_id, **typed, source=source), typed)


def _with(plan: Plan, noun: str, record: Any, typed: Mapping[str, Any]) -> Plan:
    if wrong := mistake(plan, noun, record, typed, load_rulebook(plan.district.state)):
        raise SetError(wrong)
    return with_records(plan, noun, {record.id: record})
