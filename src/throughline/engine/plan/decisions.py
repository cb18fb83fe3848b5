"""Decisions about devices: part of a count is replaced in another year than the policy says, or kept."""

from dataclasses import dataclass

from throughline.engine.plan.fields import c1, c2
from throughline.engine.refs import Source

ANY = "*"
KEEP = 0


@dataclass(frozen=True, slots=True)
class DeviceDecision:
    """Replace `count` devices (None = all that match) in fiscal year `replace_in` (its end year; 0 = keep them throughout).

    `asset_class`, `site`, `role` and `model` select devices, `*` matches any; `due_in` limits the choice to those the policy
    replaces in that fiscal year. Decisions are applied in the order of their ids, devices due first moved first.
    """

    id: str = c1()
    asset_class: str = c1()
    replace_in: int = c1()
    count: int | None = c1(None)
    site: str = c1(ANY)
    role: str = c1(ANY)
    model: str = c1(ANY)
    due_in: int | None = c1(None)
    reason: str = c1("")
    source: Source | None = c2(None)
