"""The room's place in the menu."""

from django.utils.translation import gettext_noop

from throughline.web.rooms.base import Room

ROOM = Room("refresh", gettext_noop("Refresh"), 20, "refresh:home", "plan.read", "refresh")
