"""A finding code is a promise: it has words in the catalog, a page in the reference, and a place that raises it."""

import re
from functools import cache
from pathlib import Path

from tests.contracts.repository import ROOT, SOURCE, project_files, shown
from throughline.app.messages import message_catalog
from throughline.engine.findings import Catalog

CODE = re.compile(r"\bTL-[A-Z]+-\d{3}\b")
SLOT = re.compile(r"\{([^{}:]*)(?::[^{}|]*\|[^{}|]*)?\}")


@cache
def catalog() -> Catalog:
    return message_catalog()


def _is_wording(path: Path) -> bool:
    return any(part.startswith("messages") for part in path.relative_to(SOURCE).parts)


@cache
def _used() -> dict[str, str]:
    """Every code in our source outside the modules that word them, with one file that names it."""
    found: dict[str, str] = {}
    for path in project_files():
        if SOURCE in path.parents and path.suffix in {".py", ".yaml"} and not _is_wording(path):
            for code in CODE.findall(path.read_text(encoding="utf-8")):
                found.setdefault(code, shown(path))
    return found


def test_every_code_in_the_source_has_words_in_the_catalog() -> None:
    unknown = {code: where for code, where in _used().items() if code not in catalog().messages}
    assert not unknown


def test_every_code_of_the_catalog_is_raised_somewhere() -> None:
    unused = sorted(set(catalog().messages) - _used().keys())
    assert not unused


def test_every_message_says_what_happened_and_what_to_do() -> None:
    silent = [
        code for code, message in catalog().messages.items() if not (message.text.strip() and message.remedy.strip())
    ]
    assert not silent


def test_slots_of_messages_are_plain_names() -> None:
    odd = [
        (code, slot)
        for code, message in catalog().messages.items()
        for slot in SLOT.findall(message.text + message.remedy)
        if not slot.isidentifier()
    ]
    assert not odd


def test_the_reference_names_every_code() -> None:
    pages = "\n".join(path.read_text(encoding="utf-8") for path in (ROOT / "docs" / "reference").glob("**/*.md"))
    missing = sorted(code for code in catalog().messages if code not in pages)
    assert not missing
