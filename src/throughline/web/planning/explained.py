"""Figures that were explained lately: the same selector of the same run is worked out once, also for a room full of people."""

from collections import OrderedDict
from threading import Lock

from throughline.app.explain import Where
from throughline.app.figure_page import FigurePage, figure_page
from throughline.app.inventory_rows import rows_of
from throughline.app.selectors import selector
from throughline.web.districts.models import District
from throughline.web.planning.index import index_of
from throughline.web.planning.reading import Reading

KEPT = 200
ROWS = 5  # inventory rows named for a count
Key = tuple[str, str, str, str, int | None]
_kept: OrderedDict[Key, FigurePage] = OrderedDict()
_lock = Lock()


def explained(district: District, reading: Reading, where: Where, deepest: int | None) -> FigurePage:
    """The page of a figure; raises ExplainError when the selector names none."""
    manifest = reading.opened.manifest
    key = (str(reading.opened.root), manifest.digest, reading.day.isoformat(), selector(where), deepest)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    rows = rows_of(reading.opened, ROWS, lambda: index_of(district, reading.opened, reading.day))
    made = figure_page(reading.result, where, rows, deepest)
    with _lock:
        _kept[key] = made
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return made
