"""Text that spreadsheets would run as a formula: found by its first sign, in plain or full width, also after spaces."""

SIGNS = frozenset("=+-@\t\r\n|%＝＋－＠")


def risky(text: str) -> bool:
    """Whether a spreadsheet could read the text as a formula or command (OWASP, CSV injection)."""
    return bool(text) and (text[0] in SIGNS or text.lstrip()[:1] in SIGNS)


def inert(text: str) -> str:
    """The text with a leading apostrophe when it is risky: spreadsheets show it, and never run it."""
    return "'" + text if risky(text) else text
