"""The board packet."""
