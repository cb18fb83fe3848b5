"""`throughline audit`: check the log, or tell the end of every chain. Called by name from the command line."""

import json
from datetime import date
from pathlib import Path
from typing import Any


def examine(known: str = "") -> list[dict[str, Any]]:
    """Every chain with its number of entries and what is wrong; `known` is a JSON file {chain: [sequence, hash]} of earlier ends.

    When all is whole, today's ends are kept. Raises ValueError for a file of another form.
    """
    from throughline.web.ops.start import start

    start()
    from throughline.web.access.scope import across_districts
    from throughline.web.audit.anchors import keep_daily
    from throughline.web.audit.verify import verify_all
    from throughline.web.districts.models import District

    ends = {}
    if known:
        try:
            told = json.loads(Path(known).read_text(encoding="utf-8"))
            ends = {int(number): [(int(end[0]), str(end[1]))] for number, end in told.items()}
        except (AttributeError, IndexError, TypeError, ValueError):
            raise ValueError(
                f'{known} does not say ends as {{"0": [17, "…"]}}; `throughline audit heads` does'
            ) from None
    with across_districts():
        checked = verify_all(ends)
        names = dict(District.objects.values_list("pk", "name"))
    if not any(item.wrong for item in checked):
        keep_daily(date.today())  # noqa: DTZ011 - the server's own day names the line
    special = {0: "installation", -1: "kept ends"}
    return [
        {
            "chain": item.number,
            "name": special.get(item.number) or names.get(item.number, f"district {item.number}"),
            "entries": item.entries,
            "wrong": list(item.wrong),
        }
        for item in checked
    ]


def ends() -> dict[int, tuple[int, str]]:
    """The end of every chain, to be kept elsewhere."""
    from throughline.web.ops.start import start

    start()
    from throughline.web.audit.log import heads

    return heads()
