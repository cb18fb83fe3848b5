"""Words of the findings that writers raise (TL-DOC)."""

from throughline.engine.findings import Message

MESSAGES: dict[str, Message] = {
    "TL-DOC-001": Message(
        "The fonts of the document have no character {character}; it is printed as [{character}] in “{text}”.",
        "Write the name in letters the font has, or read the same text in the workbook, which keeps it.",
    ),
}


def messages() -> dict[str, Message]:
    """Messages by code."""
    return dict(MESSAGES)
