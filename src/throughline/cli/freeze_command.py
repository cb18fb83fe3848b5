"""`throughline freeze`: keep an adopted version with its documents, unchangeable."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from throughline.cli.output import UsageError, add_as_of, say, say_json, today


def arguments(parser: ArgumentParser) -> None:
    """The plan and a name for the version."""
    parser.add_argument("plan", type=Path, help="plan folder, or with --verify an adopted version")
    parser.add_argument("label", nargs="?", default="", help="name of the version, for example 2027-06-15-adopted")
    parser.add_argument("--verify", action="store_true", help="tell whether an adopted version was changed")
    add_as_of(parser)


def run(args: Namespace) -> int:
    """Freeze or verify."""
    from throughline.app.freeze import freeze, verify
    from throughline.app.plans import open_plan

    if not args.verify and not args.label:
        raise UsageError("name the version, for example: throughline freeze PLAN 2027-06-15-adopted")
    if args.verify:
        wrong = verify(args.plan)
        if args.json:
            say_json({"intact": not wrong, "changed": wrong})
        else:
            say("Intact." if not wrong else "Changed, missing or new: " + ", ".join(wrong))
        return 1 if wrong else 0
    path = freeze(open_plan(args.plan), args.label, today(args.as_of))
    if args.json:
        say_json({"adopted": str(path)})
    else:
        say(f"Adopted version kept in {path}.")
    return 0
