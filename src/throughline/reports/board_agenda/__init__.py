"""The board agenda item."""
