"""`throughline resetfactors`: remove lost second factors of an account, when no administrator can."""

from argparse import ArgumentParser, Namespace
from importlib import import_module

from throughline.cli.output import say


def arguments(parser: ArgumentParser) -> None:
    """Whose."""
    parser.add_argument("email", help="address of the account; be sure of the person before you do it")


def run(args: Namespace) -> int:
    """Do it and say what follows."""
    say(import_module("throughline.web.ops.reset_factors").reset_factors(args.email))
    return 0
