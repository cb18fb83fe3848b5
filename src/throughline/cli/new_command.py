"""`throughline new`: create a plan folder."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from throughline.cli.output import add_as_of, say, say_json, today


def arguments(parser: ArgumentParser) -> None:
    """Folder, name, state, fiscal year."""
    parser.add_argument("plan", type=Path, help="folder to create")
    parser.add_argument("--name", required=True, help="name of the district")
    parser.add_argument("--state", default="", help="postal code of the state, for example NJ")
    parser.add_argument(
        "--fiscal-year-start", type=int, metavar="MONTH", help="month in which the fiscal year starts (default 7)"
    )
    add_as_of(parser)


def run(args: Namespace) -> int:
    """Create the folder."""
    from throughline.app.plans import new_plan

    opened = new_plan(args.plan, args.name, args.state, args.fiscal_year_start, today(args.as_of))
    if args.json:
        say_json({"plan": str(args.plan), "digest": opened.manifest.digest, "district": opened.plan.district.id})
        return 0
    say(f"Created a plan for {args.name} in {args.plan}.")
    say(f"Next: throughline import {args.plan} chromebooks.csv")
    say(f"      throughline set {args.plan} budget=180000")
    return 0
