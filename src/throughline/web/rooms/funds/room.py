"""The room's place in the menu."""

from throughline.web.rooms.base import Room

ROOM = Room("funds", "Funds", 40, "funds:home", "plan.read", "funds")
