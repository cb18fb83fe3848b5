"""`throughline demo`: open the sample district: its plan and documents here, the living plan in a browser."""

import subprocess
import sys
from argparse import ArgumentParser, Namespace
from importlib import import_module
from pathlib import Path
from shutil import rmtree

from throughline.cli.output import fail, say, say_json

FOLDER = Path("throughline-demo")
WEB = "throughline.web.ops.demo"


def arguments(parser: ArgumentParser) -> None:
    """Where to build it, and how much of it."""
    parser.add_argument(
        "folder", type=Path, nargs="?", default=FOLDER, help=f"folder to build it in (default {FOLDER})"
    )
    parser.add_argument("--no-serve", action="store_true", help="plan and documents only, without the application")
    parser.add_argument("--no-browser", action="store_true", help="print the link, but do not open a browser")
    parser.add_argument("--port", type=int, default=8000, help="port to use when it is free (default 8000)")


def run(args: Namespace) -> int:
    """Build the plan from its exports the first time, compute it, write its documents, then serve it."""
    if args.json or args.no_serve:
        return _show(args)
    data = args.folder / "data"
    # The application reads the same exports meanwhile; each keeps one processor busy.
    building = subprocess.Popen([sys.executable, "-m", WEB, str(data)], stderr=subprocess.PIPE, text=True)
    try:
        code = _show(args)
        if code == 0:
            say("Preparing the living sample for the browser ...")
        trouble = building.communicate()[1]
    finally:
        if building.poll() is None:
            building.terminate()
            building.wait()
    if code or building.returncode:
        return code or fail(
            f"the living sample could not be made: {(trouble.strip() or 'no reason given').splitlines()[-1]}"
        )
    say()
    return int(import_module(WEB).serve_demo(data, args.port, not args.no_browser))


def _show(args: Namespace) -> int:
    from throughline.app.documents import terminal_page, write_documents
    from throughline.app.plans import open_plan
    from throughline.app.recipe import play, recipe_day, sample_folder
    from throughline.app.run_plan import run_plan
    from throughline.app.summary import summarize

    root, out = args.folder / "plan", args.folder / "documents"
    quiet = args.json
    if (root / "manifest.json").is_file():
        opened, as_of = open_plan(root), recipe_day(sample_folder())
    else:
        if not quiet:
            say("Reading the sample district's exports:")
        part = args.folder / "plan.part"  # a demo that is stopped half-way is begun anew
        rmtree(part, ignore_errors=True)
        _, as_of = play(sample_folder(), part, lambda line: None if quiet else say(f"  {line}"))
        part.rename(root)
        opened = open_plan(root)
    result = run_plan(opened, as_of)
    paths = write_documents(opened, result, out).paths
    if args.json:
        say_json({**summarize(result), "plan": str(root), "documents": [str(path) for path in paths]})
        return 0
    say()
    say(terminal_page(opened, result))
    say(f"The plan is in {root}, its documents in {out}:")
    for path in paths:
        say(f"  {path.name}")
    say()
    say("Try next:")
    # the sample stands on its own day; another day would plan other years
    say(f"  throughline explain {root} unfunded --as-of {as_of}")
    say(f"  throughline compare {root} --override rules/growth/hardware=0.05 --as-of {as_of}")
    say()
    return 0
