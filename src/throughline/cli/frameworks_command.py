"""`throughline frameworks`: list them with what each declares."""

from argparse import ArgumentParser, Namespace

from throughline.cli.listing import show_list


def arguments(_parser: ArgumentParser) -> None:
    """No arguments."""


def run(args: Namespace) -> int:
    """Print the list."""
    from throughline.app import catalogue

    return show_list(args, "frameworks", catalogue.frameworks())
