"""`python -m benchmarks.faults --rounds 100` plays as many rounds on each database; `python -m benchmarks faults` a few."""

import argparse

from benchmarks.faults.bench import TITLE, run

parser = argparse.ArgumentParser(prog="python -m benchmarks.faults")
parser.add_argument("--rounds", type=int, default=100)
told = parser.parse_args()
print(f"## {TITLE}\n\n{run(told.rounds)}")
