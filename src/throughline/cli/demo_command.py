"""`throughline demo`: open the sample district: plan, findings, board packet and workbook."""

from argparse import ArgumentParser, Namespace
from pathlib import Path
from shutil import rmtree

from throughline.cli.output import say, say_json

FOLDER = Path("throughline-demo")


def arguments(parser: ArgumentParser) -> None:
    """Where to build it."""
    parser.add_argument(
        "folder", type=Path, nargs="?", default=FOLDER, help=f"folder to build it in (default {FOLDER})"
    )


def run(args: Namespace) -> int:
    """Build the plan from its exports the first time, then compute it and write its documents."""
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
    return 0
