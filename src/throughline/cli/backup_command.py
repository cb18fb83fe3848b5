"""`throughline backup`: keep everything of an installation in one archive, while people work."""

from argparse import ArgumentParser, Namespace
from importlib import import_module
from pathlib import Path

from throughline.cli.output import say, say_json


def arguments(parser: ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("target", type=Path, help="folder for the archive, or the archive's own name ending in .zip")


def run(args: Namespace) -> int:
    """Write the archive and read it back."""
    import_module("throughline.web.ops.start").start()
    done = import_module("throughline.web.ops.backup").back_up_command(args.target)
    if args.json:
        say_json(
            {
                "archive": str(done.path),
                "bytes": done.size,
                "tables": done.tables,
                "rows": done.rows,
                "files": done.files,
            }
        )
        return 0
    say(
        f"Wrote {done.path} ({done.size:,} bytes): {done.rows:,} rows of {done.tables} tables, {done.files:,} files, read back."
    )
    say(f"The keys in {done.keys} are not in it. Keep a copy of them elsewhere: without the field key, the most")
    say("sensitive fields cannot be read; without the audit key, the log cannot be proved.")
    return 0
