"""Every link of a page leads somewhere: to a file or folder of the project, and to a heading where it names one."""

from pathlib import Path

import pytest

from tests.docs.pages import ROOT, anchors, links, pages

PAGES = ["README.md", "CHANGELOG.md", *pages("docs", "examples", "changelog.d")]


@pytest.mark.parametrize("page", PAGES)
def test_every_link_leads_somewhere(page: str) -> None:
    broken = []
    for target in links(page):
        path, _, anchor = target.partition("#")
        file = (ROOT / page).parent / path if path else ROOT / page
        named = file.exists() and anchor and file.suffix == ".md"
        if not file.exists() or (named and anchor not in anchors(file.resolve().relative_to(ROOT).as_posix())):
            broken.append(target)
    assert not broken


@pytest.mark.parametrize("folder", ["docs/guides", "docs/concepts", "docs/contributing", "docs/decisions"])
def test_the_first_page_of_a_folder_leads_to_every_other(folder: str) -> None:
    shown = {Path(target.partition("#")[0]).name for target in links(f"{folder}/README.md")}
    missing = [Path(page).name for page in pages(folder) if Path(page).name not in {*shown, "README.md"}]
    assert not missing
