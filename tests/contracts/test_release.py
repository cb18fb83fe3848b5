import re
import tomllib

from tests.contracts.repository import ROOT, SOURCE, shown
from throughline import __version__

LINK = re.compile(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)")


def test_the_version_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == __version__
    assert f"## {__version__}\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


def test_every_base_dependency_has_its_sentence_in_the_decisions() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    page = (ROOT / "docs" / "decisions" / "0012-dependencies.md").read_text(encoding="utf-8")
    names = [re.split(r"[<>=~!\[ ]", dependency, maxsplit=1)[0] for dependency in project["dependencies"]]
    assert not [name for name in names if f"| {name} |" not in page]


def test_every_decision_is_listed_and_every_listed_decision_exists() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = LINK.findall((folder / "README.md").read_text(encoding="utf-8"))
    assert sorted(listed) == sorted(path.name for path in folder.glob("0*.md"))


def test_links_between_our_pages_lead_somewhere() -> None:
    pages = [
        ROOT / "README.md",
        *(ROOT / "docs").rglob("*.md"),
        *(page for page in SOURCE.rglob("*.md") if "vendor" not in page.parts),
    ]
    broken = [
        (shown(page), target)
        for page in pages
        if page.is_file()
        for target in LINK.findall(page.read_text(encoding="utf-8"))
        if not (page.parent / target).exists() and not target.startswith("http")
    ]
    assert not broken
