"""Which tests run in one process when several share the suite: those that look at something dear to make.

pytest-xdist asks for a scheduler, and its documentation shows this way to group. Its marker `xdist_group` is not used, because
version 3.8 writes it where pytest 9.2 does not look, and every process would make a server and the large district of its own.
"""

import re

from xdist.scheduler import LoadScopeScheduling

SHARED = (
    (re.compile(r"^tests/browser/"), "one server and its people"),
    (re.compile(r"^tests/web/test_bad_imports\.py"), "bad files brought once"),
    (re.compile(r"^tests/golden/test_large\.py|^tests/(golden|properties)/.*\[threadwell\]"), "the large district"),
)


def shared_by(nodeid: str) -> str:
    """What a test shares with others, or its own id."""
    return next((name for pattern, name in SHARED if pattern.search(nodeid)), nodeid)


class Together(LoadScopeScheduling):  # type: ignore[misc]  # the plug-in has no types
    """One process for all that share something; every other test goes wherever a process is free."""

    def _split_scope(self, nodeid: str) -> str:
        return shared_by(nodeid)
