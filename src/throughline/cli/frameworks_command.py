"""`throughline frameworks`: list them with what each declares."""

from argparse import ArgumentParser, Namespace

from throughline.cli.listing import show


def arguments(_parser: ArgumentParser) -> None:
    """No arguments."""


def run(args: Namespace) -> int:
    """Print the list."""
    from throughline.app import catalogue

    return show("frameworks", catalogue.frameworks(), args)
