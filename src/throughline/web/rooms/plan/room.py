"""The room's place in the menu."""

from throughline.web.rooms.base import Room

ROOM = Room("plan", "Plan", 0, "plan:home", "plan.read", "plan")
