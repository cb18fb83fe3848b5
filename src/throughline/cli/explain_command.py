"""`throughline explain`: why a number is what it is."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from throughline.cli.output import add_as_of, say, say_json, today

EXAMPLES = """examples:
  throughline explain myplan FY2028
  throughline explain myplan category=D1.1 fiscal_year=FY2028
  throughline explain myplan unfunded FY2029
  throughline explain myplan fund=levy FY2029
  throughline explain myplan software/web-filter/FY2028"""


def arguments(parser: ArgumentParser) -> None:
    """A selector."""
    parser.epilog = EXAMPLES
    parser.add_argument("plan", type=Path, help="plan folder")
    parser.add_argument(
        "selector", nargs="*", default=["total"], help="total, unfunded, FY2028, dimension=member, or a line id"
    )
    parser.add_argument("--depth", type=int, default=9, help="how many levels to print (default 9)")
    parser.add_argument("--rows", type=int, default=3, help="inventory rows to name per device count (default 3)")
    add_as_of(parser)


def run(args: Namespace) -> int:
    """Print the tree."""
    from throughline.app.explain import explain, parse_selector
    from throughline.app.inventory_rows import rows_of
    from throughline.app.plans import open_plan
    from throughline.app.run_plan import run_plan

    opened = open_plan(args.plan)
    result = run_plan(opened, today(args.as_of))
    found = explain(result, parse_selector(args.selector), rows_of(opened, args.rows))
    if args.json:
        say_json(
            {
                "title": found.title,
                "cents": found.cents,
                "run": result.digest,
                "tree": [
                    {"depth": t.depth, "name": t.name, "value": t.value, "rule": t.rule, "source": t.source}
                    for t in found.lines
                ],
            }
        )
        return 0
    for item in found.lines:
        if item.depth > args.depth:
            continue
        rule = f"  [{item.rule}]" if item.rule else ""
        source = f"  <- {item.source}" if item.source else ""
        value = f": {item.value}" if item.value else ""
        say("  " * item.depth + f"{item.name}{value}{rule}{source}")
    return 0
