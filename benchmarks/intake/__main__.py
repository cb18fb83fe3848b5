"""`python -m benchmarks.intake`: the section on the screen."""

from benchmarks.intake.bench import run

if __name__ == "__main__":
    print(run())
