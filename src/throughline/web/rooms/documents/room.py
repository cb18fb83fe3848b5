"""The room's place in the menu."""

from throughline.web.rooms.base import Room

ROOM = Room("documents", "Documents", 70, "documents:home", "document.read", "documents")
