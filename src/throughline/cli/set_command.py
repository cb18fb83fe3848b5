"""`throughline set`: enter money, settings, standards, rules and confirmations."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from throughline.cli.output import add_as_of, say, say_json, today

EXAMPLES = """examples:
  throughline set myplan budget=180000
  throughline set myplan district/agenda_number=7.2 district/meeting_date=2027-03-16
  throughline set myplan standards/chromebooks/asset_class=student-chromebook standards/chromebooks/life_years=5
  throughline set myplan standards/chromebooks/unit_price_cents='$312.50' --reason "quote 2026-118"
  throughline set myplan rules/spare/share=0.05 --reason "three years of repair tickets"
  throughline set myplan "place:/Students/Lincoln=lincoln"
  throughline set myplan funds/levy=none"""


def arguments(parser: ArgumentParser) -> None:
    """Assignments."""
    parser.epilog = EXAMPLES
    parser.add_argument("plan", type=Path, help="plan folder")
    parser.add_argument("assignments", nargs="+", metavar="PATH=VALUE", help="what to set; all of them or none")
    parser.add_argument(
        "--reason", default="", help="why, or the quote or contract behind a value; printed as its source"
    )
    add_as_of(parser)


def run(args: Namespace) -> int:
    """Apply the assignments as one step."""
    from throughline.app.plans import open_plan
    from throughline.app.set_value import set_values

    before = open_plan(args.plan)
    after = set_values(before, args.assignments, today(args.as_of), args.reason)
    changed = after.manifest.digest != before.manifest.digest
    if args.json:
        say_json({"changed": changed, "digest": after.manifest.digest})
    else:
        say(
            f"Set {len(args.assignments)} value(s). Undo with: throughline undo {args.plan}"
            if changed
            else "Nothing changed."
        )
    return 0
