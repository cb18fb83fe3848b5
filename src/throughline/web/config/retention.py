"""How long what nobody needs any more is kept, in days: defaults, each changed by an environment variable.

Entries of the log are in no list: its chain is append-only, so they are never removed.
"""

import os
from dataclasses import dataclass
from datetime import timedelta

LEAST, MOST = 1, 3650


@dataclass(frozen=True)
class Period:
    """What is kept how long after what."""

    days: int
    words: str

    @staticmethod
    def variable(name: str) -> str:
        """The environment variable of a period."""
        return f"THROUGHLINE_KEEP_{name.upper()}_DAYS"


PERIODS = {
    "uploads": Period(
        30, "originals of imported files, after they arrived (7 at the most where they hold columns about persons)"
    ),
    "documents": Period(7, "documents, after a later one took their place"),
    "jobs": Period(7, "long work that has ended, with its result"),
    "links": Period(30, "invitations and one-time links, after they were used, withdrawn or over"),
    "sessions": Period(30, "the list of sessions, after they were last active; an expired session goes the next day"),
    "drafts": Period(30, "drafts of public pages that were returned, or that nobody approved"),
}


def kept(name: str) -> timedelta:
    """The period of that name; raises ValueError when the environment does not say a number of days."""
    variable = Period.variable(name)
    told = os.environ.get(variable, "").strip() or str(PERIODS[name].days)
    if not told.isdecimal() or not LEAST <= int(told) <= MOST:
        raise ValueError(f"{variable} is {told}; write a number of days from {LEAST} to {MOST:,}")
    return timedelta(days=int(told))
