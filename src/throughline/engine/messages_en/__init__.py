"""English words of every finding the engine raises, one module per subject, merged here."""

from throughline.engine.findings import Message
from throughline.engine.messages_en import (
    awards,
    budget,
    capital_plan,
    devices,
    enrollment,
    federal,
    fleet,
    funding,
    rules,
    systems,
)

_PARTS = (
    awards.MESSAGES,
    budget.MESSAGES,
    capital_plan.MESSAGES,
    devices.MESSAGES,
    enrollment.MESSAGES,
    federal.MESSAGES,
    fleet.MESSAGES,
    funding.MESSAGES,
    rules.MESSAGES,
    systems.MESSAGES,
)


def _merged() -> dict[str, Message]:
    merged: dict[str, Message] = {}
    for part in _PARTS:
        if twice := merged.keys() & part.keys():
            raise ValueError(f"two modules word the same findings: {sorted(twice)}")
        merged |= part
    return merged


MESSAGES: dict[str, Message] = _merged()
