"""Plan folders for tests: built from the importers' own samples, hashed to see whether anything changed."""

import atexit
import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from throughline.app.import_source import ImportReport, import_files
from throughline.app.plans import OpenPlan, new_plan, open_plan
from throughline.app.run_plan import run_plan
from throughline.app.set_value import set_values
from throughline.engine.run import PlanResult

ROOT = Path(__file__).parents[2]
IMPORTERS = ROOT / "src" / "throughline" / "importers"
DAY = date(2026, 11, 16)
CONSOLE = IMPORTERS / "google_chromeos" / "samples" / "admin_console.csv"


def sample_files() -> Iterator[tuple[Path, dict[str, str], dict[str, str]]]:
    """Every sample with each way in which it may be answered: file, answers, hints."""
    for expected in sorted(IMPORTERS.glob("*/samples/*.expected.json")):
        said = json.loads(expected.read_text(encoding="utf-8"))
        stem = expected.name.split(".")[0]
        (file,) = [path for path in expected.parent.glob(f"{stem}.*") if not path.name.endswith(".expected.json")]
        yield file, said.get("answers", {}), said.get("hints", {})


def tree(root: Path) -> dict[str, str]:
    """Digest of every file under `root`; the lock file holds nothing."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(root.rglob("*"))
        if path.is_file() and path.name != ".lock"
    }


def named_by_manifest(root: Path) -> dict[str, str]:
    """Digest of the manifest in force and of everything it names."""
    body = json.loads((root / "manifest.json").read_text(encoding="utf-8"))
    names = [f"nouns/{noun}.{digest}.json" for noun, digest in body["nouns"].items()]
    names += [f"blocks/{name}" for name in body["blocks"]]
    return {name: hashlib.sha256((root / name).read_bytes()).hexdigest() for name in ("manifest.json", *names)}


def fresh(root: Path, state: str = "NJ") -> OpenPlan:
    """An empty plan."""
    return new_plan(root, "Test District", state, None, DAY)


def bring(opened: OpenPlan, *files: Path, answers: Mapping[str, str] | None = None, day: date = DAY) -> ImportReport:
    """Import files."""
    return import_files(opened, files, day, answers)


@cache
def larkhollow() -> tuple[OpenPlan, PlanResult]:
    """The sample district, built once from its exports, with its result."""
    from throughline.app.recipe import play, sample_folder

    folder = Path(tempfile.mkdtemp(prefix="throughline-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    root = folder / "plan"
    opened, day = play(sample_folder(), root)
    return opened, run_plan(opened, day)


def set_(root: Path, *assignments: str) -> OpenPlan:
    """Apply assignments to the plan in a folder."""
    return set_values(open_plan(root), assignments, DAY)
