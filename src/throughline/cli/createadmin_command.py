"""`throughline createadmin`: print the link for a first account, or an invitation for a district administrator."""

import os
from argparse import ArgumentParser, Namespace
from importlib import import_module

from throughline.cli.output import say


def arguments(parser: ArgumentParser) -> None:
    """Whom and where."""
    parser.add_argument("--email", default="", help="address of the person to invite")
    parser.add_argument("--district", default="", metavar="ID", help="the district, as in its address /d/ID/")
    parser.add_argument(
        "--url", default="", help="address of the server (default THROUGHLINE_URL, else http://127.0.0.1:8000)"
    )


def run(args: Namespace) -> int:
    """Print the link; nothing is sent."""
    url = (args.url or os.environ.get("THROUGHLINE_URL", "") or "http://127.0.0.1:8000").rstrip("/")
    say(import_module("throughline.web.ops.createadmin").create_admin(args.email, args.district, url))
    return 0
