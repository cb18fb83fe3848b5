"""`throughline compare`: two plans, or a plan and a what-if, side by side."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from throughline.cli.output import UsageError, add_as_of, assignment, money, say, say_json, say_table, today

EXAMPLES = """examples:
  throughline compare lastyear thisyear
  throughline compare myplan --override standards/chromebooks/life_years=5
  throughline compare myplan/adopted/2026-06-15 myplan"""


def arguments(parser: ArgumentParser) -> None:
    """One or two plans and overrides."""
    parser.epilog = EXAMPLES
    parser.add_argument("plan", type=Path, help="plan folder or adopted version")
    parser.add_argument(
        "other", type=Path, nargs="?", help="the plan to compare it with; left out = the same plan with --override"
    )
    parser.add_argument(
        "--override", action="append", default=[], metavar="PATH=VALUE", help="change this in the second plan"
    )
    add_as_of(parser)


def run(args: Namespace) -> int:
    """Run both and print the differences."""
    from throughline.app.compare import compare
    from throughline.app.plans import open_plan
    from throughline.app.run_plan import run_plan, scenario_of

    if args.other is None and not args.override:
        raise UsageError("name a second plan, or give --override PATH=VALUE")
    day = today(args.as_of)
    first = run_plan(open_plan(args.plan), day)
    second = run_plan(
        open_plan(args.other or args.plan),
        day,
        scenario_of([assignment(text, "--override", "PATH=VALUE") for text in args.override]),
    )
    names = (str(args.plan), "what-if" if args.other is None else str(args.other))
    found = compare(first, second, names)
    if args.json:
        say_json(
            {
                "names": list(found.names),
                "totals": list(found.totals),
                "unfunded": list(found.unfunded),
                "tables": {
                    t.id: [
                        {
                            "id": row.key.partition("/")[2],
                            **dict(zip([c.key for c in t.columns], row.values, strict=True)),
                        }
                        for row in t.rows
                        if row.kind == "body"
                    ]
                    for t in found.tables
                },
            }
        )
        return 0
    difference = found.totals[1] - found.totals[0]
    more = f"{money(abs(difference))} {'more than' if difference > 0 else 'less than'}" if difference else "the same as"
    say(f"{names[1]} costs {more} {names[0]}.")
    say(f"Not funded: {money(found.unfunded[0])} in {names[0]}, {money(found.unfunded[1])} in {names[1]}.")
    same = []
    for table in found.tables:
        if any(row.values[-1] for row in table.rows):
            say()
            say_table(table)
        else:
            same.append(table.columns[0].label.lower())
    if same:
        say()
        say(f"No difference by {', '.join(same)}.")
    return 0
