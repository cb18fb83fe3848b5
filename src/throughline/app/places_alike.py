"""Places that one answer can settle: the same text but for numbers, such as the rooms or the carts of one school."""

import re

NUMBER = re.compile(r"\d+")


def alike(place: str) -> str:
    """What a place has in common with those like it: `Lincoln Rm 12` and `LINCOLN  rm 7` are `lincoln rm #`."""
    return NUMBER.sub("#", " ".join(place.casefold().split()))
