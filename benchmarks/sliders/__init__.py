"""Sliders: what an answer takes while a lever moves, over a million devices."""
