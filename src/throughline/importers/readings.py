"""What a records importer reports about the table it read: header, mapping, columns left unread, persons' columns counted."""

from throughline.importers.base import Reading
from throughline.importers.outcome import Dropped
from throughline.importers.rows import Tally
from throughline.importers.tables import Opened


def reading_of(opened: Opened, tally: Tally) -> Reading:
    """The reading of an opened table. Cells of columns about persons are counted here and go nowhere."""
    places = opened.fields.persons
    filled = dict.fromkeys(places, 0)
    if places:
        for line in opened.table.lines():
            for place in places:
                filled[place] += bool(place < len(line.cells) and line.cells[place].strip())
    table = opened.table
    dropped = tuple(Dropped(table.headers[place], count) for place, count in filled.items())
    return Reading(tally, table.header_row, table.above, table.headers, opened.mapping, dropped, opened.ignored)
