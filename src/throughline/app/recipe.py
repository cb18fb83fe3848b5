"""Play a recipe: build a plan folder from a folder of exports, step by step as a person would enter them.

A recipe is TOML: `name`, `state`, `as_of`, then `[[step]]` tables with either `import` (file names, optional `answers`)
or `set` (assignments, optional `reason`). A recipe whose exports are too large to keep names a `script` beside it, which
writes them to the folder it is given.
"""

import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import throughline
from throughline.app.import_source import import_files
from throughline.app.plans import OpenPlan, new_plan
from throughline.app.set_value import set_values
from throughline.workspace.folder import FolderError

RECIPE = "recipe.toml"
# Sample districts by size: about 300, 8,000 and 45,000 pupils.
SAMPLES = {"small": "quillfern", "middle": "larkhollow", "large": "threadwell"}
SAMPLE = "middle"


def sample_folder(size: str = SAMPLE) -> Path:
    """The folder of a sample district; raises FolderError when this installation does not carry them."""
    folder = Path(throughline.__file__).parents[2] / "examples" / SAMPLES[size]
    if not (folder / RECIPE).is_file():
        raise FolderError("the sample district comes with the source checkout; clone the repository and run: make demo")
    return folder


def play(
    source: Path, root: Path, tell: Callable[[str], None] = lambda _line: None, keep: Path | None = None
) -> tuple[OpenPlan, date]:
    """Build the plan in `root`; returns it with the recipe's day. Raises FolderError when a file is not applied."""
    recipe = read_recipe(source)
    opened = new_plan(
        root, recipe["name"], recipe.get("state", ""), recipe.get("fiscal_year_start_month"), recipe["as_of"]
    )
    return play_into(source, opened, tell, keep), recipe["as_of"]


def read_recipe(source: Path) -> dict[str, Any]:
    """The recipe of a folder: `name`, `state`, `as_of`, `step` and what else it says."""
    return tomllib.loads((source / RECIPE).read_text(encoding="utf-8"))


@contextmanager
def exports(source: Path, keep: Path | None = None) -> Iterator[Path]:
    """The folder that holds a recipe's exports: its own, or one that its script has filled, `keep` or for this while."""
    if "script" not in read_recipe(source):
        yield source
    elif keep is not None:
        write_exports(source, keep)
        yield keep
    else:
        with tempfile.TemporaryDirectory(prefix="throughline-exports-") as folder:
            write_exports(source, Path(folder))
            yield Path(folder)


def write_exports(source: Path, folder: Path) -> None:
    """Let the recipe's script write its exports to `folder`; raises FolderError with its last words when it fails."""
    script = source / read_recipe(source)["script"]
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run([sys.executable, "-B", str(script), str(folder)], capture_output=True, text=True, check=False)
    if done.returncode:
        raise FolderError(f"{script}: {(done.stderr.strip() or 'no reason given').splitlines()[-1]}")


def play_into(
    source: Path, opened: OpenPlan, tell: Callable[[str], None] = lambda _line: None, keep: Path | None = None
) -> OpenPlan:
    """Take every step of the recipe in an empty plan; raises FolderError when a file is not applied. Exports that a
    script writes are left in `keep`.
    """
    recipe = read_recipe(source)
    as_of: date = recipe["as_of"]
    with exports(source, keep) as folder:
        for step in recipe["step"]:
            if "import" in step:
                names = step["import"]
                report = import_files(opened, [folder / name for name in names], as_of, step.get("answers", {}))
                opened = report.opened
                for item in report.files:
                    tell(f"{item.file}: {item.counts.lines_read:,} lines, {item.status.replace('_', ' ')}")
                if not report.done:
                    left = (i.file for i in report.files if i.status not in ("applied", "unchanged"))
                    raise FolderError(f"{source / RECIPE}: {', '.join(left)} not applied")
            else:
                opened = set_values(opened, step["set"], as_of, step.get("reason", ""))
    return opened


def recipe_day(source: Path) -> date:
    """The day a recipe plans from."""
    day = tomllib.loads((source / RECIPE).read_text(encoding="utf-8"))["as_of"]
    assert isinstance(day, date)
    return day
