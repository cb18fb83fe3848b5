"""`throughline version`: version of the program and of its rule packs."""

from argparse import ArgumentParser, Namespace

from throughline import __version__
from throughline.cli.output import say, say_json


def arguments(parser: ArgumentParser) -> None:
    """Nothing but an optional list of packs."""
    parser.add_argument("--packs", action="store_true", help="also list the rule packs with their digests")


def run(args: Namespace) -> int:
    """Print the version."""
    packs: dict[str, str] = {}
    if args.packs or args.json:
        from throughline.app.catalogue import pack_versions

        packs = pack_versions()
    if args.json:
        say_json({"throughline": __version__, "packs": packs})
        return 0
    say(f"throughline {__version__}")
    for name, digest in packs.items():
        say(f"  {name} {digest[:12]}")
    return 0
