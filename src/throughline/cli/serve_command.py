"""`throughline serve`: the web application with its worker, in one command."""

from argparse import ArgumentParser, Namespace
from importlib import import_module

from throughline.cli.output import say

DESCRIPTION = """\
Settings come from the environment: THROUGHLINE_DATA (data folder), THROUGHLINE_DATABASE_URL (PostgreSQL instead of SQLite),
THROUGHLINE_HOSTS (names people type), THROUGHLINE_URL (public address)."""


def arguments(parser: ArgumentParser) -> None:
    """Address and worker."""
    parser.epilog = DESCRIPTION
    parser.add_argument(
        "--host", default="127.0.0.1", help="address to listen on (default 127.0.0.1, this machine only)"
    )
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (default 8000)")
    parser.add_argument("--no-worker", action="store_true", help="start no worker; run `throughline worker` beside it")


def run(args: Namespace) -> int:
    """Serve until told to end."""
    web = import_module("throughline.web.ops.serve")  # by name: the command line knows nothing of the web
    return int(web.serve(args.host, args.port, not args.no_worker, say))
