"""Play a recipe: build a plan folder from a folder of exports, step by step as a person would enter them.

A recipe is TOML: `name`, `state`, `as_of`, then `[[step]]` tables with either `import` (file names, optional `answers`)
or `set` (assignments, optional `reason`).
"""

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import throughline
from throughline.app.import_source import import_files
from throughline.app.plans import OpenPlan, new_plan
from throughline.app.set_value import set_values
from throughline.workspace.folder import FolderError

RECIPE = "recipe.toml"
SAMPLE = "larkhollow"


def sample_folder() -> Path:
    """The sample district's exports; raises FolderError when this installation does not carry them."""
    folder = Path(throughline.__file__).parents[2] / "examples" / SAMPLE
    if not (folder / RECIPE).is_file():
        raise FolderError("the sample district comes with the source checkout; clone the repository and run: make demo")
    return folder


def play(source: Path, root: Path, tell: Callable[[str], None] = lambda _line: None) -> tuple[OpenPlan, date]:
    """Build the plan in `root`; returns it with the recipe's day. Raises FolderError when a file is not applied."""
    recipe = read_recipe(source)
    opened = new_plan(
        root, recipe["name"], recipe.get("state", ""), recipe.get("fiscal_year_start_month"), recipe["as_of"]
    )
    return play_into(source, opened, tell), recipe["as_of"]


def read_recipe(source: Path) -> dict[str, Any]:
    """The recipe of a folder: `name`, `state`, `as_of`, `step` and what else it says."""
    return tomllib.loads((source / RECIPE).read_text(encoding="utf-8"))


def play_into(source: Path, opened: OpenPlan, tell: Callable[[str], None] = lambda _line: None) -> OpenPlan:
    """Take every step of the recipe in an empty plan; raises FolderError when a file is not applied."""
    recipe = read_recipe(source)
    as_of: date = recipe["as_of"]
    for step in recipe["step"]:
        if "import" in step:
            names = step["import"]
            report = import_files(opened, [source / name for name in names], as_of, step.get("answers", {}))
            opened = report.opened
            for item in report.files:
                tell(f"{item.file}: {item.counts.lines_read:,} lines, {item.status.replace('_', ' ')}")
            if not report.done:
                raise FolderError(
                    f"{source / RECIPE}: {', '.join(i.file for i in report.files if i.status not in ('applied', 'unchanged'))} not applied"
                )
        else:
            opened = set_values(opened, step["set"], as_of, step.get("reason", ""))
    return opened


def recipe_day(source: Path) -> date:
    """The day a recipe plans from."""
    day = tomllib.loads((source / RECIPE).read_text(encoding="utf-8"))["as_of"]
    assert isinstance(day, date)
    return day
