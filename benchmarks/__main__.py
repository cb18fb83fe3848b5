"""Runs benchmarks by folder name, all without one; `--write` keeps the figures in docs/benchmarks.md."""

import argparse
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

Measured, not estimated; each section names its command. Ratios compare two things measured alternately in one process,
so they hold on a busy machine; absolute times are of the machine named in the section.
"""


def main() -> int:
    names = sorted({path.parent.name for file in ("bench.py", "__main__.py") for path in HERE.glob(f"*/{file}")})
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(names))
    parser.add_argument("--write", action="store_true", help="keep the figures in docs/benchmarks.md")
    arguments = parser.parse_args()
    if unknown := set(arguments.names) - set(names):
        parser.error(f"no benchmark named {', '.join(sorted(unknown))}; there are {', '.join(names)}")
    for name in arguments.names or names:
        if not (HERE / name / "bench.py").exists():
            # a benchmark that prints for itself and keeps no section
            subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False, cwd=HERE.parent)
            continue
        module = import_module(f"benchmarks.{name}.bench")
        text = module.run().strip()
        print(f"## {module.TITLE}\n\n{text}\n", flush=True)
        if arguments.write:
            keep(module.TITLE, text)
    return 0


def keep(title: str, text: str) -> None:
    """Replace or append one section of the page; the others stay as they are."""
    page = PAGE.read_text(encoding="utf-8") if PAGE.exists() else HEAD
    section = f"## {title}\n\n{text}\n"
    found = re.compile(rf"^## {re.escape(title)}\n.*?(?=^## |\Z)", re.MULTILINE | re.DOTALL)
    if found.search(page):
        page = found.sub(lambda _: section + "\n", page)
    else:
        page = page.rstrip("\n") + "\n\n" + section
    PAGE.write_text(page.rstrip("\n") + "\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
