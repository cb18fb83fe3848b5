"""The first hour: from the link the server prints to five years drawn from one file."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, expect

from tests.browser.looking import look
from tests.browser.serving import free_port, serving
from tests.browser.signing import code
from tests.browser.watching import Watch

CHROMEBOOKS = Path(__file__).parents[2] / "examples" / "quillfern" / "chromebooks.csv"


def test_rfc_6238s_own_example_gives_its_own_code() -> None:
    assert code("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", 59) == "287082"


def test_the_first_administrator_goes_from_the_printed_link_to_five_years(
    tmp_path: Path, visitor: Callable[..., BrowserContext], watch: Watch
) -> None:
    with serving(tmp_path / "data", free_port()) as empty:
        (link,) = re.findall(r"http://\S+/setup/\S+", empty.said())
        page = visitor(base_url=link.partition("/setup/")[0]).new_page()
        page.goto(link)
        assert look(page) == []
        page.get_by_label("Your name").fill("Ada Lindqvist")
        page.get_by_label("E-mail address").fill("ada@newtown.example")
        page.get_by_label("Password").fill("seven quiet otters read")
        page.get_by_role("button", name="Create the account").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Protect your account with a second factor")
        assert look(page) == []
        page.get_by_role("link", name="Set up an app").click()
        secret = page.get_by_label("Secret, for an app that cannot scan").input_value()
        page.get_by_label("code").fill(code(secret))
        page.get_by_role("button", name="Turn it on").click()
        expect(page.get_by_label(re.compile("Codes not used yet"))).to_be_visible()
        assert look(page) == []

        page.goto("/")
        page.get_by_role("link", name="New district").click()
        page.get_by_label("Name of the district").fill("Newtown Public Schools")
        page.get_by_label("State").fill("NJ")
        page.get_by_role("button", name="Create the district").click()

        expect(page.get_by_role("heading", level=1)).to_have_text("Plan")
        page.get_by_role("link", name="Drop a file in Inventory").click()
        page.get_by_label("Drop files here, or choose them").set_input_files(CHROMEBOOKS)
        page.get_by_role("button", name="See what is in them").click()
        expect(page.get_by_text("Every row is counted once")).to_be_visible(timeout=90_000)
        page.get_by_role("button", name=re.compile(r"Apply \d+ rows")).click()
        expect(page.get_by_text("rows were applied")).to_be_visible(timeout=90_000)

        page.get_by_role("link", name="Plan", exact=True).first.click()
        years = page.locator("[data-tl-chart] svg").first
        expect(years).to_be_visible()
        drawn = re.findall(r"FY20\d\d", years.text_content() or "")
        assert len(set(drawn)) == 5, drawn
        with watch.expecting(404):
            again = page.goto(link)
        assert again is not None
        assert again.status == 404, "the link works once"
