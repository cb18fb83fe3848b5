"""The room's place in the menu."""

from django.utils.translation import gettext_noop

from throughline.web.rooms.base import Room

ROOM = Room("funds", gettext_noop("Funds"), 40, "funds:home", "plan.read", "funds")
