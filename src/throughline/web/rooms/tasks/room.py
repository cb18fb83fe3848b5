"""The room's place in the menu."""

from django.utils.translation import gettext_noop

from throughline.web.rooms.base import Room

ROOM = Room("tasks", gettext_noop("Tasks"), 75, "tasks:home", "task.read", "tasks")
