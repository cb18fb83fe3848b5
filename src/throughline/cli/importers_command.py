"""`throughline importers`: list them with what each declares."""

from argparse import ArgumentParser, Namespace

from throughline.cli.output import say, say_json


def arguments(_parser: ArgumentParser) -> None:
    """No arguments."""


def run(args: Namespace) -> int:
    """Print the list."""
    from throughline.app import catalogue

    rows = catalogue.importers()
    if args.json:
        say_json({"importers": rows})
        return 0
    for row in rows:
        say(f"{row['id']}: {row['title']}")
        for key in ("description", "audience", "availability", "source", "settings", "formats", "columns"):
            value = row.get(key)
            if value:
                say(f"    {key}: {', '.join(value) if isinstance(value, list) else value}")
    if not rows:
        say("None in this version.")
    return 0
