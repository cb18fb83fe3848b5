"""The room's place in the menu."""

from throughline.web.rooms.base import Room

ROOM = Room("records", "Records", 80, "records:index", "plan.read", "records")
