"""What one cell means, or why it means nothing.

`problem` is a finding code that refuses the row, `warning` one that is shown while the value is used, `ask` the id of a
question the person must answer for this source before the cell can be read.
"""

from typing import Generic, NamedTuple, TypeVar

T = TypeVar("T")


class Parsed(NamedTuple, Generic[T]):
    """Exactly one of: a value (perhaps with a warning), absence (None, with neither problem nor ask), a problem, a
    question.
    """

    value: T | None = None
    problem: str = ""
    warning: str = ""
    ask: str = ""
