"""The commands that list what is installed share one way of printing."""

from argparse import Namespace
from typing import Any

from throughline.cli.output import say, say_json, say_long

SHOWN = ("description", "audience", "availability", "source", "settings", "formats", "columns")


def show_list(args: Namespace, name: str, rows: list[dict[str, Any]]) -> int:
    """Ids and titles with what each declares, or one JSON object."""
    if args.json:
        say_json({name: rows})
        return 0
    for row in rows:
        say(f"{row['id']}: {row['title']}")
        for key in SHOWN:
            value = row.get(key)
            if value:
                say_long(f"    {key}: {', '.join(value) if isinstance(value, list) else value}")
    if not rows:
        say("None in this version.")
    return 0
