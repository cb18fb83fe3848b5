"""A district with a whole small plan in the database, and what the pages' links say."""

from html.parser import HTMLParser
from urllib.parse import urlsplit

from throughline.app.recipe import play_into, read_recipe, sample_folder
from throughline.web.access.scope import within_district
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead
from throughline.web.planning.reading import Reading, read

ROOMS = ("", "refresh/", "costs/", "funds/", "goals/")


def fill(district: District) -> Reading:
    """The small sample's records and files in this district, looked at on the sample's day."""
    source = sample_folder().parent / "quillfern"
    with within_district(district.pk):
        play_into(source, store.open_district(district))
        PlanHead.objects.update(as_of=read_recipe(source)["as_of"])
        return read(district)


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.figures: dict[str, str] = {}
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "a" and "fig" in (told.get("class") or "").split():
            self._open = told.get("href") or ""
            self.figures[self._open] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "a":
            self._open = ""

    def handle_data(self, data: str) -> None:
        if self._open:
            self.figures[self._open] += data


def figure_links(page: str) -> dict[str, str]:
    """Addresses of explanations on a page with the text of their figures."""
    parser = _Links()
    parser.feed(page)
    return {
        address: text.strip()
        for address, text in parser.figures.items()
        if urlsplit(address).path.endswith("/explain/")
    }
