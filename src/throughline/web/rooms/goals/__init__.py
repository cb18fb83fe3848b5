"""Goals: money for each goal, and what names none."""
