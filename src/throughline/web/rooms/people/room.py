"""The room's place in the menu."""

from throughline.web.rooms.base import Room

ROOM = Room("people", "People", 95, "people:home", "people.manage", "person")
