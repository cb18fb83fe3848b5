"""`throughline restore`: put an archive of `throughline backup` in place of what is there."""

from argparse import ArgumentParser, Namespace
from importlib import import_module
from pathlib import Path

from throughline.cli.output import say, say_json


def arguments(parser: ArgumentParser) -> None:
    """Which archive."""
    parser.add_argument("archive", type=Path, help="archive written by `throughline backup`")
    parser.add_argument("--check", action="store_true", help="only check the archive; change nothing")


def run(args: Namespace) -> int:
    """Check the whole archive, then restore beside the data and swap."""
    import_module("throughline.web.ops.start").start()
    done = import_module("throughline.web.ops.restore").restore_command(args.archive, args.check)
    if args.json:
        say_json({"archive": str(args.archive), "restored": not args.check, "tables": done.tables, "rows": done.rows,
                  "files": done.files, "kept": done.kept})  # fmt: skip
        return 0
    what = "is whole" if args.check else "is restored"
    say(f"{args.archive} {what}: {done.rows:,} rows of {done.tables} tables, {done.files:,} files, of {done.made}.")
    if done.kept:
        say(f"What was there before is kept for 7 days: {done.kept}")
    for line in done.notes:
        say(line)
    return 0
