"""`throughline funds`: list them with what each declares; with words, only those, in full."""

from argparse import ArgumentParser, Namespace

from throughline.cli.listing import show
from throughline.cli.output import add_as_of, say, say_json, say_long, today

EXAMPLES = """examples:
  throughline funds
  throughline funds title_iv_a
  throughline funds rural"""


def arguments(parser: ArgumentParser) -> None:
    """Words of the id or title."""
    parser.epilog = EXAMPLES
    parser.add_argument("words", nargs="*", help="words of the fund's id or title; its terms are then shown in full")
    add_as_of(parser)


def run(args: Namespace) -> int:
    """Print the list, or the funds asked for in full."""
    from throughline.app import catalogue

    rows = catalogue.funds(today(args.as_of), " ".join(args.words))
    if not args.words:
        return show("funds", rows, args)
    if args.json:
        say_json({"funds": rows})
        return 0
    for row in rows:
        say(f"{row['id']}: {row['title']}")
        say_long(f"    money: {row['money']}", 4)
        say_long(f"    pays: {row['pays']}", 4)
        for line in row["terms"]:
            say_long(f"    - {line}", 2)
        if row["settings"]:
            say_long(f"    settings: {', '.join(row['settings'])}", 4)
        for line in row["conditions"]:
            say_long(f"    asks: {line}", 4)
        say_long(f"    rule: {row['source']}", 4)
    if not rows:
        say("No kind of fund has these words; throughline funds lists them all.")
    return 0
