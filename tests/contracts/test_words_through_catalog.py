"""Every word a page says by itself goes through the message catalog, and the catalog holds every word of the pages."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from tests.contracts.catalog import extracted
from tests.contracts.repository import SOURCE, shown

TEMPLATES = SOURCE / "web" / "templates"
CATALOG = SOURCE / "web" / "locale" / "en" / "LC_MESSAGES" / "django.po"
APART = re.compile(r"\{% *(comment|verbatim)\b.*?\{% *end\1 *%\}", re.DOTALL)
SAID = re.compile(r"\{% *blocktranslate\b.*?\{% *endblocktranslate *%\}", re.DOTALL)
CODE = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
TAG = re.compile(r"<[a-zA-Z/][^<>]*>")
WORD = re.compile(r"[A-Za-z]{2}")
READ_ALOUD = ("alt", "title", "aria-label", "placeholder", "data-label")
AS_IT_IS = {"code", "kbd", "pre", "script", "style"}  # commands, keys and programs are not translated
NAMES = {"Throughline", "throughline", "CSV", "PDF", "JSON"}


class Bare(HTMLParser):
    """Collects texts that stand in a template outside the catalog's tags."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in AS_IT_IS:
            self.open.append(tag)
        for name, value in attrs:
            if name in READ_ALOUD:
                self.take(value or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in AS_IT_IS and tag in self.open:
            self.open.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self.open:
            self.take(data)

    def take(self, text: str) -> None:
        """Note what has words of its own."""
        for part in text.split("\0"):
            words = re.sub(r"&\w+;", " ", part).strip(" \n·")
            if WORD.search(words) and words not in NAMES:
                self.found.append(words)


def bare(text: str) -> list[str]:
    """Words of a template that no translator would ever see."""
    reader = Bare()
    said = CODE.sub("\0", SAID.sub("", APART.sub("", text))).replace("<\0", "<").replace("</\0", "</")
    reader.feed(TAG.sub(lambda found: found.group().replace("\0", " "), said))  # code inside a tag is no text
    return reader.found


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=shown)
def test_a_page_says_nothing_past_the_catalog(path: Path) -> None:
    assert bare(path.read_text(encoding="utf-8")) == []


def test_words_past_the_catalog_are_found() -> None:
    assert bare('<p title="Late">{% if a %}Due{% endif %} {{ b }} <b>today</b></p><code>make test</code>') == [
        "Late",
        "Due",
        "today",
    ]
    assert (
        bare('<p title="{% translate "Late" %}">{% blocktranslate %}Due <b>{{ b }}</b>{% endblocktranslate %}</p>')
        == []
    )


@pytest.mark.needs_gettext
def test_the_catalog_holds_every_word_of_the_pages(tmp_path: Path) -> None:
    assert extracted(tmp_path) == CATALOG.read_text(encoding="utf-8"), "write it anew with: make messages"
