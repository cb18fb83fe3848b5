"""The room's place in the menu."""

from django.utils.translation import gettext_noop

from throughline.web.rooms.base import Room

ROOM = Room("plan", gettext_noop("Plan"), 0, "plan:home", "plan.read", "plan")
