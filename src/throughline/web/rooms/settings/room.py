"""The room's place in the menu."""

from django.utils.translation import gettext_noop

from throughline.web.rooms.base import Room

ROOM = Room("settings", gettext_noop("Settings"), 90, "settings:district", "plan.read", "settings")
