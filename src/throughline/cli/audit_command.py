"""`throughline audit`: check the log of an installation, or print the end of each of its chains."""

from argparse import ArgumentParser, Namespace
from importlib import import_module

from throughline.cli.output import say, say_json


def arguments(parser: ArgumentParser) -> None:
    """What to do, and against which ends."""
    parser.add_argument(
        "action", choices=("verify", "heads"), help="check every entry, or print the ends of the chains"
    )
    parser.add_argument(
        "--known",
        default="",
        metavar="FILE",
        help="also check against these ends, as `heads` or a backup's manifest says them",
    )


def run(args: Namespace) -> int:
    """Print the state of every chain; exit code 1 when one is not whole."""
    audit = import_module("throughline.web.audit.command")
    if args.action == "heads":
        say_json({str(number): list(end) for number, end in audit.ends().items()})
        return 0
    chains = audit.examine(args.known)
    failed = any(chain["wrong"] for chain in chains)
    if args.json:
        say_json({"ok": not failed, "chains": chains})
        return int(failed)
    for chain in chains:
        say(f"{'FAILS' if chain['wrong'] else 'ok   '}  {chain['name']}: {chain['entries']:,} entries")
        for words in chain["wrong"]:
            say(f"       {words}")
    return int(failed)
