"""Lists of what is registered, in words or as JSON under the command's own name."""

from argparse import Namespace
from typing import Any

from throughline.cli.output import say, say_json, say_long

SHOWN = ("description", "audience", "money", "pays", "settings", "formats", "columns", "rule")


def show(name: str, rows: list[dict[str, Any]], args: Namespace) -> int:
    """Print the list; returns the exit code."""
    if args.json:
        say_json({name: rows})
        return 0
    for row in rows:
        say(f"{row['id']}: {row['title']}")
        for key in SHOWN:
            if value := row.get(key):
                say_long(f"    {key}: {', '.join(value) if isinstance(value, list) else value}")
    if not rows:
        say(f"This version has no {name}.")
    return 0
