"""The room's place in the menu."""

from throughline.web.rooms.base import Room

ROOM = Room("refresh", "Refresh", 20, "refresh:home", "plan.read", "refresh")
