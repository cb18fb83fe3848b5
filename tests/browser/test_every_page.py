"""Every page is for everyone: axe finds nothing in both themes at three widths, nothing scrolls sideways, nothing is logged."""

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.addresses import NO_PAGE, PAGES, Address, get_routes
from tests.browser.looking import look
from tests.browser.watching import Watch


def test_every_address_that_answers_a_browser_is_looked_at_or_says_why_not() -> None:
    looked = {address.route for address in PAGES}
    assert get_routes() - looked - set(NO_PAGE) == set()
    assert (looked | set(NO_PAGE)) - get_routes() - {""} == set(), "routes that are gone"


@pytest.mark.parametrize("address", PAGES, ids=str)
def test_a_page_is_for_everyone(
    page_as: Callable[..., Page], stranger: Page, examples: dict[str, str], watch: Watch, address: Address
) -> None:
    page = page_as(address.who) if address.who else stranger
    with watch.expecting(address.status):
        path = address.path.format(**examples)
        answer = page.goto(path)
        assert answer is not None
        assert (answer.status, urlsplit(page.url).path) == (address.status, urlsplit(path).path), "led elsewhere"
        assert [str(seen) for seen in look(page)] == []
