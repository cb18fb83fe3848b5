"""Figures: from a sum on the Plan page down to a row of a file, and from the packet's note to the same place."""

import re
from collections.abc import Callable

from playwright.sync_api import Locator, Page, expect

from tests.browser.looking import OPEN_ALL

BASE = "/d/larkhollow"
PANEL = "#explanation"


def _opened(page: Page) -> Locator:
    panel = page.locator(PANEL)
    expect(panel).to_be_visible()
    expect(panel).not_to_have_attribute("aria-busy", "true")
    return panel


def test_a_figure_of_the_plan_is_followed_down_to_a_row_of_the_inventory(page_as: Callable[..., Page]) -> None:
    page = page_as("cabinet")
    page.goto(f"{BASE}/")
    page.locator("main table").get_by_role("link", name=re.compile(r"^\$[\d,]+")).last.click()
    panel = _opened(page)
    assert "explain=" in page.url, "the address remembers what is open"
    expect(panel.get_by_role("heading", level=2)).to_be_focused()
    page.reload()
    panel = _opened(page)

    # down: the year that needs most, its devices, one line of them
    page.goto(f"{BASE}/refresh/")
    page.locator("#matrix-t").locator("xpath=following::table[1]").get_by_role("link").first.click()
    panel = _opened(page)
    panel.get_by_role("link", name="Follow this line to its sources").first.click()
    panel = _opened(page)
    panel.get_by_role("link", name="Open as a page").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Explain a figure")
    page.evaluate(OPEN_ALL)
    shown = page.locator("main").inner_text()
    assert re.search(r"(chromebooks|assets)\.csv, row [\d,]+: serial:\w+", shown), shown[:3000]


def test_the_explanation_closes_with_escape_and_gives_the_place_back(page_as: Callable[..., Page]) -> None:
    page = page_as("board")
    page.goto(f"{BASE}/funds/")
    figure = page.locator("main a.fig").first
    figure.click()
    _opened(page)
    page.keyboard.press("Escape")
    expect(page.locator(PANEL)).to_have_count(0)
    expect(figure).to_be_focused()
    assert "explain=" not in page.url


def test_without_scripts_a_figure_opens_its_explanation_as_a_page(page_as: Callable[..., Page]) -> None:
    page = page_as("board", java_script_enabled=False)
    page.goto(f"{BASE}/")
    page.locator("main a.fig").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Explain a figure")


def test_an_amount_of_the_packets_notes_stands_in_the_application_with_the_same_source_row(
    page_as: Callable[..., Page], packet_text: str
) -> None:
    notes = packet_text[packet_text.rindex("How figures are made") :]
    line = re.search(r"the line: (\$[\d,]+\.\d\d) = (\d+) positions", notes)
    assert line is not None, notes[:2000]
    row = re.search(r"staffing\.csv, row (\d+)", notes[line.end() :])
    assert row is not None
    named = re.search(r"The largest line of ([\w ]+): ", notes[: line.start()])
    assert named is not None

    page = page_as("board")
    page.goto(f"{BASE}/explain/")
    page.get_by_role("link", name=named[1]).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Explain a figure")
    for _ in range(3):
        if line[1] in page.locator("main").inner_text():
            break
        page.get_by_role("link", name="Follow this line to its sources").first.click()
    page.evaluate(OPEN_ALL)
    shown = page.locator("main").inner_text()
    assert line[1] in shown
    assert f"staffing.csv, row {row[1]}" in shown
