"""One page as it must be for everyone: no violation that axe finds, no sideways scroll, in both themes and at three widths."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

from tests.browser.watching import settle

WIDTHS = (1200, 768, 320)
THEMES = ("light", "dark")
HEIGHT = 900
OPEN_ALL = "for (const one of document.querySelectorAll('details')) one.open = true"
# Transitions would be measured half-way.
STILL = "document.getAnimations().forEach((one) => one.finish())"
RUN = "(options) => axe.run(document, {resultTypes: ['violations'], preload: false, ...options})"
# A theme changes colours and nothing else, so these rules are what there is to ask again in the dark one.
COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


@dataclass(frozen=True)
class Seen:
    """What was wrong on a page in one theme and width."""

    theme: str
    width: int
    problem: str


@cache
def axe_source() -> str:
    """The checker's own script, as its package brings it."""
    return (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text("utf-8")


def look(page: Page) -> list[Seen]:
    """Look at the page that is open, with every fold open, in each theme and width."""
    seen: list[Seen] = []
    before = page.viewport_size
    settle(page)
    page.evaluate(axe_source())
    page.evaluate(OPEN_ALL)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": HEIGHT})
        settle(page)
        over = page.evaluate("document.documentElement.scrollWidth") - width
        if over > 0:
            seen.append(Seen("light", width, f"scrolls sideways by {over} px: {_widest(page, width)}"))
        for theme in THEMES:
            page.evaluate("(theme) => document.documentElement.setAttribute('data-bs-theme', theme)", theme)
            page.evaluate(STILL)
            seen += [Seen(theme, width, problem) for problem in _violations(page, COLOURS if theme == "dark" else {})]
    if before is not None:
        page.set_viewport_size(before)
    page.evaluate("document.documentElement.setAttribute('data-bs-theme', 'light')")
    return seen


def _violations(page: Page, options: dict[str, Any]) -> list[str]:
    found: dict[str, Any] = page.evaluate(RUN, options)
    return [
        f"{one['id']}: {node['target']} {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for one in found["violations"]
        for node in one["nodes"][:4]
    ]


def _widest(page: Page, width: int) -> list[str]:
    found: list[str] = page.evaluate(
        """(width) => [...document.querySelectorAll("main *")]
        .filter((one) => one.getBoundingClientRect().right > width + 1 && !one.closest(".tl-scroll, svg"))
        .slice(0, 4).map((one) => one.outerHTML.slice(0, 120))""",
        width,
    )
    return found
