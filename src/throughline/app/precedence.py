"""Who is believed for what: the orders in force with where each comes from, what another order would change, and setting it.

An order is a parameter of the packs (`precedence/<group>`), so the district's own is an assumption like every other: it has a
reason, is a step that undo takes back, and an explanation names it.
"""

import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import permutations
from pathlib import Path

from throughline.app.device_list_words import ATTRIBUTE_WORDS, GROUP_WORDS
from throughline.app.inventory import reapply_rules
from throughline.app.inventory_rules import PRECEDENCE, inventory_day, inventory_rules, wrong_order
from throughline.app.plans import OpenPlan, slug
from throughline.app.set_value import SetError, set_values, with_assumption
from throughline.engine.table import Column, Row, Table
from throughline.fleet.changes import SnapshotChanges, snapshot_changes
from throughline.fleet.precedence import GROUPS, KINDS, AttributeGroup, groups_in

__all__ = [
    "Believed", "SnapshotChanges", "attribute_words", "believed", "believed_table", "changes_table", "order_words",
    "preview_orders", "set_orders", "usual_orders",
]  # fmt: skip

KIND_WORDS = {"mdm": "device management", "register": "register", "orders": "purchase lists"}
OWN_WORDS = {
    "source": "list", "source_file": "file", "source_row": "row", "serial": "serial number", "enrolled_on": "enrolled on",
    "federal_share_bp": "federal share", "grade_band": "grades", "order_number": "order number",
}  # fmt: skip
UNSHOWN = ("model_raw", "category_raw", "role_stated")  # what a list says before it was understood, taken with the rest
SAMPLE = 20
SPELLED = "place"


@dataclass(frozen=True, slots=True)
class Believed:
    """A group of attributes: the order in force in words, its source, and whether the district set it."""

    id: str
    label: str
    attributes: tuple[str, ...]
    order: str
    words: str
    source: str
    own: bool
    reason: str


def believed(opened: OpenPlan, as_of: date) -> tuple[Believed, ...]:
    """Every group with the order it is taken in."""
    rules = inventory_rules(opened.plan, inventory_day(opened, as_of))
    own = {item.id: item for item in opened.plan.assumptions}
    out = []
    for group in GROUPS:
        row = rules.find(PRECEDENCE + group.id)
        mine = own.get(slug(PRECEDENCE + group.id))
        text = str(row.value) if row is not None else " ".join(group.kinds)
        out.append(
            Believed(
                group.id,
                GROUP_WORDS.get(group.id, group.id.replace("_", " ").capitalize()),
                tuple(attribute_words(name) for name in group.columns if name not in UNSHOWN),
                _whole(group, text),
                order_words(_whole(group, text)),
                row.source if row is not None else "",
                mine is not None,
                mine.reason if mine else "",
            )
        )
    return tuple(out)


def _whole(group: AttributeGroup, text: str) -> str:
    (taken,) = (item for item in groups_in({group.id: text.split()}) if item.id == group.id)
    return " ".join(taken.kinds)


def attribute_words(name: str) -> str:
    """A column in words."""
    return OWN_WORDS.get(name) or ATTRIBUTE_WORDS.get(name, name.replace("_", " "))


def order_words(text: str) -> str:
    """An order as a sentence has it."""
    return ", ".join(KIND_WORDS.get(word, word.replace("_", " ")) for word in text.split())


def usual_orders(current: str = "") -> tuple[tuple[str, str], ...]:
    """The orders to choose from, with their words: every order of the kinds, and the one in force where it names importers."""
    found = [" ".join(order) for order in permutations(KINDS)]
    if current and current not in found:
        found.insert(0, current)
    return tuple((text, order_words(text)) for text in found)


def preview_orders(opened: OpenPlan, orders: Mapping[str, str], as_of: date) -> SnapshotChanges | None:
    """What devices would be listed as under other orders; nothing is written. None without an inventory.

    Raises SetError for an order that names no list.
    """
    plan = opened.plan
    for group, text in _changed(opened, orders, as_of).items():
        plan = with_assumption(plan, PRECEDENCE + group, text, as_of, "preview")
    if plan.snapshot is None:
        return None
    scratch = Path(tempfile.mkdtemp(prefix="throughline-precedence-"))
    try:
        blocks: dict[str, str] = {}
        done = reapply_rules(opened, plan, inventory_day(opened, as_of), scratch, blocks)
        if done is None or done[0].snapshot is None:
            return None
        before, after = opened.block(plan.snapshot.block), done[0].snapshot.block
        found = snapshot_changes(before, Path(blocks[after]) if after in blocks else before, SAMPLE, scratch)
        # how a place is spelled changes with every list; what it means comes first
        return replace(
            found,
            attributes=tuple(sorted(found.attributes, key=lambda item: item[0] == SPELLED)),
            sample=tuple(sorted(found.sample, key=lambda item: item.attribute == SPELLED)),
        )
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def set_orders(opened: OpenPlan, orders: Mapping[str, str], as_of: date, reason: str = "") -> OpenPlan:
    """Set orders as one step; the inventory is read again with them. An order that is the packs' own ends the district's.

    Raises SetError.
    """
    told = []
    for group, text in _changed(opened, orders, as_of).items():
        path = PRECEDENCE + group
        usual = next(item for item in GROUPS if item.id == group)
        told.append(f"rules/{path}={'none' if text.split() == list(usual.kinds) else text}")
    return set_values(opened, told, as_of, reason) if told else opened


def _changed(opened: OpenPlan, orders: Mapping[str, str], as_of: date) -> dict[str, str]:
    """The orders that differ from those in force. Raises SetError."""
    now = {item.id: item.order for item in believed(opened, as_of)}
    out = {}
    for group, text in orders.items():
        if group not in now:
            raise SetError(f"{group}: there is no such group; there are {', '.join(now)}")
        if wrong := wrong_order(PRECEDENCE + group, text):
            raise SetError(f"{group}: {wrong}")
        whole = _whole(next(item for item in GROUPS if item.id == group), text)
        if whole != now[group]:
            out[group] = whole
    return out


def believed_table(found: tuple[Believed, ...]) -> Table:
    """The orders as a table."""
    columns = (
        Column("group", "What"),
        Column("order", "Believed, best first"),
        Column("source", "Because"),
        Column("id", "Id"),
    )
    rows = tuple(
        Row(
            (
                item.label,
                " > ".join(item.order.split()),
                item.reason or item.source if item.own else item.source,
                item.id,
            ),
            key=item.id,
        )
        for item in found
    )
    return Table("believed", "Who is believed for what", columns, rows)


def changes_table(changes: SnapshotChanges) -> Table:
    """The first devices that would change."""
    columns = (Column("device", "Device"), Column("what", "What"), Column("before", "Now"), Column("after", "Then"))
    rows = tuple(
        Row(
            (
                item.key.partition(":")[2] or item.key,
                attribute_words(item.attribute),
                item.before,
                item.after,
            )
        )
        for item in changes.sample
    )
    return Table("changes", "Devices that would be listed otherwise", columns, rows)
