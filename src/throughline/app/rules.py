"""The rulebook as people see it: every rule in force with its source, the layers that meet in it, and which of them governs."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

from throughline.app.plans import OpenPlan, slug
from throughline.engine.money import dollars
from throughline.engine.plan.assumptions import Assumption
from throughline.engine.rulebook.book import Rulebook, governing
from throughline.engine.rulebook.district import EPOCH, district_rows, unreadable
from throughline.engine.rulebook.parameter import Parameter
from throughline.packs.loader import load_rulebook

# facts of the district that stand beside a rule as its own layer
OWN_LIMITS = {
    "federal/equipment-threshold": ("capitalization_threshold_cents", "the district's capitalization level"),
    "procurement/simplified-acquisition": ("local_bid_threshold_cents", "the district's bid threshold"),
}
FEDERAL = ("federal/", "procurement/", "erate/", "title-", "idea-b/", "perkins-v/", "slcgp/", "srsa/")
MEETING = {
    "minimum": "the lowest holds",
    "maximum": "the highest holds",
    "earliest": "the earliest day holds",
    "override": "the narrowest holds",
}


@dataclass(frozen=True)
class LayerRow:
    """What one layer says of a rule: `layer` in words (federal, the state, your own), its value, source and day."""

    layer: str
    value: str
    source: str
    status: str
    effective: str
    governs: bool


@dataclass(frozen=True)
class RuleRow:
    """A parameter: path, the value that holds on the day in words with its source, and what the district set itself.

    `unit` is what an own value is entered in. `layers` are those in force, federal first; `meeting` says how they meet, and
    `stays` that an own value was entered but another layer is stricter.
    """

    path: str
    label: str
    value: str
    unit: str
    effective: str
    source: str
    status: str
    verified_on: str
    own: str
    own_reason: str
    layers: tuple[LayerRow, ...]
    meeting: str
    note: str

    @property
    def stays(self) -> bool:
        """Whether the district's own value is not the one that holds."""
        return bool(self.own) and not any(item.governs and item.layer == OWN for item in self.layers)


OWN = "your own"
DOLLARS = "dollars"


def rulebook_of(opened: OpenPlan) -> Rulebook:
    """The rulebook of the plan's state."""
    return _book(opened.plan.district.state)


@lru_cache(maxsize=8)
def _book(state: str) -> Rulebook:
    return load_rulebook(state)


def rule_rows(opened: OpenPlan, as_of: date, words: str = "") -> tuple[RuleRow, ...]:
    """Every parameter in force on the day, by path; with `words`, those whose path, name or source has all of them."""
    shipped = rulebook_of(opened)
    usable = tuple(item for item in opened.plan.assumptions if not unreadable(shipped, item))
    rules = district_rows(shipped, replace(opened.plan, assumptions=usable), {}, as_of).at(as_of)
    own = {item.id: item for item in opened.plan.assumptions}
    asked = words.casefold().split()
    found = []
    for path in sorted(shipped.parameters):
        layers = _with_own_limit(path, rules.layers(path), opened) or (shipped.parameters[path][0],)
        row = _row(path, layers, own.get(slug(path)), opened.plan.district.state)
        if all(word in f"{row.path} {row.label} {row.source}".casefold() for word in asked):
            found.append(row)
    return tuple(found)


def _row(path: str, layers: tuple[Parameter, ...], mine: Assumption | None, state: str) -> RuleRow:
    holds = governing(layers)
    named = {
        "federal": "federal" if path.startswith(FEDERAL) else "as shipped",
        "state": state.upper() or "state",
        "district": OWN,
    }
    return RuleRow(
        path,
        path.replace("/", ": ").replace("-", " "),
        shown_value(holds.value, holds.unit),
        DOLLARS if holds.unit == "cents" else holds.unit,
        holds.effective_from.isoformat(),
        holds.source,
        holds.standing,
        holds.verified_on.isoformat(),
        _entered(mine.value, holds.unit) if mine else "",
        mine.reason if mine else "",
        tuple(
            LayerRow(
                named[row.layer],
                shown_value(row.value, row.unit),
                row.source,
                row.standing,
                "" if row.layer == "district" and row.effective_from == EPOCH else row.effective_from.isoformat(),
                row is holds,
            )
            for row in layers
        ),
        MEETING[holds.combine],
        holds.note,
    )


def _entered(value: str, unit: str) -> str:
    """An own value as it is entered: money in dollars."""
    return dollars(int(value)) if unit == "cents" and value.isdigit() else value


def _with_own_limit(path: str, layers: tuple[Parameter, ...], opened: OpenPlan) -> tuple[Parameter, ...]:
    """The layers with the district's own level, where a fact of the district is one and is stricter than its own value."""
    if path not in OWN_LIMITS or not layers:
        return layers
    name, words = OWN_LIMITS[path]
    cents = getattr(opened.plan.district, name)
    stricter = [row for row in layers if row.layer == "district" and cents is not None and row.value <= cents]
    if cents is None or stricter:
        return layers
    own = replace(
        layers[-1], value=cents, layer="district", source=words, authority="district", status="DISTRICT", note=""
    )
    return (*(row for row in layers if row.layer != "district"), own)


def shown_value(value: int | Decimal | str, unit: str) -> str:
    """A value as people say it: dollars, percent, or the number with its unit."""
    if unit == "cents" and isinstance(value, int):
        return dollars(value)
    if unit == "share" and isinstance(value, Decimal):
        return f"{(value * 100).normalize():f}%"
    return str(value) if unit in ("text", "date") else f"{value} {unit}"
