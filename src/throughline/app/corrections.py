"""Corrections of single devices: checked against plan and rulebook, applied by building the snapshot anew.

The overlay itself - who corrected what, when and why - is kept by the caller; the snapshot holds values and ids only, and
keeps them through later imports until a list of corrections without them is applied.
"""

import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from throughline.app.inventory import InventoryChange, reapply_rules
from throughline.app.plans import OpenPlan, save_plan
from throughline.engine.plan.inventory import Status
from throughline.engine.plan.plan import Plan
from throughline.engine.refs import UNASSIGNED
from throughline.engine.rulebook.book import Rulebook
from throughline.fleet.corrections import FIELDS, SEEN, Correction
from throughline.packs.loader import load_rulebook

ROLES = ("student", "staff", "shared")
CONDITIONS = ("good", "poor")
FIRST_DAY = date(2000, 1, 1)  # an earlier day is a slip


@dataclass(frozen=True, slots=True)
class DeviceCorrection:
    """One entry of the overlay. `field`: site, status, role, asset_class, model, condition, or last_seen with the day that
    somebody had the device in hand; `by` and `at` stay with it.
    """

    id: str
    key: str
    field: str
    value: str
    reason: str
    by: str = ""
    at: str = ""


def correction_choices(plan: Plan, book: Rulebook) -> dict[str, tuple[str, ...]]:
    """What each field may be corrected to, by id."""
    return {
        "site": (*(site.id for site in plan.sites), str(UNASSIGNED)),
        "status": tuple(str(status) for status in Status),
        "role": ROLES,
        "asset_class": tuple(book.asset_classes),
        "model": tuple(book.models),
        "condition": CONDITIONS,
    }


def wrong_corrections(
    plan: Plan, book: Rulebook, corrections: Sequence[DeviceCorrection]
) -> tuple[tuple[str, str], ...]:
    """Ids of corrections that cannot be applied, with the reason: `field`, `value`, or `reason` when none was given."""
    choices = correction_choices(plan, book)
    out = []
    for item in corrections:
        if item.field not in FIELDS:
            out.append((item.id, "field"))
        elif not (_is_day(item.value) if item.field == SEEN else item.value in choices[item.field]):
            out.append((item.id, "value"))
        elif not item.reason.strip():
            out.append((item.id, "reason"))
    return tuple(out)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text) >= FIRST_DAY and len(text) == len("2000-01-01")
    except ValueError:
        return False


def applied_corrections(book: Rulebook, corrections: Sequence[DeviceCorrection]) -> tuple[Correction, ...]:
    """Corrections as the fleet applies them: a model brings its class unless that was corrected too."""
    classified = {item.key for item in corrections if item.field == "asset_class"}
    out = []
    for item in corrections:
        out.append(Correction(item.id, item.key, item.field, item.value))
        model = book.models.get(item.value) if item.field == "model" and item.key not in classified else None
        if model is not None and model.asset_class:
            out.append(Correction(item.id, item.key, "asset_class", model.asset_class))
    return tuple(out)


def correct_devices(
    opened: OpenPlan, corrections: Sequence[DeviceCorrection], as_of: date
) -> tuple[OpenPlan, InventoryChange | None]:
    """The plan with the snapshot in force under exactly these corrections, as one step that undo takes back.

    The inventory keeps its day. Raises ValueError for a correction that cannot be applied.
    """
    book = load_rulebook(opened.plan.district.state)
    if wrong := wrong_corrections(opened.plan, book, corrections):
        raise ValueError("; ".join(f"correction {name}: its {what} cannot be used" for name, what in wrong))
    if opened.plan.snapshot is None:
        return opened, None
    scratch = Path(tempfile.mkdtemp(prefix="throughline-corrections-"))
    try:
        blocks: dict[str, str] = {}
        applied = applied_corrections(book, corrections)
        day = date.fromisoformat(opened.plan.snapshot.taken_on)
        done = reapply_rules(opened, opened.plan, day, scratch, blocks, applied)
        if done is None:
            return opened, None
        plan, change = done
        if plan.snapshot is not None and plan.snapshot.block == opened.plan.snapshot.block:
            return opened, change
        what = f"correct {len({item.key for item in corrections})} devices"
        return save_plan(opened, plan, what, as_of, blocks), change
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
