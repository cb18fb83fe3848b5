"""Measurements of speed and memory against named peers; not part of the product."""
