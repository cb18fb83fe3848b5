"""Throughline: from a district's exports to a funded technology plan and a board packet."""

__version__ = "0.1.0"
