"""The room's place in the menu."""

from throughline.web.rooms.base import Room

ROOM = Room("inventory", "Inventory", 10, "inventory:home", "inventory.read", "inventory")
