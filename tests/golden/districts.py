"""The golden districts, each built once per process: by playing its recipe, as a person would enter it."""

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from throughline.app.plans import OpenPlan
from throughline.app.recipe import SAMPLES, play, sample_folder
from throughline.app.run_plan import run_plan
from throughline.engine.run import PlanResult

EXAMPLES = Path(__file__).parents[2] / "examples"
# about 300, 8,000 and 45,000 pupils: the samples that `throughline demo` opens
DISTRICTS = {name: size for size, name in SAMPLES.items()}
EACH = list(DISTRICTS)  # as parameters of a test; what looks at one district runs in one process (tests/together.py)


@dataclass(frozen=True)
class Built:
    """A built plan folder with its result on the recipe's day."""

    opened: OpenPlan
    as_of: date
    result: PlanResult


@cache
def scratch() -> Path:
    """A folder of this process, removed when it ends."""
    folder = Path(tempfile.mkdtemp(prefix="throughline-golden-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def built(name: str) -> Built:
    """A golden district by name."""
    opened, as_of = play(sample_folder(DISTRICTS[name]), scratch() / name)
    return Built(opened, as_of, run_plan(opened, as_of))
