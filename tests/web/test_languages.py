"""Another language is one file of words, and reaches the pages."""

import subprocess
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import override_settings
from django.utils import translation

from tests.contracts.test_words_through_catalog import CATALOG


@pytest.mark.needs_gettext
def test_a_language_is_one_file_and_reaches_the_page(tmp_path: Path) -> None:
    folder = tmp_path / "qq" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    text = CATALOG.read_text(encoding="utf-8").replace('"Language: en', '"Language: qq')
    asked = 'msgid "Nobody has said anything yet."\nmsgstr ""'
    assert asked in text
    (folder / "django.po").write_text(text.replace(asked, asked[:-2] + '"Nadie."'), encoding="utf-8")
    subprocess.run(["msgfmt", "-o", str(folder / "django.mo"), str(folder / "django.po")], check=True)
    with override_settings(LOCALE_PATHS=[str(tmp_path)], LANGUAGES=[("en", "English"), ("qq", "Example")]):
        with translation.override("qq"):
            assert translation.gettext("Nobody has said anything yet.") == "Nadie."
            said = render_to_string("tasks/task.html", {"task": {"pk": 1}, "shown": {}, "district": {"slug": "x"}})
        assert "Nadie." in said
