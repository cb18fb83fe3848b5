"""The room's place in the menu."""

from throughline.web.rooms.base import Room

ROOM = Room("settings", "Settings", 90, "settings:district", "plan.read", "settings")
