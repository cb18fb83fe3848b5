"""What a records importer reports about the table it read: header, mapping, columns left unread, persons' columns counted."""

from collections.abc import Mapping

from throughline.importers.base import Reading
from throughline.importers.outcome import Dropped
from throughline.importers.rows import Tally
from throughline.importers.tables import Opened


def reading_of(opened: Opened, tally: Tally, also: Mapping[int, str] | None = None) -> Reading:
    """The reading of an opened table; `also` names fields the importer read by position, such as columns named by years.

    Cells of columns about persons are counted here and go nowhere.
    """
    also = also or {}
    places = opened.fields.persons
    filled = dict.fromkeys(places, 0)
    if places:
        for line in opened.table.lines():
            for place in places:
                filled[place] += bool(place < len(line.cells) and line.cells[place].strip())
    table = opened.table
    dropped = tuple(Dropped(table.headers[place], count) for place, count in filled.items())
    mapping = (*opened.mapping, *((table.headers[place], name) for place, name in also.items()))
    ignored = tuple(table.headers[place] for place in opened.fields.ignored if place not in also)
    return Reading(tally, table.header_row, table.above, table.headers, mapping, dropped, ignored)
