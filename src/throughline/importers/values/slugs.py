"""Stable ids from words: letters and digits joined by hyphens."""

import re
import unicodedata


def slug(text: str) -> str:
    """`FM amplification systems` -> `fm-amplification-systems`; '' when nothing of the text can stand in an id."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
