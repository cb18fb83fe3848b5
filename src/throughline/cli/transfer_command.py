"""`throughline transfer`: move a plan between a district of the server and a plan folder."""

from argparse import ArgumentParser, Namespace
from importlib import import_module
from pathlib import Path

from throughline.cli.output import say, say_json


def arguments(parser: ArgumentParser) -> None:
    """Which way."""
    parser.add_argument("direction", choices=("out", "in"), help="out: district to folder; in: folder to district")
    parser.add_argument("district", help="the district, as in its address /d/ID/")
    parser.add_argument("plan", type=Path, help="the plan folder; for `out`, one that does not exist yet")


def run(args: Namespace) -> int:
    """Move it; the digest is the same on both sides."""
    web = import_module("throughline.web.ops.transfer")
    done = (web.export_district if args.direction == "out" else web.import_district)(args.district, args.plan)
    if args.json:
        say_json(done)
        return 0
    way = (
        f"of {args.district} is in {args.plan}"
        if args.direction == "out"
        else f"in {args.plan} is now that of {args.district}"
    )
    say(f"The plan {way}. Digest {done['digest'][:12]}.")
    return 0
