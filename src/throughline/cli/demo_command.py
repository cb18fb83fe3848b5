"""`throughline demo`: open a sample district: its plan and documents here, the living plan in a browser."""

import subprocess
import sys
from argparse import ArgumentParser, Namespace
from importlib import import_module
from pathlib import Path
from shutil import rmtree

from throughline.cli.output import UsageError, fail, say, say_json

FOLDER = "throughline-demo"
SIZES = ("small", "middle", "large")
WEB = "throughline.web.ops.demo"


def arguments(parser: ArgumentParser) -> None:
    """Where to build it, and how much of it."""
    parser.add_argument(
        "folder",
        type=Path,
        nargs="?",
        help=f"folder to build it in (default {FOLDER}; {FOLDER}-small or {FOLDER}-large for the others)",
    )
    parser.add_argument(
        "--sample",
        choices=SIZES,
        default="middle",
        help="small: 300 pupils, one file and one number; middle (default): 8,000 pupils, every kind of input; large: 45,000 "
        "pupils, 66 sites, three inventories that disagree, its exports written to the folder",
    )
    parser.add_argument("--no-serve", action="store_true", help="plan and documents only, without the application")
    parser.add_argument("--no-browser", action="store_true", help="print the link, but do not open a browser")
    parser.add_argument("--port", type=int, default=8000, help="port to use when it is free (default 8000)")


def run(args: Namespace) -> int:
    """Build the plan from its exports the first time, compute it, write its documents, then serve it."""
    args.folder = args.folder or Path(FOLDER if args.sample == "middle" else f"{FOLDER}-{args.sample}")
    if args.json or args.no_serve:
        return _show(args)
    data = args.folder / "data"
    # The application reads the same exports meanwhile; each keeps one processor busy.
    building = subprocess.Popen([sys.executable, "-m", WEB, str(data), args.sample], stderr=subprocess.PIPE, text=True)
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
    return int(import_module(WEB).serve_demo(data, args.port, not args.no_browser, args.sample))


def _show(args: Namespace) -> int:
    from throughline.app.documents import terminal_page, write_documents
    from throughline.app.plans import open_plan
    from throughline.app.recipe import play, read_recipe, recipe_day, sample_folder
    from throughline.app.run_plan import run_plan
    from throughline.app.summary import summarize

    root, out = args.folder / "plan", args.folder / "documents"
    quiet, source = args.json, sample_folder(args.sample)
    if (root / "manifest.json").is_file():
        opened, as_of = open_plan(root), recipe_day(source)
        if opened.plan.district.name != read_recipe(source)["name"]:
            raise UsageError(f"{root} holds {opened.plan.district.name}; name another folder for this sample")
    else:
        if not quiet:
            say("Reading the sample district's exports:")
        part = args.folder / "plan.part"  # a demo that is stopped half-way is begun anew
        rmtree(part, ignore_errors=True)
        exports = args.folder / "exports"
        _, as_of = play(source, part, lambda line: None if quiet else say(f"  {line}"), keep=exports)
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
    if (args.folder / "exports").is_dir():
        say(f"The exports it was read from are in {args.folder / 'exports'}.")
    say()
    say("Try next:")
    # the sample stands on its own day; another day would plan other years
    say(f"  throughline explain {root} unfunded --as-of {as_of}")
    say(f"  throughline compare {root} --override rules/growth/hardware=0.05 --as-of {as_of}")
    say()
    return 0
