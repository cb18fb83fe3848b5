"""`throughline worker`: does the long work that pages start: imports, documents."""

from argparse import ArgumentParser, Namespace
from importlib import import_module


def arguments(parser: ArgumentParser) -> None:
    """How long."""
    parser.add_argument("--once", action="store_true", help="do what waits, then end")


def run(args: Namespace) -> int:
    """Work until told to end."""
    return int(import_module("throughline.web.jobs.worker").work(once=args.once))
