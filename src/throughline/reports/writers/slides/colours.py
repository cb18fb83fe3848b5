"""Colours of the theme as slides have them."""

from pptx.dml.color import RGBColor


def rgb(value: str) -> RGBColor:
    """`#1b2733` as slides have it."""
    made: RGBColor = RGBColor.from_string(value.lstrip("#").upper())
    return made
