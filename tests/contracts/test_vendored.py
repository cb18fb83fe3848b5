"""Files that others wrote are listed in VENDORED.md with licence and digest, and stand in the tree unchanged."""

import re
from hashlib import sha256

from tests.contracts.repository import ROOT, SOURCE, project_files, shown

ROW = re.compile(r"^\| `(?P<path>[^`]+)` \| `(?P<digest>[0-9a-f]{64})` \|$", re.MULTILINE)
FOREIGN = {".ttf", ".otf", ".woff", ".woff2", ".js", ".css", ".wasm"}
OURS = SOURCE / "web" / "static" / "theme"  # the look and behaviour of our own pages


def _listed() -> dict[str, str]:
    return {row["path"]: row["digest"] for row in ROW.finditer((ROOT / "VENDORED.md").read_text(encoding="utf-8"))}


def test_every_listed_file_is_byte_for_byte_what_was_listed() -> None:
    assert _listed()
    found = {path: sha256((ROOT / path).read_bytes()).hexdigest() for path in _listed()}
    assert found == _listed()


def test_every_font_script_or_style_in_the_source_is_listed() -> None:
    foreign = {
        shown(path)
        for path in project_files()
        if SOURCE in path.parents and OURS not in path.parents and path.suffix in FOREIGN
    }
    assert foreign <= _listed().keys()


def test_a_licence_stands_beside_every_listed_folder() -> None:
    folders = {(ROOT / path).parent for path in _listed()}
    bare = [shown(folder) for folder in folders if not any(folder.glob("*OFL*")) and not any(folder.glob("LICENSE*"))]
    assert not bare
