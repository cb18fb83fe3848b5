"""Enter values: settings, records, rulebook assumptions, site rules, model confirmations, a yearly budget in one word.

Assignments `PATH=VALUE`, several at a time, applied as one step:
    budget=180000                      a general fund with this many dollars in every plan year
    district/agenda_number=7.2         a district setting
    funds/levy/kind=levy               a field of a record; the record is created when its required fields are given
    funds/levy=none                    remove a record
    rules/spare/share=0.05             the district's own value of a rulebook parameter
    place:/Students/Lincoln=lincoln    an org unit or location text -> site (everything below it too)
    model:HP 11 G5=hp-chromebook-11-g5-ee    a model name of the inventory -> catalog model
Money fields take integer cents, or dollars when written with a $ sign.
"""

import re
import shutil
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import MISSING, fields, replace
from datetime import date
from pathlib import Path
from typing import Any

from throughline.app.plans import OpenPlan, save_plan, slug
from throughline.engine.calendar import Horizon
from throughline.engine.plan.assumptions import Assumption, ModelChoice
from throughline.engine.plan.funds import Appropriation, Fund
from throughline.engine.plan.overlay import REMOVE, OverrideError, field_value
from throughline.engine.plan.plan import NOUNS, Plan, with_records, without_records
from throughline.engine.plan.sites import SiteRule
from throughline.engine.refs import EntryRef
from throughline.engine.rulebook.district import parse
from throughline.packs.loader import load_rulebook

DOLLARS = re.compile(r"\$?(\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d{2}))?")


class SetError(ValueError):
    """An assignment cannot be applied; the text says which and why."""


def set_values(opened: OpenPlan, assignments: Sequence[str], as_of: date, reason: str = "") -> OpenPlan:
    """Apply assignments as one undoable step; raises SetError and changes nothing when one of them does not fit."""
    plan = opened.plan
    grouped: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    rules_changed = False
    for text in assignments:
        path, equals, value = text.partition("=")
        if not equals or not path:
            raise SetError(f"{text}: write PATH=VALUE, for example budget=180000")
        if path == "budget":
            plan = _budget(plan, value, as_of)
        elif path.startswith("rules/"):
            plan = _assumption(plan, path.removeprefix("rules/"), value, as_of, reason)
        elif path.startswith(("place:", "model:")):
            plan = _confirm(plan, path, value, as_of)
            rules_changed = True
        elif path.startswith("district/"):
            name = path.removeprefix("district/")
            changes = {name: field_value(type(plan.district), name, _cents(name, value))}
            plan = replace(plan, district=replace(plan.district, **changes))
        else:
            noun, _, rest = path.partition("/")
            if noun not in NOUNS:
                raise SetError(
                    f"{path}: start with budget, district/, rules/, place:, model: or one of {', '.join(NOUNS)}"
                )
            record, slash, name = rest.rpartition("/")
            if value == REMOVE and rest in {item.id for item in getattr(plan, noun)}:
                plan = without_records(plan, noun, frozenset({rest}))
            elif not slash:
                raise SetError(f"{path}: write {noun}/ID/FIELD=VALUE, or {noun}/ID=none to remove a record")
            else:
                grouped[noun, record][name] = value
    for (noun, record), values in grouped.items():
        plan = _record(plan, noun, record, values, as_of)
    return _save(opened, plan, assignments, as_of, rules_changed)


def _save(opened: OpenPlan, plan: Plan, assignments: Sequence[str], as_of: date, rules_changed: bool) -> OpenPlan:
    what = "set " + " ".join(item.partition("=")[0] for item in assignments)
    if not rules_changed or plan.snapshot is None:
        return save_plan(opened, plan, what, as_of)
    from throughline.app.import_source import keep_blocks
    from throughline.app.inventory import reapply_rules

    scratch = Path(tempfile.mkdtemp(prefix="throughline-rules-"))
    try:
        blocks: dict[str, str] = {}
        done = reapply_rules(opened, plan, as_of, scratch, blocks)
        plan = done[0] if done else plan
        keep_blocks(opened, blocks)
        return save_plan(opened, plan, what, as_of, dict.fromkeys(blocks, "inventory"))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def _budget(plan: Plan, value: str, as_of: date) -> Plan:
    cents = _dollars(value)
    plan = with_records(plan, "funds", {"general": Fund("general", "general", "General fund")})
    horizon = Horizon.of(as_of, plan.district.fiscal_year_start_month)
    rows: dict[str, object] = {}
    for year in horizon.years:
        source = EntryRef(f"appropriations/general-{year.label}/cents", as_of.isoformat(), "yearly budget")
        rows[f"general-{year.label}"] = Appropriation(
            f"general-{year.label}", "general", year.end_year, cents, source=source
        )
    return with_records(plan, "appropriations", rows)


def _dollars(text: str) -> int:
    match = DOLLARS.fullmatch(text.strip())
    if match is None:
        raise SetError(f"{text!r} is not an amount of dollars; write 180000 or $180,000.00")
    return int(match[1].replace(",", "")) * 100 + int(match[2] or 0)


def _cents(name: str, value: str) -> str:
    return str(_dollars(value)) if name.endswith("cents") and value.startswith("$") else value


def _assumption(plan: Plan, path: str, value: str, as_of: date, reason: str) -> Plan:
    if value == REMOVE:
        return without_records(plan, "assumptions", frozenset({slug(path)}))
    rows = load_rulebook(plan.district.state).parameters.get(path)
    if not rows:
        raise SetError(f"no rule is named {path}")
    text = str(_dollars(value)) if rows[-1].unit == "cents" and value.startswith("$") else value
    try:
        parse(text, rows[-1].unit)
    except ValueError as error:
        raise SetError(f"rules/{path}: {error}") from None
    record = Assumption(
        slug(path), path, text, reason, "", as_of.isoformat(), EntryRef(f"rules/{path}", as_of.isoformat(), reason)
    )
    return with_records(plan, "assumptions", {record.id: record})


def _confirm(plan: Plan, path: str, value: str, as_of: date) -> Plan:
    kind, _, text = path.partition(":")
    source = EntryRef(path, as_of.isoformat())
    if kind == "model":
        models = load_rulebook(plan.district.state).models
        if value not in (REMOVE, "") and value not in models:
            raise SetError(f"{value} is no catalog model; the import preview lists candidates")
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
        return with_records(plan, noun, {record_id: replace(known[record_id], **typed, source=source)})
    missing = [f.name for f in fields(kind) if f.default is MISSING and f.name != "id" and f.name not in typed]
    if missing:
        raise SetError(
            f"{noun}/{record_id} is new; also give {', '.join(f'{noun}/{record_id}/{name}' for name in missing)}"
        )
    return with_records(plan, noun, {record_id: kind(id=record_id, **typed, source=source)})
