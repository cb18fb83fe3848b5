"""`throughline report`: write one document."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from throughline.cli.output import UsageError, add_as_of, say, say_json, today


def arguments(parser: ArgumentParser) -> None:
    """Report, format, file."""
    parser.add_argument("plan", type=Path, help="plan folder")
    parser.add_argument("report", help="report id; list them with: throughline reports")
    parser.add_argument("--format", default="", help="file format (default: the report's usual one)")
    parser.add_argument("--out", type=Path, help="file to write (default: REPORT.FORMAT here)")
    add_as_of(parser)


def run(args: Namespace) -> int:
    """Write it."""
    from throughline.app.documents import format_of, write_report
    from throughline.app.plans import open_plan
    from throughline.app.run_plan import run_plan

    opened = open_plan(args.plan)
    try:
        form = format_of(args.report, args.format)
    except ValueError as error:
        raise UsageError(str(error)) from None
    target = args.out or Path(f"{args.report.replace('_', '-')}.{form}")
    path = write_report(opened, run_plan(opened, today(args.as_of)), args.report, form, target)
    if args.json:
        say_json({"written": str(path), "report": args.report, "format": form})
    else:
        say(f"Wrote {path}")
    return 0
