"""`python -m benchmarks.startup` prints the section; `python -m benchmarks startup --write` keeps it."""

from benchmarks.startup.bench import TITLE, run

print(f"## {TITLE}\n\n{run()}")
