"""`throughline doctor`: check an installation and explain each thing that was looked at."""

from argparse import ArgumentParser, Namespace
from importlib import import_module

from throughline.cli.output import say, say_json


def arguments(parser: ArgumentParser) -> None:
    """For which address."""
    parser.add_argument("--host", default="127.0.0.1", help="check as if serving on this address (default 127.0.0.1)")


def run(args: Namespace) -> int:
    """Print every check; exit code 1 when a grave one fails."""
    checks = import_module("throughline.web.ops.doctor").examine(args.host)
    failed = any(not check.ok and check.grave for check in checks)
    if args.json:
        say_json({"ok": not failed, "checks": [vars(check) for check in checks]})
        return int(failed)
    for check in checks:
        mark = "ok   " if check.ok else ("FAILS" if check.grave else "note ")
        say(f"{mark}  {check.id}: {check.found}")
        if not check.ok:
            say(f"       Why it matters: {check.why}")
            say(f"       What to do: {check.remedy}")
    say()
    say(
        "The server refuses to start until what FAILS is mended."
        if failed
        else "Nothing here keeps the server from starting."
    )
    return int(failed)
