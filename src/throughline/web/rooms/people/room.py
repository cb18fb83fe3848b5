"""The room's place in the menu."""

from django.utils.translation import gettext_noop

from throughline.web.rooms.base import Room

ROOM = Room("people", gettext_noop("People"), 95, "people:home", "people.manage", "person")
