"""Which characters our fonts can draw: one missing character stops a whole PDF/UA document, so each is replaced visibly.

A character no font has becomes `[U+4E2D]`, which a reader can look up, and is reported with the place where it stood.
"""

from functools import cache
from importlib.resources import files
from typing import Any

FONTS = ("PublicSans-Regular.ttf", "PublicSans-Medium.ttf", "PublicSans-SemiBold.ttf", "PublicSans-Bold.ttf")
CONTROL = {"\n": "\n", "\t": " ", "\r": ""}


@cache
def known_characters() -> frozenset[str]:
    """Characters that every weight we use can draw."""
    from fontTools.ttLib import TTFont

    folder = files("throughline.reports.writers") / "fonts"
    sets = []
    for name in FONTS:
        with (folder / name).open("rb") as stream:
            sets.append({chr(code) for code in TTFont(stream, lazy=True).getBestCmap()})
    return frozenset(set.intersection(*sets))


def drawable(text: str, missing: dict[str, str]) -> str:
    """`text` with undrawable characters replaced; each is added to `missing` with the first text it stood in."""
    known = known_characters()
    if all(char in known for char in text):
        return text
    out = []
    for char in text:
        if char in known:
            out.append(char)
        elif char in CONTROL:
            out.append(CONTROL[char])
        else:
            missing.setdefault(char, text)
            out.append(f"[U+{ord(char):04X}]")
    return "".join(out)


def cleaned(node: Any, missing: dict[str, str]) -> Any:
    """Every string of a JSON-like value made drawable."""
    if isinstance(node, str):
        return drawable(node, missing)
    if isinstance(node, dict):
        return {key: cleaned(child, missing) for key, child in node.items()}
    return [cleaned(child, missing) for child in node] if isinstance(node, (list, tuple)) else node
