"""Field declarations shared by plan nouns: each field states its sensitivity class.

C1 published; C2 staff; C3 restricted (budgets before award, serials, drafts); C4 confidential (cyber, secrets);
P personal data of an employee, never of a pupil.
"""

from dataclasses import MISSING, Field, field, fields
from typing import Any

CLASSES = ("C1", "C2", "C3", "C4", "P")


def c1(default: Any = MISSING) -> Any:
    """A field anyone may read once published."""
    return _declared("C1", default)


def c2(default: Any = MISSING) -> Any:
    """A field for signed-in staff."""
    return _declared("C2", default)


def c3(default: Any = MISSING) -> Any:
    """A restricted field: money before award, serials, draft plans."""
    return _declared("C3", default)


def _declared(level: str, default: Any) -> Any:
    if default is MISSING:
        return field(metadata={"sensitivity": level})
    return field(default=default, metadata={"sensitivity": level})


def sensitivity(noun: type) -> dict[str, str]:
    """Sensitivity class by field name; raises KeyError when a field declares none."""
    return {item.name: _level(item) for item in fields(noun)}


def _level(item: Field[Any]) -> str:
    return str(item.metadata["sensitivity"])
