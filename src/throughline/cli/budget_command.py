"""`throughline budget`: the plan beside what the finance system budgeted, has on order and spent."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from throughline.cli.output import UsageError, add_as_of, fail, say, say_json, say_table, today

EXAMPLES = """examples:
  throughline budget myplan
  throughline budget myplan --year FY2028 --by account
  throughline budget myplan --year FY2027 --plan-of myplan/adopted/2026-06-15"""


def arguments(parser: ArgumentParser) -> None:
    """The plan, the year and the dimension."""
    parser.epilog = EXAMPLES
    parser.add_argument("plan", type=Path, help="plan folder that holds the amounts of the finance system")
    parser.add_argument(
        "--year", default="", metavar="FY", help="fiscal year (default: the first that the plan has too)"
    )
    parser.add_argument(
        "--by",
        default="",
        metavar="WHAT",
        help="account, fund, object, function, category or site (default: all that both state)",
    )
    parser.add_argument(
        "--plan-of",
        type=Path,
        metavar="PLAN",
        help="compare with this plan instead, for example an adopted version of last year",
    )
    add_as_of(parser)


def run(args: Namespace) -> int:
    """Print the comparisons of one year."""
    from throughline.app.against import against_budget

    found = against_budget(args.plan, today(args.as_of), args.year, args.by, args.plan_of)
    if found is None:
        return fail(
            "the plan has no budget of the finance system yet; bring its export with: throughline import PLAN FILE",
            args.json,
        )
    if args.by and not found.tables and args.by not in found.lacking:
        raise UsageError(f"--by {args.by}: write account, fund, object, function, category or site")
    if args.json:
        tables = {
            table.id.rpartition(".")[2]: [
                {"id": row.key, **dict(zip([c.key for c in table.columns], row.values, strict=True))}
                for row in table.rows
                if row.kind == "body"
            ]
            for table in found.tables
        }
        totals = dict(found.totals)
        say_json(
            {
                "fiscal_year": found.label,
                "years": list(found.years),
                "totals": totals,
                "tables": tables,
                "not_compared": dict(found.lacking),
            }
        )
        return 0
    for number, table in enumerate(found.tables):
        if number:
            say()
        say_table(table)
    for name, why in found.lacking.items():
        say(f"Not compared by {name}: {why}")
    others = [label for label in found.years if label != found.label]
    if others:
        say(f"The finance system also states {', '.join(others)}; choose with --year.")
    return 0
