"""The room's place in the menu."""

from throughline.web.rooms.base import Room

ROOM = Room("goals", "Goals", 50, "goals:home", "plan.read", "goals")
