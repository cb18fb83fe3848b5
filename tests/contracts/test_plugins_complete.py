"""A plug-in is one folder that holds everything about it: code or data, cases or samples, and its page."""

import ast
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.contracts.repository import SOURCE, project_files, shown


@dataclass(frozen=True)
class Kind:
    """Where plug-ins of one kind stand and what each must hold; `helpers` are folders there that are no plug-ins."""

    folder: str
    required: tuple[str, ...]
    helpers: frozenset[str] = frozenset()


KINDS = (
    Kind(
        "importers",
        ("importer.py", "README.md", "samples/*", "samples/*.expected.json"),
        frozenset({"reading", "values"}),
    ),
    Kind("packs/funds", ("fund.yaml", "cases.yaml", "README.md")),
    Kind("packs/frameworks", ("framework.yaml", "cases.yaml", "README.md")),
    Kind("packs/catalogs", ("*.csv", "README.md")),
    Kind("packs/state_forms", ("*.yaml", "README.md")),
    Kind("reports", ("report.py", "README.md"), frozenset({"writers"})),
)


def _folders(kind: Kind) -> list[Path]:
    base = SOURCE / kind.folder
    inside = {base / path.relative_to(base).parts[0] for path in project_files() if base in path.parents}
    return sorted(path for path in inside if path.is_dir() and path.name not in kind.helpers)


PLUGINS = [pytest.param(kind, path, id=shown(path)) for kind in KINDS for path in _folders(kind)]


@pytest.mark.parametrize(("kind", "folder"), PLUGINS)
def test_a_plugin_folder_holds_everything_about_the_plugin(kind: Kind, folder: Path) -> None:
    missing = [pattern for pattern in kind.required if not any(folder.glob(pattern))]
    assert not missing, f"{shown(folder)} lacks {', '.join(missing)}"


@pytest.mark.parametrize(("kind", "folder"), PLUGINS)
def test_the_folder_of_a_plugin_is_its_id_with_underscores(kind: Kind, folder: Path) -> None:
    assert folder.name == folder.name.lower()
    assert folder.name.isidentifier(), f"{folder.name} in {kind.folder}"


@pytest.mark.parametrize(("kind", "folder"), [p for p in PLUGINS if p.values[0] == KINDS[0]])
def test_every_expected_outcome_of_an_importer_belongs_to_a_sample(kind: Kind, folder: Path) -> None:
    names = [path.name for path in (folder / "samples").iterdir()]
    stems = {name.removesuffix(".expected.json") for name in names if name.endswith(".expected.json")}
    samples = [name for name in names if not name.endswith(".expected.json")]
    orphans = [stem for stem in stems if not any(name.split(".")[0] == stem.split(".")[0] for name in samples)]
    assert not orphans


def test_no_plugin_imports_another() -> None:
    found = []
    for kind in KINDS:
        names = [folder.name for folder in _folders(kind)]
        package = f"throughline.{kind.folder.replace('/', '.')}"
        for name in names:
            others = tuple(f"{package}.{other}" for other in names if other != name)
            for path in (SOURCE / kind.folder / name).rglob("*.py"):
                found += [f"{shown(path)} imports {m}" for m in _imports(path) if _inside(m, others)]
    assert not found


def _imports(path: Path) -> list[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    named = [f"{n.module}.{alias.name}" for n in nodes if isinstance(n, ast.ImportFrom) for alias in n.names]
    return named + [alias.name for n in nodes if isinstance(n, ast.Import) for alias in n.names]


def _inside(module: str, packages: tuple[str, ...]) -> bool:
    return any(module == package or module.startswith(f"{package}.") for package in packages)
