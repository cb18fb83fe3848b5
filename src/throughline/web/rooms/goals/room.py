"""The room's place in the menu."""

from django.utils.translation import gettext_noop

from throughline.web.rooms.base import Room

ROOM = Room("goals", gettext_noop("Goals"), 50, "goals:home", "plan.read", "goals")
