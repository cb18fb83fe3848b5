"""The room's place in the menu."""

from django.utils.translation import gettext_noop

from throughline.web.rooms.base import Room

ROOM = Room("documents", gettext_noop("Documents"), 70, "documents:home", "document.read", "documents")
