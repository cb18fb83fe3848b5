"""`throughline undo`: take the last step back."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from throughline.cli.output import say, say_json


def arguments(parser: ArgumentParser) -> None:
    """The plan folder."""
    parser.add_argument("plan", type=Path, help="plan folder")


def run(args: Namespace) -> int:
    """Put the state before the last step back."""
    from throughline.app.plans import undo

    undone, now = undo(args.plan)
    if args.json:
        say_json({"undone": undone.what, "now": now.what, "digest": now.digest})
    else:
        say(f"Undone: {undone.what}. The plan stands as after: {now.what}.")
    return 0
