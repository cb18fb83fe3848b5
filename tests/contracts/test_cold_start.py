"""Help appears at once: nothing that is slow to load is loaded before a command needs it."""

import subprocess
import sys

import pytest

HEAVY = "duckdb numpy scipy pandas typst vl_convert xlsxwriter python_calamine yaml rapidfuzz fontTools".split()


@pytest.mark.parametrize("arguments", [["--help"], ["plan", "--help"], ["import", "--help"]])
def test_help_loads_no_heavy_library(arguments: list[str]) -> None:
    code = (
        "import sys\nfrom throughline.cli.main import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit:\n    pass\n"
        f"print('LOADED', *sorted(set({HEAVY!r}) & sys.modules.keys()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "LOADED"
