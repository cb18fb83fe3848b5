"""The rules an inventory is read by: who is believed for what, and after how many days without contact a device is not seen.

Both are parameters of the packs (`precedence/<group>`, `inventory/unseen-days`) that a district sets as every other
assumption. They are taken as of the inventory's day, because its counts are kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from throughline.app.plans import OpenPlan
from throughline.engine.plan.assumptions import Assumption
from throughline.engine.plan.plan import Plan
from throughline.engine.rulebook.book import RulesAt
from throughline.engine.rulebook.district import district_rows, unreadable
from throughline.engine.rulebook.parameter import Parameter
from throughline.fleet.precedence import GROUPS, KINDS, SOURCES, AttributeGroup, groups_in
from throughline.packs.loader import load_rulebook

UNSEEN = "inventory/unseen-days"
PRECEDENCE = "precedence/"


@dataclass(frozen=True, slots=True)
class Unseen:
    """Devices without contact for `days` before the inventory was taken; the list is those last seen before `before`.

    `rule` says where the days come from, None where they were given for this once.
    """

    days: int
    before: date
    rule: Parameter | None = None


def inventory_rules(plan: Plan, on: date) -> RulesAt:
    """The rules of inventories under the district's own values; a value that cannot be read leaves the default."""
    book = load_rulebook(plan.district.state)
    own = tuple(item for item in plan.assumptions if of_inventory(item) and not unreadable(book, item))
    return district_rows(book, replace(plan, assumptions=own), {}, on).at(on)


def of_inventory(item: Assumption) -> bool:
    """Whether a value of the district changes what an inventory is counted as."""
    return item.path == UNSEEN or item.path.startswith(PRECEDENCE)


def unseen_days(plan: Plan, on: date) -> int:
    """Days without contact after which a device is not seen."""
    return int(inventory_rules(plan, on).number(UNSEEN))


def groups_of(plan: Plan, on: date) -> tuple[AttributeGroup, ...]:
    """Who is believed for each group of attributes."""
    rules = inventory_rules(plan, on)
    told = {group.id: rules.find(PRECEDENCE + group.id) for group in GROUPS}
    return groups_in({name: str(row.value).split() for name, row in told.items() if row is not None})


def inventory_day(opened: OpenPlan, otherwise: date) -> date:
    """The day the inventory in force was taken: an older list is not to blame for what it could not have seen since."""
    snapshot = opened.plan.snapshot
    return date.fromisoformat(snapshot.taken_on) if snapshot else otherwise


def unseen_of(opened: OpenPlan, as_of: date, days: int | None = None) -> Unseen:
    """Since when devices count as not seen; `days` instead of the rule for this once."""
    day = inventory_day(opened, as_of)
    rule = inventory_rules(opened.plan, day).row(UNSEEN) if days is None else None
    days = int(rule.value) if rule is not None else days or 0
    return Unseen(days, day - timedelta(days=days), rule)


def wrong_order(path: str, text: str) -> str:
    """What is wrong with an order of lists, '' when nothing is."""
    group = path.removeprefix(PRECEDENCE)
    if not path.startswith(PRECEDENCE) or group not in {item.id for item in GROUPS}:
        return ""
    return _wrong(text.split())


def _wrong(words: Sequence[str]) -> str:
    known = (*KINDS, *sorted(SOURCES))
    if not words:
        return f"name at least one list, the one believed first: {', '.join(KINDS)}"
    if unknown := [word for word in words if word not in known]:
        return f"there is no list {unknown[0]}; name {', '.join(KINDS)} or an importer such as {', '.join(sorted(SOURCES))}"
    if len(set(words)) < len(words):
        return "each list stands once in the order"
    return ""
