"""What a room declares, and the list of all rooms."""

from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pathlib import Path


@dataclass(frozen=True)
class Room:
    """A room of the menu. `home` is the route name of its first page, `action` what one must be allowed to see it."""

    id: str
    title: str
    order: int
    home: str
    action: str
    icon: str  # name of the symbol in the page's icon sheet


@cache
def rooms() -> tuple[Room, ...]:
    """Every room, in menu order."""
    here = Path(__file__).parent
    names = sorted(path.parent.name for path in here.glob("*/room.py"))
    found = [import_module(f"throughline.web.rooms.{name}.room").ROOM for name in names]
    return tuple(sorted(found, key=lambda room: room.order))
