"""How notes are numbered in every format: by letters, because a raised figure after an amount would read as a power."""


def letter(i: int) -> str:
    """a, b ... z, aa, ab ..."""
    return ("" if i < 26 else letter(i // 26 - 1)) + chr(ord("a") + i % 26)
