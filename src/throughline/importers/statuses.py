"""Status words of a source as ours; a word nobody knows is asked about, and its devices count as in use until answered.

Counting them shows their money; leaving them out would hide it.
"""

from collections.abc import Callable, Mapping

from throughline.engine.plan.inventory import Status
from throughline.importers.outcome import Question
from throughline.importers.reading.cells import is_absent
from throughline.importers.reading.table import fold
from throughline.importers.session import Session
from throughline.importers.values.parsed import Parsed

CHOICES = (
    (Status.IN_USE, "in use: counts"),
    (Status.STORED, "stored: counts"),
    (Status.REPAIR, "in repair: counts"),
    (Status.ON_ORDER, "on order: counts"),
    (Status.MISSING, "missing: does not count"),
    (Status.DISABLED, "disabled: does not count"),
    (Status.RETIRED, "retired: does not count"),
)


def status_reader(session: Session, statuses: Mapping[str, str]) -> Callable[[str], Parsed[str]]:
    """A grammar for status cells."""

    def read(cell: str) -> Parsed[str]:
        word = fold(cell)
        if not word or is_absent(cell):
            return Parsed("")
        if word in statuses:
            return Parsed(str(statuses[word]))
        choices = tuple((str(status.value), label) for status, label in CHOICES)
        args = (("word", cell.strip()[:60]),)
        given = session.ask(Question(f"status:{word}", "TL-IMP-056", choices, Status.IN_USE.value, False, args))
        return Parsed(given) if given else Parsed(Status.IN_USE.value, warning="TL-IMP-030")

    return read
