"""The message catalog of everything that can be found: engine, importers and documents, in English."""

from functools import cache

from throughline.engine.findings import Catalog, Message, fill
from throughline.engine.messages_en import MESSAGES
from throughline.engine.messages_en.names import NAMES
from throughline.importers.outcome import Question


@cache
def message_catalog() -> Catalog:
    """All messages; raises ValueError when two parts word the same code."""
    from throughline.importers.messages import messages as importers
    from throughline.reports.messages import messages as documents

    merged: dict[str, Message] = {}
    for part in (MESSAGES, importers(), documents()):
        if twice := merged.keys() & part.keys():
            raise ValueError(f"worded twice: {sorted(twice)}")
        merged |= part
    return Catalog("en", merged, NAMES)


def question_words(question: Question) -> str:
    """A question as one sentence."""
    return fill(message_catalog().messages[question.code].text, dict(question.args))
