"""`python -m benchmarks.explanations [district ...]` prints the section; `python -m benchmarks explanations --write` keeps it."""

import sys

from benchmarks.explanations.bench import SAMPLES, TITLE, run

print(f"## {TITLE}\n\n{run(tuple(sys.argv[1:]) or SAMPLES)}")
