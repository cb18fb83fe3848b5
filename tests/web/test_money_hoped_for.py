"""Money hoped for stands on the funds page with its owner and odds, and the records of awards have forms and tables."""

from collections.abc import Callable
from datetime import date

from django.test import Client

from tests.web.figures_of import fill
from throughline.app.set_value import set_values
from throughline.web.access.scope import within_district
from throughline.web.accounts.models import User
from throughline.web.districts.models import District
from throughline.web.planning import store

DAY = date(2026, 11, 22)
HOPE = ("prospects/f/name=Harbor Foundation", "prospects/f/high_cents=$20,000.00", "prospects/f/probability=0.4")
AWARD = ("awards/a/name=ESSER III", "awards/a/number=S425U210027", "awards/a/federal_share=0.8")
GONE = ("disposals/d/award=a", "disposals/d/description=Server", "disposals/d/price_cents=$100.00")


def test_the_funds_page_shows_it_and_the_records_page_every_noun(
    home: District, cast: dict[str, User], signed_in: Callable[[User], Client]
) -> None:
    fill(home)
    browser = signed_in(cast["board"])
    before = browser.get("/d/home/funds/").content.decode()
    assert "Money hoped for" not in before
    with within_district(home.pk):
        set_values(store.open_district(home), [*HOPE, *AWARD, *GONE], DAY)
    page = browser.get("/d/home/funds/").content.decode()
    assert "Harbor Foundation" in page
    assert "40" in page
    assert "None of it is counted" in page
    for noun, words in (("prospects", "Harbor Foundation"), ("awards", "S425U210027"), ("disposals", "Server")):
        found = signed_in(cast["business_office"]).get(f"/d/home/records/{noun}/")
        assert found.status_code == 200
        assert words in found.content.decode()
