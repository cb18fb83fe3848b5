"""Freeze the sample districts for this release: `python -m tests.frozen.freeze`."""

import json
import shutil
import sys
import tempfile
from pathlib import Path

from throughline import __version__
from throughline.app.freeze import freeze
from throughline.app.plans import open_plan
from throughline.app.recipe import play
from throughline.app.run_plan import run_plan
from throughline.app.summary import summarize

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
NAMES = ("larkhollow", "quillfern")


def main() -> None:
    for name in NAMES:
        target = HERE / __version__ / name
        if target.exists():
            sys.exit(f"{target} exists; a frozen release is never written again")
        with tempfile.TemporaryDirectory() as scratch:
            opened, as_of = play(EXAMPLES / name, Path(scratch) / "plan")
            adopted = freeze(opened, "release", as_of)
            shutil.copytree(adopted / "plan", target / "plan")
        frozen = open_plan(target / "plan")
        summary = summarize(run_plan(frozen, as_of))
        expected = {
            "as_of": as_of.isoformat(),
            "plan": frozen.manifest.digest,
            "by_year": summary["totals"]["by_year"],
            "unfunded": summary["unfunded"]["by_year"],
            "devices": summary["devices"]["in_fleet"],
            "changed": {},
        }
        (target / "expected.json").write_text(json.dumps(expected, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
