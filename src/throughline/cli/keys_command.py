"""`throughline keys`: a new key for the encrypted values of an installation, while people work."""

from argparse import ArgumentParser, Namespace
from importlib import import_module

from throughline.cli.output import say, say_json


def arguments(parser: ArgumentParser) -> None:
    """What to do."""
    parser.add_argument(
        "action", choices=("status", "rotate", "retire"),
        help="which key holds what; make a new key and write every value with it; take the old key away once nothing needs it",
    )  # fmt: skip


def run(args: Namespace) -> int:
    """Print who holds what afterwards."""
    held = getattr(import_module("throughline.web.ops.field_keys"), args.action)()
    if args.json:
        say_json({"ok": True, **vars(held)})
        return 0
    if args.action == "rotate":
        say(f"A new key is in force; {held.changed:,} rows were written with it.")
    say(
        f"Values under the newest key: {held.newest:,}. Under older keys: {held.older:,}. Old keys kept: {held.old_keys}."
    )
    if held.old_keys:
        say(
            "The old key still opens what older backups hold. When nothing runs that began before: throughline keys retire"
        )
    return 0
