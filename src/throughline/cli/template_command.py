"""`throughline template`: write an empty workbook with a sheet per kind of record."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from throughline.cli.output import add_as_of, say, say_json, today


def arguments(parser: ArgumentParser) -> None:
    """The file to write."""
    parser.add_argument("out", type=Path, nargs="?", default=Path("throughline-template.xlsx"), help="file to write")
    add_as_of(parser)


def run(args: Namespace) -> int:
    """Write the workbook."""
    from throughline.app.template import write_template

    path = write_template(args.out, today(args.as_of))
    if args.json:
        say_json({"written": str(path)})
    else:
        say(f"Wrote {path}. Fill in the sheets you need, then: throughline import PLAN {path}")
    return 0
