"""The room's place in the menu."""

from throughline.web.rooms.base import Room

ROOM = Room("audit", "Log", 97, "audit:home", "audit.read", "log")
