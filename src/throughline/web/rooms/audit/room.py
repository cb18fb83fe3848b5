"""The room's place in the menu."""

from django.utils.translation import gettext_noop

from throughline.web.rooms.base import Room

ROOM = Room("audit", gettext_noop("Log"), 97, "audit:home", "audit.read", "log")
