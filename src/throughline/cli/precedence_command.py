"""`throughline precedence`: which list is believed for what, what another order would change, and setting it."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from throughline.cli.output import UsageError, add_as_of, say, say_json, say_table, today

if TYPE_CHECKING:
    from throughline.app.precedence import SnapshotChanges

EXAMPLES = """examples:
  throughline precedence myplan
  throughline precedence myplan place="mdm register"
  throughline precedence myplan place="mdm register" --set --reason "the console is cleaned every week"
An order names device management (mdm), the register (register), purchase lists (orders), or importers such as intune.
Take it back with: throughline undo PLAN"""


def arguments(parser: ArgumentParser) -> None:
    """The plan, orders to look at, and whether to set them."""
    parser.epilog = EXAMPLES
    parser.add_argument("plan", type=Path, help="plan folder")
    parser.add_argument("order", nargs="*", metavar="GROUP=ORDER", help="another order for a group, best list first")
    parser.add_argument(
        "--set", action="store_true", dest="set_them", help="set them; without it, only show what changes"
    )
    parser.add_argument("--reason", default="", help="why, for those who ask later")
    add_as_of(parser)


def run(args: Namespace) -> int:
    """Print the orders in force, or what others would change; set them when told so."""
    from throughline.app.plans import open_plan
    from throughline.app.precedence import believed, believed_table, preview_orders, set_orders
    from throughline.app.set_value import SetError

    opened, day = open_plan(args.plan), today(args.as_of)
    wanted = dict(_order(text) for text in args.order)
    if args.set_them and not wanted:
        raise UsageError('--set sets the orders that are given, for example place="mdm register"')
    try:
        if wanted and not args.set_them:
            return _previewed(preview_orders(opened, wanted, day), args.json)
        if wanted:
            opened = set_orders(opened, wanted, day, args.reason)
    except SetError as error:
        raise UsageError(str(error)) from None
    found = believed(opened, day)
    if args.json:
        say_json({"groups": [{"id": item.id, "order": item.order.split(), "own": item.own} for item in found]})
        return 0
    say_table(believed_table(found))
    if args.set_them:
        say("Set as one step; the inventory was read again. Take it back with: throughline undo PLAN")
    else:
        say('See what another order would change: throughline precedence PLAN place="mdm register"')
    return 0


def _order(text: str) -> tuple[str, str]:
    group, equals, order = text.partition("=")
    if not equals:
        raise UsageError(f'{text}: write GROUP=ORDER, for example place="mdm register"')
    return group, " ".join(order.replace(",", " ").split())


def _previewed(changes: "SnapshotChanges | None", as_json: bool) -> int:
    from throughline.app.precedence import changes_table

    if changes is None:
        say_json({"devices": 0}) if as_json else say("The plan has no inventory yet, so nothing would change.")
        return 0
    if as_json:
        units = {"before": changes.units_before, "after": changes.units_after}
        say_json({"devices": changes.changed, "attributes": dict(changes.attributes), "units": units})
        return 0
    by_attribute = ", ".join(f"{name.replace('_', ' ')} {count:,}" for name, count in changes.attributes)
    say(f"{changes.changed:,} devices would be listed otherwise" + (f": {by_attribute}." if by_attribute else "."))
    if changes.units_before != changes.units_after:
        say(f"The plan would count {changes.units_after:,} devices instead of {changes.units_before:,}.")
    if changes.sample:
        say_table(changes_table(changes))
    say("Nothing was written. Set it with --set --reason WHY.")
    return 0
