"""The room's place in the menu."""

from django.utils.translation import gettext_noop

from throughline.web.rooms.base import Room

ROOM = Room("inventory", gettext_noop("Inventory"), 10, "inventory:home", "inventory.read", "inventory")
