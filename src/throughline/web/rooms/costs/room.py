"""The room's place in the menu."""

from django.utils.translation import gettext_noop

from throughline.web.rooms.base import Room

ROOM = Room("costs", gettext_noop("Costs"), 30, "costs:home", "plan.read", "costs")
