"""Write the expected outcomes of the record samples anew: `python -m tests.importers.records.regenerate`, then read the diff."""

import json
import tempfile
from pathlib import Path

from tests.importers.records.shown import read_sample, samples, shown


def main() -> None:
    for expected in samples():
        before = json.loads(expected.read_text(encoding="utf-8"))
        told = {name: before[name] for name in ("hints", "answers") if name in before}
        with tempfile.TemporaryDirectory() as folder:
            found = told | shown(read_sample(expected, Path(folder)))
        expected.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
