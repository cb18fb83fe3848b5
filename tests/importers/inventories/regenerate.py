"""Write the expected outcomes of the inventory samples anew: `python -m tests.importers.inventories.regenerate`."""

import tempfile
from pathlib import Path

from tests.importers.inventories.shown import expectations, regenerate


def main() -> None:
    for expected in expectations():
        with tempfile.TemporaryDirectory() as folder:
            regenerate(expected, Path(folder))


if __name__ == "__main__":
    main()
