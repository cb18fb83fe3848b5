"""Findings and deadlines as the page words them: a mark and a word for each kind, remedies that name the room."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext, gettext_noop

from throughline.app.rooms.deadlines import Deadline
from throughline.app.rooms.home import RoomFinding
from throughline.web.rooms.base import Room, rooms

MOST = 6  # findings that stand open
SOON = 6  # deadlines shown
MARKS = {
    # beginning of a code -> (symbol, word, colour of the tag)
    "TL-FUND-012": ("▲", gettext_noop("Gap"), "bad"),
    "TL-FUND-035": ("▲", gettext_noop("Gap"), "bad"),
    "TL-FUND-030": ("◆", gettext_noop("Cliff"), "warn"),
    "TL-FUND-015": ("◆", gettext_noop("Lapses"), "warn"),
    "TL-FUND-032": ("◆", gettext_noop("Ends"), "warn"),
    "TL-FUND-033": ("◆", gettext_noop("Ends"), "warn"),
    "TL-FUND-020": ("●", gettext_noop("Left to claim"), "info"),
    "TL-FUND": ("●", gettext_noop("Fund"), "info"),
    "TL-CLIFF": ("◆", gettext_noop("Cliff"), "warn"),
    "TL-DEV": ("●", gettext_noop("Devices"), "info"),
    "TL-DATA": ("●", gettext_noop("Data"), "info"),
    "TL-FLEET": ("●", gettext_noop("Devices"), "info"),
    "TL-PROC": ("●", gettext_noop("Purchasing"), "info"),
    "TL-GOAL": ("●", gettext_noop("Goals"), "info"),
}
LONGEST_TITLE = 200  # letters of a task's title and of what it is about
OTHER = ("●", gettext_noop("Plan"), "")
REMEDIES = {
    # what to do on these pages, with the room where it is done
    "TL-DATA-003": gettext_noop(
        "Say to which site each org unit or location belongs when you next import the list, under Inventory."
    ),
    "TL-DEV-014": gettext_noop(
        "Enter a unit price with its quote or contract in the standard of these devices, under Records."
    ),
    "TL-DEV-001": gettext_noop("Drop a device export under Inventory."),
    "TL-FUND-035": gettext_noop("Enter the money you have for technology, under Records, Funds."),
}
KINDS = {
    "board_meeting": (gettext_noop("The board meets"), ""),
    "spend_by": (gettext_noop("{name}: last day to order"), gettext_noop("Up to {money} is available until then")),
    "pay_by": (gettext_noop("{name}: last day to pay"), gettext_noop("Up to {money} is available until then")),
    "contract_ends": (gettext_noop("{name} ends"), gettext_noop("{money} in the plan")),
    "contract_renews": (gettext_noop("{name} renews"), gettext_noop("{money} in the plan")),
}


@dataclass(frozen=True)
class Item:
    """A finding with its mark, the words of its page, the room that settles it, and the query that fills in a task about it."""

    finding: RoomFinding
    symbol: str
    word: str
    tone: str
    title: str
    detail: str
    remedy: str
    room: Room | None
    task: str


def urgent(found: Sequence[RoomFinding], most: int = MOST) -> tuple[list[Item], list[Item]]:
    """The findings that stand open and those behind a summary; they arrive worst and dearest first."""
    known = {room.id: room for room in rooms()}
    items = [_item(each, known.get(each.room)) for each in found]
    return items[:most], items[most:]


def _item(found: RoomFinding, room: Room | None) -> Item:
    symbol, word, tone = next((mark for code, mark in MARKS.items() if found.code.startswith(code)), OTHER)
    word = gettext(word) if word else word
    title, detail = _halves(found.text)
    told = remedy(found)
    return Item(found, symbol, word, tone, title, detail, told, room, _task(found, title, detail, told, room))


def _task(found: RoomFinding, title: str, detail: str, told: str, room: Room | None) -> str:
    """What is to be done is the remedy; what it is about is the finding and the room where it is settled."""
    asked = told if told and len(told) <= LONGEST_TITLE else _halves(told)[0] if told else title
    words = " ".join(part for part in (title, detail, told if asked != told else "") if part)
    return urlencode(
        {
            "title": asked[:LONGEST_TITLE],
            "words": words,
            "subject": title[:LONGEST_TITLE],
            "finding": found.code,
            "route": room.home if room is not None else "plan:home",
        }
    )


def _halves(text: str) -> tuple[str, str]:
    """The first sentence, and the others."""
    place = text.find(". ")
    while place > 0 and text[place - 2 : place - 1] in (" ", ".") and place < len(text):
        place = text.find(". ", place + 1)  # an initial such as "K. Ellis" ends no sentence
    return (text, "") if place < 0 else (text[: place + 1], text[place + 2 :])


def remedy(found: RoomFinding) -> str:
    """What to do, in words of these pages where they name a room."""
    return gettext(REMEDIES[found.code]) if found.code in REMEDIES else found.remedy


@dataclass(frozen=True)
class Day:
    """Deadlines of one day: the words of the only one, or of several contracts at once."""

    day: date
    title: str
    items: tuple[Deadline, ...]
    note: str


def days(found: Iterable[Deadline]) -> list[Day]:
    """The next deadlines; contracts that renew on the same day stand together."""
    grouped: dict[tuple[date, str, str], list[Deadline]] = {}
    for item in found:
        many = item.kind.startswith("contract")
        grouped.setdefault((item.day, item.kind, "" if many else item.name), []).append(item)
    shown = [_day(day, kind, items) for (day, kind, _), items in grouped.items()]
    return shown[:SOON]


def _day(day: date, kind: str, items: list[Deadline]) -> Day:
    from throughline.web.shell.templatetags.words import money

    title, note = (gettext(words) for words in KINDS[kind])
    if len(items) == 1:
        only = items[0]
        told = note.format(money=money(only.cents)) if only.cents is not None else ""
        return Day(day, title.format(name=only.name), tuple(items), told)
    verb = "renew" if kind == "contract_renews" else "end"
    return Day(day, f"{len(items)} contracts {verb}", tuple(items), "")
