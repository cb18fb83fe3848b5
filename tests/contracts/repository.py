"""What the contract tests look at: the files of the project, its modules and its packages."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "throughline"


@cache
def project_files() -> tuple[Path, ...]:
    """Every file that is, or would be, under version control; from an archive without git, every file but caches."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            check=True,
        ).stdout.decode()
        found = [ROOT / name for name in listed.split("\0") if name]
    else:
        found = [path for path in ROOT.rglob("*") if not any(_is_cache(part) for part in path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in found if path.is_file()))


def _is_cache(part: str) -> bool:
    return part in {".venv", "__pycache__", "build", "dist"} or part.endswith(("_cache", ".egg-info"))


def modules(folder: Path = SOURCE) -> tuple[Path, ...]:
    return tuple(path for path in project_files() if path.suffix == ".py" and folder in path.parents)


def packages() -> tuple[Path, ...]:
    """Folders of our source that hold Python, the top one included."""
    return tuple(sorted({path.parent for path in modules() if path.parent.name != "migrations"}))


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()
