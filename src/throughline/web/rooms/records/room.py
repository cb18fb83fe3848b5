"""The room's place in the menu."""

from django.utils.translation import gettext_noop

from throughline.web.rooms.base import Room

ROOM = Room("records", gettext_noop("Records"), 80, "records:index", "plan.read", "records")
