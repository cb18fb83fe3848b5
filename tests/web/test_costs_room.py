"""The pages of the Costs room beside its first: options, others, schools, statements."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from throughline.app.noun_forms.remove import remove_record
from throughline.app.noun_forms.save import save_record
from throughline.app.plans import OpenPlan
from throughline.app.set_value import set_values
from throughline.web.access.scope import Actor, acting, within_district
from throughline.web.accounts.models import User
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead

PAGES = ("", "options/", "beside-others/", "schools/", "statements/")


@pytest.fixture
def browser(cast: dict[str, User], signed_in: Callable[[User], Client]) -> Client:
    return signed_in(cast["board"])


def add(home: District, noun: str, **told: str) -> str:
    with within_district(home.pk), acting(Actor("someone@home.example", None)):
        saved = save_record(store.open_district(home), noun, "", {}, told, store.day_of(PlanHead.objects.get()))
        assert saved.done, (saved.errors, saved.conflicts)
        return saved.record_id


def lead(page: Any) -> str:
    found = re.search(r'class="tl-lead">(.*?)</p>', page.content.decode(), re.DOTALL)
    assert found is not None
    return re.sub("<[^>]+>", "", found[1])


@pytest.fixture
def question(home: District) -> str:
    asked = add(home, "option_sets", name="Which device?")
    a = add(home, "options", option_set=asked, name="A", life_years="4")
    b = add(home, "options", option_set=asked, name="B", life_years="6")
    for option, what, year, until, dollars, kind in (
        (a, "Price", "0", "", "393", "cost"),
        (a, "Upkeep", "1", "3", "28", "cost"),
        (a, "Last year", "4", "", "13", "cost"),
        (b, "Price", "0", "", "683", "cost"),
        (b, "Upkeep", "1", "5", "22", "cost"),
        (b, "Trade-in", "6", "", "18", "resale"),
    ):
        add(
            home,
            "option_costs",
            option=option,
            what=what,
            year=year,
            until=until,
            cents=dollars,
            kind=kind,
            basis="a quote",
        )
    with within_district(home.pk), acting(Actor("someone@home.example", None)):
        day = store.day_of(PlanHead.objects.get())
        set_values(store.open_district(home), ["rules/capital/discount-rate=0.03"], day, "our bank")
    return asked


@pytest.mark.parametrize("page", PAGES)
def test_an_empty_plan_says_what_to_do_first(home: District, browser: Client, page: str) -> None:
    found = browser.get(f"/d/home/costs/{page}")
    assert found.status_code == 200
    assert lead(found)
    tabs = found.content.decode().partition('class="tl-tabs"')[2].partition("</nav>")[0]
    assert tabs.count('aria-current="page"') == 1


def test_the_options_page_gives_the_golden_cost_a_year_and_opens_it(
    home: District, browser: Client, question: str
) -> None:
    page = browser.get("/d/home/costs/options/")
    assert "Which device? A costs least: $130" in lead(page)
    html = page.content.decode()
    assert "lowest cost a year" in html
    assert "a quote" in html
    address = next(a for a in re.findall(r'href="(/d/home/explain/\?[^"]+)"', html) if "eac" in a).replace("&amp;", "&")
    opened = browser.get(address).content.decode()
    assert "$130.14" in opened
    assert "our bank" in opened
    assert "through-line" not in opened  # it lies on no way of money


def test_every_figure_of_the_pages_opens(home: District, browser: Client, question: str) -> None:
    for page in PAGES:
        html = browser.get(f"/d/home/costs/{page}").content.decode()
        for address in set(re.findall(r'href="(/d/home/explain/\?[^"]+)"', html)):
            assert browser.get(address.replace("&amp;", "&")).status_code == 200, address


@pytest.mark.parametrize(
    "name", ["options-which-device|a|nothing", "options-none|a|eac", "nonsense", "present_value|npv|present"]
)
def test_a_figure_that_does_not_exist_is_no_fault(home: District, browser: Client, question: str, name: str) -> None:
    assert browser.get("/d/home/explain/", {"worked": name}).status_code == 404


def test_a_question_goes_with_its_options_and_their_amounts(home: District, question: str) -> None:
    with within_district(home.pk), acting(Actor("someone@home.example", None)):
        opened: OpenPlan = store.open_district(home)
        done = remove_record(opened, "option_sets", question, store.day_of(PlanHead.objects.get()))
    assert done.gone == {"options": 2, "option_costs": 6}
    assert not done.opened.plan.option_costs
