"""`throughline check`: list the findings, worst first."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from throughline.cli.output import add_as_of, money, say, say_json, say_long, today, with_command


def arguments(parser: ArgumentParser) -> None:
    """The plan, and whether errors fail."""
    parser.add_argument("plan", type=Path, help="plan folder")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a finding is an error")
    add_as_of(parser)


def run(args: Namespace) -> int:
    """Print the findings."""
    from throughline.app.plans import open_plan
    from throughline.app.run_plan import run_plan
    from throughline.app.summary import show_finding

    result = run_plan(open_plan(args.plan), today(args.as_of))
    return show([show_finding(item) for item in result.findings], result.digest, args)


def show(shown: list[dict[str, Any]], digest: str, args: Namespace) -> int:
    """Print findings; 1 when an error shall fail."""
    errors = sum(item["severity"] == "error" for item in shown)
    if args.json:
        say_json({"run": digest, "errors": errors, "findings": shown})
    else:
        for item in shown:
            amount = (
                f"  {money(item['cents'])}" if item["cents"] else ("  amount unknown" if item["cents"] is None else "")
            )
            say_long(f"{item['severity']:<7} {item['code']}{amount}  {item['message']}", 8)
            say_long(f"        {with_command(item)}", 0)
        say(f"{len(shown)} findings, {errors} of them errors.")
    return 1 if args.strict and errors else 0
