"""What people write for the board: the agenda item's own words, kept with the plan."""

from dataclasses import dataclass

from throughline.engine.plan.fields import c1, c2
from throughline.engine.refs import Source

AGENDA_TEXTS = (
    "action", "why_now", "goal_link", "procurement", "alternatives", "equity", "risk", "timeline", "measure",
    "legal_authority", "recommendation", "attachments",
)  # fmt: skip  # the ids that documents look for


@dataclass(frozen=True, slots=True)
class PlanText:
    """A passage of the board's documents; `id` says which (AGENDA_TEXTS), `text` is printed as written, one item a line."""

    id: str = c1()
    text: str = c1()
    source: Source | None = c2(None)
