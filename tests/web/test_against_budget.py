"""Costs, against the budget: what to bring, the sentence, the years, and every figure down to the imported cell."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from throughline.app.import_source import import_files
from throughline.app.set_value import set_values
from throughline.web.access.scope import Actor, acting, within_district
from throughline.web.accounts.models import User
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead

EXPORT = """Fiscal Year,Account,Fund,Function,Object,Account Description,Adopted Budget,Encumbered,Expended
{next},11-2580-530,11,2580,530,Computer network,60000,,
{now},11-2580-530,11,2580,530,Computer network,55000,5000,20000
{now},11-2580-530,11,2580,530,"Computer network, credit",,,-250
"""


@pytest.fixture
def browser(cast: dict[str, User], signed_in: Callable[[User], Client]) -> Client:
    return signed_in(cast["board"])


def bring(home: District, folder: Path) -> int:
    """A contract and the export; returns the first plan year."""
    with within_district(home.pk), acting(Actor("someone@home.example", None)):
        day = store.day_of(PlanHead.objects.get())
        told = ["contracts/net/name=Network", "contracts/net/category=D3.1", "contracts/net/annual_cents=$50,000"]
        opened = set_values(store.open_district(home), [*told, "contracts/net/escalator=0"], day)
        year = day.year + (2 if day.month >= opened.plan.district.fiscal_year_start_month else 1)
        file = folder / "budget.csv"
        file.write_text(EXPORT.format(next=f"FY{year}", now=f"FY{year - 1}"), encoding="utf-8")
        assert import_files(opened, [file], day).done
    return year


def words(page: object) -> str:
    return re.sub(r"\s+", " ", re.sub("<[^>]+>", "", page.content.decode()))  # type: ignore[attr-defined]


def test_without_an_export_the_page_says_what_to_bring(browser: Client, home: District) -> None:
    page = browser.get(f"/d/{home.slug}/costs/budget/")
    assert page.status_code == 200
    assert "Bring the budget from the finance system" in words(page)


def test_plan_and_budget_stand_in_the_first_sentence(browser: Client, home: District, tmp_path: Path) -> None:
    year = bring(home, tmp_path)
    said = words(browser.get(f"/d/{home.slug}/costs/budget/"))
    assert f"In FY{year} the plan costs $50,000; the finance system budgets $60,000." in said
    assert "The plan asks for $10,000 less." in said
    assert "By object" in said


def test_a_year_before_the_plan_shows_what_is_left_of_the_budget(
    browser: Client, home: District, tmp_path: Path
) -> None:
    year = bring(home, tmp_path)
    said = words(browser.get(f"/d/{home.slug}/costs/budget/?year=FY{year - 1}"))
    assert f"The FY{year - 1} budget holds $55,000; $19,750 is spent and $5,000 is on order." in said
    assert "The plan has no cost in" in said


def test_every_figure_opens_down_to_its_cell(browser: Client, home: District, tmp_path: Path) -> None:
    year = bring(home, tmp_path)
    page = browser.get(f"/d/{home.slug}/costs/budget/?year=FY{year - 1}").content.decode()
    links = {link.replace("&amp;", "&") for link in re.findall(r'class="fig" href="([^"]+)"', page)}
    assert len(links) > 8
    for link in links:
        assert browser.get(link).status_code == 200, link
    spent = next(link for link in links if "object%7C530%7Cactual" in link)
    said = words(browser.get(spent))
    assert "budget.csv, row 4, column Expended" in said
    assert "250" in said


def test_another_district_sees_nothing_of_it(browser: Client, home: District, away: District, tmp_path: Path) -> None:
    bring(home, tmp_path)
    assert browser.get(f"/d/{away.slug}/costs/budget/").status_code == 404
