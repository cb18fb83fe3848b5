"""The room's place in the menu."""

from throughline.web.rooms.base import Room

ROOM = Room("costs", "Costs", 30, "costs:home", "plan.read", "costs")
