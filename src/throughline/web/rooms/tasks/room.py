"""The room's place in the menu."""

from throughline.web.rooms.base import Room

ROOM = Room("tasks", "Tasks", 75, "tasks:home", "task.read", "tasks")
