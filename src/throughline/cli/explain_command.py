"""`throughline explain`: why a number is what it is."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from throughline.cli.output import UsageError, add_as_of, say, say_json, say_long, today

EXAMPLES = """examples:
  throughline explain myplan FY2028
  throughline explain myplan category=D1.1 fiscal_year=FY2028
  throughline explain myplan unfunded FY2029
  throughline explain myplan fund=levy FY2029
  throughline explain myplan software/web-filter/FY2028
  throughline explain myplan fund=levy devices/chromebooks/new|lincoln/hardware.device/FY2028"""
TOTAL_DEPTH, LINE_DEPTH = 3, 7


def arguments(parser: ArgumentParser) -> None:
    """A selector."""
    parser.epilog = EXAMPLES
    parser.add_argument("plan", type=Path, help="plan folder")
    parser.add_argument(
        "selector", nargs="*", default=["total"], help="total, unfunded, FY2028, dimension=member, or a line id"
    )
    parser.add_argument(
        "--depth", type=int, help=f"levels to print (default {TOTAL_DEPTH} for totals, {LINE_DEPTH} for one line)"
    )
    parser.add_argument("--rows", type=int, default=3, help="inventory rows to name per device count (default 3)")
    add_as_of(parser)


def run(args: Namespace) -> int:
    """Print the tree."""
    from throughline.app.explain import ExplainError, explain, parse_selector, show_explained
    from throughline.app.explain_words import BOTTOM
    from throughline.app.inventory_rows import rows_of
    from throughline.app.plans import open_plan
    from throughline.app.run_plan import run_plan

    try:
        where = parse_selector(args.selector)
    except ExplainError as error:
        raise UsageError(str(error)) from None
    opened = open_plan(args.plan)
    result = run_plan(opened, today(args.as_of))
    deepest = args.depth if args.depth is not None else (LINE_DEPTH if "line" in where else TOTAL_DEPTH)
    found = explain(result, where, rows_of(opened, args.rows), BOTTOM if args.json else deepest)
    if args.json:
        say_json({**show_explained(found), "run": result.digest})
        return 0
    show(show_explained(found), deepest)
    return 0


def show(found: dict[str, Any], deepest: int) -> None:
    """Print the tree down to a depth."""
    cut = False
    for number, item in enumerate(found["tree"]):
        if item["depth"] > deepest:
            cut = True
            continue
        value = f": {item['value']}" if item["value"] else ""
        rule = f"  ({item['rule']})" if item["rule"] else ""
        if item["value"] and (item["rule"][:1] == "$" or (item["depth"] and item["rule"][:1].isdigit())):
            rule = f" = {item['rule']}"
        source = f"  <- {item['source']}" if item["source"] else ""
        if item["depth"] == 0 and number:
            say()
        say_long("  " * item["depth"] + f"{item['name']}{value}{rule}{source}", 4)
    if cut:
        say()
        say(f"More: --depth {deepest + 4}; one item: subject=ID (ids with --json); one line: its id.")
