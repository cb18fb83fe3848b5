"""`throughline compare`: two plans, or a plan and a what-if, side by side."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path

from throughline.cli.output import UsageError, add_as_of, assignment, money, say, say_json, say_table, today

EXAMPLES = """examples:
  throughline compare lastyear thisyear
  throughline compare myplan --override standards/chromebooks/life_years=5
  throughline compare myplan/adopted/2026-06-15 myplan
  throughline compare myplan --scenario keep-longer --scenario lease"""


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
    parser.add_argument(
        "--scenario",
        action="append",
        default=[],
        metavar="NAME",
        help="a scenario kept in the plan; several stand side by side",
    )
    add_as_of(parser)


def run(args: Namespace) -> int:
    """Run both and print the differences."""
    from throughline.app.compare import compare
    from throughline.app.plans import open_plan
    from throughline.app.run_plan import run_plan
    from throughline.app.scenarios import kept_with

    if args.other is None and not args.override and not args.scenario:
        raise UsageError("name a second plan, or give --override PATH=VALUE or --scenario NAME")
    if len(args.scenario) > 1:
        return _side_by_side(args)
    day = today(args.as_of)
    first = run_plan(open_plan(args.plan), day)
    second_plan = open_plan(args.other or args.plan)
    name = args.scenario[0] if args.scenario else ""
    pairs = [assignment(text, "--override", "PATH=VALUE") for text in args.override]
    second = run_plan(second_plan, day, kept_with(second_plan.plan, name, pairs))
    names = (str(args.plan), (name or "what-if") if args.other is None else str(args.other))
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


def _side_by_side(args: Namespace) -> int:
    """The plan and several of its scenarios: one table of sums, one of years for what is not funded."""
    from throughline.app.plans import open_plan
    from throughline.app.run_plan import run_plan
    from throughline.app.scenarios import kept_with, side_by_side

    if args.other is not None or args.override:
        raise UsageError("several scenarios stand beside their own plan; leave out the second plan and --override")
    opened, day = open_plan(args.plan), today(args.as_of)
    runs = [(str(args.plan), run_plan(opened, day))]
    runs += [(name, run_plan(opened, day, kept_with(opened.plan, name, ()))) for name in args.scenario]
    found = side_by_side(runs)
    if args.json:
        tables = (found.summary, found.cost, found.funded, found.unfunded)
        say_json(
            {
                "names": list(found.names),
                "tables": {
                    t.id: [dict(zip([c.key for c in t.columns], row.values, strict=True)) for row in t.rows]
                    for t in tables
                },
                "findings": [asdict(item) for item in found.findings],
            }
        )
        return 0
    for number, table in enumerate((found.summary, found.cost, found.unfunded)):
        if number:
            say()
        say_table(table)
    for item in found.findings:
        where = ", ".join(name for name, there in zip(found.names, item.found, strict=True) if there)
        say(f"{item.severity} in {where} only: {item.text}")
    return 0
