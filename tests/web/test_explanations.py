"""Every figure on a page opens an explanation of the same amount; a line goes down to files and rules."""

import re
from collections.abc import Callable
from html import unescape
from urllib.parse import urlsplit

from django.test import Client

from tests.web.figures_of import ROOMS, figure_links, fill
from throughline.app.explain import explain
from throughline.app.selectors import read_selector, selector
from throughline.web.accounts.models import User
from throughline.web.districts.models import District
from throughline.web.shell.templatetags.words import money, spoken_money

PART = {"HX-Request": "true"}


def test_every_figure_of_every_page_opens_the_explanation_of_its_amount(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    reading = fill(home)
    browser = signed_in(cast["board"])
    found_on = {room: figure_links(browser.get(f"/d/home/{room}").content.decode()) for room in ROOMS}
    assert all(found_on.values())
    for address, text in {address: text for links in found_on.values() for address, text in links.items()}.items():
        found = explain(reading.result, read_selector(urlsplit(address).query), None, 0)
        if text.startswith("$") and "million" not in text:
            assert text in (money(found.cents), spoken_money(found.cents)), address


def test_a_figure_of_the_home_page_opens_as_a_part_and_as_a_page(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    fill(home)
    browser = signed_in(cast["board"])
    links = figure_links(browser.get("/d/home/").content.decode())
    for address in list(links)[:5]:
        part, page = browser.get(address, headers=PART), browser.get(address)
        assert (part.status_code, page.status_code) == (200, 200)
        assert b"<html" not in part.content
        assert b"How this figure is made" in part.content
        assert b"tl-thread" in page.content
        assert "no-store" in part.headers["Cache-Control"]


def test_a_line_goes_down_to_files_and_rules(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    reading = fill(home)
    browser = signed_in(cast["auditor"])
    whole = browser.get("/d/home/explain/?total", headers=PART).content.decode()
    line = next(address for address in figure_links(whole) if "line=" in address)
    text = browser.get(line).content.decode()
    files = (
        [name.rpartition(" ")[0] for name in reading.opened.plan.snapshot.files] if reading.opened.plan.snapshot else []
    )
    assert "equal to the cent" in text
    assert any(name in text for name in [*files, ".csv", ".xlsx"])
    assert "Where it counts" in text


def test_a_selector_that_names_nothing_says_so(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    fill(home)
    browser = signed_in(cast["board"])
    for asked in ("site=nowhere", "x=1", "line=no/such/line", "fund=%00", "fiscal_year=FY1900"):
        page = browser.get(f"/d/home/explain/?{asked}")
        assert page.status_code == 404
        assert b"no such figure" in page.content
        assert browser.get(f"/d/home/explain/?{selector}", headers=PART).status_code == 404


def test_a_count_of_devices_opens_the_list_of_exactly_these_devices(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    reading = fill(home)
    browser = signed_in(cast["auditor"])
    line = next(item for item in reading.result.ledger.lines({"cost_type": "direct"}) if "hardware" in item.id)
    address = f"/d/home/explain/?{selector({'line': line.id})}"
    text = unescape(browser.get(address).content.decode())
    links = re.findall(r'href="([^"]*/devices/\?[^"]*)"\s+class="fig">\s*Open all ([\d,]+) devices?\s*<', text)
    assert links
    for link, units in links:
        listing = browser.get(link).context["listing"]
        assert f"{listing.count.units:,}" == units
    assert b"/devices/?" not in signed_in(cast["board"]).get(address).content


def test_explanations_speak_in_names_and_signs(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    reading = fill(home)
    browser = signed_in(cast["auditor"])
    codes = re.compile(r"\b(D[1-7]\.\d|DISTRICT|UNASSIGNED|UNFUNDED|NO_GOAL|BASELINE|[a-z]+ x [a-z]+)\b")
    sites = {site.id for site in reading.result.plan.sites if "-" in site.id}
    lines = list(reading.result.ledger.lines({"cost_type": "direct"}))
    asked = [selector({"line": line.id}) for line in (lines[0], lines[len(lines) // 2], lines[-1])]
    for words in [*asked, "fund=UNFUNDED", "total", f"category={lines[0].labels['category']}"]:
        page = browser.get(f"/d/home/explain/?{words}").content.decode()
        shown = unescape(re.sub("<[^>]*>", " ", page))
        assert not codes.findall(shown), words
        assert not [site for site in sites if site in shown], words
