"""`throughline rules`: the rules in force in a plan, and where federal, state and local values meet, which one governs."""

from argparse import ArgumentParser, Namespace
from dataclasses import asdict
from pathlib import Path
from typing import Any

from throughline.cli.output import add_as_of, say, say_json, say_long, today

EXAMPLES = """examples:
  throughline rules myplan threshold
  throughline rules myplan --layers
  throughline rules myplan procurement --as-of 2026-07-01"""


def arguments(parser: ArgumentParser) -> None:
    """The plan and words to look for."""
    parser.epilog = EXAMPLES
    parser.add_argument("plan", type=Path, help="plan folder")
    parser.add_argument("words", nargs="*", help="words of the rule's name or source")
    parser.add_argument("--layers", action="store_true", help="only rules in which several layers meet")
    add_as_of(parser)


def run(args: Namespace) -> int:
    """Print the rules."""
    from throughline.app.plans import open_plan
    from throughline.app.rules import rule_rows

    rows = rule_rows(open_plan(args.plan), today(args.as_of), " ".join(args.words))
    shown = [asdict(row) | {"stays": row.stays} for row in rows if len(row.layers) > 1 or not args.layers]
    if args.json:
        say_json({"rules": shown})
        return 0
    for row in shown:
        _show(row)
    say(f"{len(shown)} {'rule' if len(shown) == 1 else 'rules'}.")
    return 0


def _show(row: dict[str, Any]) -> None:
    say_long(f"{row['path']}: {row['value']}")
    if len(row["layers"]) == 1:
        say_long(f"    {row['source']} ({row['status']}), in effect {row['effective']}", 0)
        return
    for layer in row["layers"]:
        since = f", in effect {layer['effective']}" if layer["effective"] else ""
        mark = "  <- governs" if layer["governs"] else ""
        say_long(f"    {layer['layer']}: {layer['value']}, {layer['source']}{since}{mark}", 4)
    say_long(
        f"    Of them {row['meeting']}." + (" Your own value is not the one that holds." if row["stays"] else ""), 0
    )
