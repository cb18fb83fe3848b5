"""Templates can be read and reviewed line by line: one element or one condition a line, not a page in a line."""

import re
from pathlib import Path

TEMPLATES = Path(__file__).parents[2] / "src/throughline/web/templates"
LONGEST = 120  # as for Python; a template tag has to stand in one line, so its own length does not count
TAG = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|<script[^>]*>.*</script>")


def test_no_line_of_a_template_is_longer_than_a_line_of_code() -> None:
    pages = sorted(TEMPLATES.rglob("*.html"))
    assert len(pages) > 100
    long = [
        f"{page.relative_to(TEMPLATES)}:{number}"
        for page in pages
        for number, line in enumerate(page.read_text().splitlines(), 1)
        if len(TAG.sub("", line)) > LONGEST
    ]
    assert long == []
