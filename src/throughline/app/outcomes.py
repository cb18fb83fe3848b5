"""What became of a device that two lists say different things about, as corrections that outlive the next import.

Found = somebody had it in hand on a day: contact, like that of device management, so that it leaves the lists of what is to
be looked for and comes back when nothing is heard of it again. Missing, written off and duplicate take it out of the fleet.
A list that is right gives its value to the plan until the other list is mended.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from throughline.app.plans import OpenPlan
from throughline.app.two_lists import Pair, Side, kind_of
from throughline.engine.plan.inventory import FLEET, Status
from throughline.engine.refs import UNASSIGNED
from throughline.engine.table import Column, Row, Table, Unit
from throughline.fleet.index.device import Device, DeviceSources
from throughline.fleet.index.devices import DeviceIndex
from throughline.fleet.precedence import CORRECTION, MDM, REGISTER

FOUND, ELSEWHERE, MISSING, WRITTEN_OFF, DUPLICATE = "found", "elsewhere", "missing", "written_off", "duplicate"
MANAGED, REGISTERED, OTHER_SITE = "managed_right", "registered_right", "other_site"
LABELS = {
    FOUND: "Found where it is listed",
    ELSEWHERE: "Found at another site",
    OTHER_SITE: "Belongs to another site",
    MISSING: "Missing, being looked for",
    WRITTEN_OFF: "Written off",
    DUPLICATE: "Duplicate of another line",
    MANAGED: "Device management is right",
    REGISTERED: "The register is right",
}
NEEDS_SITE = frozenset({ELSEWHERE, OTHER_SITE})
_STATED = {"differs_site": "site", "differs_model": "model", "differs_status": "status"}
_LOST = (FOUND, ELSEWHERE, OTHER_SITE, MISSING, WRITTEN_OFF, DUPLICATE)

Fixes = tuple[tuple[str, str], ...]  # fields of a correction with their values


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided about one device."""

    key: str
    fixes: Fixes


class NotDecidedError(ValueError):
    """A decision lacks what it needs; the text says what."""


def outcomes_of(section: str) -> tuple[tuple[str, str], ...]:
    """The outcomes that a list can have, with their words."""
    names = (MANAGED, REGISTERED, *_LOST) if section in _STATED else _LOST
    return tuple((name, LABELS[name]) for name in names)


def decisions(
    pairs: Iterable[Pair], outcome: str, section: str = "", site: str = "", day: date | None = None
) -> tuple[Decision, ...]:
    """The corrections of devices that have one outcome. Raises NotDecidedError where something is missing."""
    if outcome not in LABELS:
        raise NotDecidedError("Choose what became of them.")
    if outcome in NEEDS_SITE and not site:
        raise NotDecidedError("Choose the site.")
    if outcome in (FOUND, ELSEWHERE) and day is None:
        raise NotDecidedError("Give the day somebody had them in hand.")
    out = [Decision(pair.line.device.key, _fixes(pair, outcome, section, site, day)) for pair in pairs]
    if not out:
        raise NotDecidedError("Mark at least one device.")
    return tuple(item for item in out if item.fixes)


def _fixes(pair: Pair, outcome: str, section: str, site: str, day: date | None) -> Fixes:
    match outcome:
        case "found" | "elsewhere":
            return seen_fixes(pair.line.device, site if outcome == ELSEWHERE else "", day, section == "differs_status")
        case "other_site":
            return (("site", site),)
        case "missing":
            return (("status", Status.MISSING.value),)
        case "managed_right":
            return _of(pair.managed, section)
        case "registered_right":
            return _of(pair.registered, section)
    return (("status", Status.RETIRED.value),)


def seen_fixes(device: Device, site: str, day: date | None, status: bool = False) -> Fixes:
    """A device in hand: the day, the site where it is another, and that it is in use where a list says it is not."""
    fixes = [("last_seen", day.isoformat())] if day else []
    if site and site != device.site:
        fixes.append(("site", site))
    if status or device.status not in FLEET:
        fixes.append(("status", Status.IN_USE.value))
    return tuple(fixes)


def _of(side: Side | None, section: str) -> Fixes:
    """The value that one list states for what is in question."""
    field = _STATED.get(section, "")
    value = side.stated[field] if side is not None and field else ""
    return ((field, value),) if value and value != UNASSIGNED else ()


@dataclass(frozen=True, slots=True)
class Walk:
    """Tags and serial numbers read on a walk through a site: devices listed there, elsewhere, not counted, and unknown texts."""

    here: tuple[Device, ...]
    elsewhere: tuple[Device, ...]
    not_counted: tuple[Device, ...]
    unclear: tuple[str, ...]  # a tag that several devices carry
    unknown: tuple[str, ...]

    @property
    def found(self) -> tuple[Device, ...]:
        """Every device that was read."""
        return (*self.here, *self.elsewhere, *self.not_counted)


def read_walk(index: DeviceIndex, texts: Sequence[str], site: str) -> Walk:
    """What was read, each device once, in the order of reading."""
    texts = tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))
    named = index.named(texts)
    once: dict[str, Device] = {}
    unclear: list[str] = []
    unknown: list[str] = []
    for text in texts:
        found = named.get(text.casefold(), ())
        if len(found) == 1:
            once[found[0].key] = found[0]
        else:
            (unclear if found else unknown).append(text)
    devices = tuple(once.values())
    return Walk(
        tuple(d for d in devices if d.in_fleet and d.site == site),
        tuple(d for d in devices if d.in_fleet and d.site != site),
        tuple(d for d in devices if not d.in_fleet),
        tuple(unclear),
        tuple(unknown),
    )


def walk_decisions(walk: Walk, site: str, day: date) -> tuple[Decision, ...]:
    """Every device that was read was in hand at the site on the day."""
    return tuple(Decision(d.key, seen_fixes(d, site, day)) for d in walk.found)


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision in words, for the list of what is to be mended in the systems the lists come from."""

    key: str
    outcome: str
    says: str
    reason: str
    by: str
    on: date


_DECIDED = (
    Column("serial", "Serial number"),
    Column("asset_tag", "Asset tag"),
    Column("site", "Site in the plan"),
    Column("model", "Model"),
    Column("outcome", "Outcome"),
    Column("says", "What counts now"),
    Column("mend", "Mend in"),
    Column("reason", "Why"),
    Column("by", "Who"),
    Column("on", "Decided on", Unit.DATE),
)


def decided_table(opened: OpenPlan, index: DeviceIndex, found: Sequence[Decided]) -> Table:
    """Decisions as a list to mend the systems by."""
    rows = []
    for item in found:
        known = index.device(item.key)
        d = known.device if known else None
        values = (
            d.serial if d else item.key.partition(":")[2],
            d.asset_tag if d else "",
            index.reading.name("site", d.site) if d else "",
            (index.reading.name("model", d.model) if d.model else d.model_raw) if d else "",
            LABELS.get(item.outcome, item.outcome),
            item.says,
            _mend(known, item.outcome),
            item.reason,
            item.by,
            item.on.isoformat(),
        )
        rows.append(Row(values, key=item.key))
    return Table("decided", f"Decided, {opened.plan.district.name}", _DECIDED, tuple(rows))


_KINDS = {MDM: "device management", REGISTER: "register"}


def _mend(known: DeviceSources | None, outcome: str) -> str:
    """The list that does not say so yet."""
    if outcome in (MANAGED, REGISTERED):
        return _KINDS[REGISTER if outcome == MANAGED else MDM]
    if known is None:
        return ""
    listed = {kind_of(said.source) for said in known.said if said.source != CORRECTION}
    if outcome == FOUND:
        return ", ".join(
            f"add to the {name}" if kind == REGISTER else f"enroll in {name}"
            for kind, name in _KINDS.items()
            if kind not in listed
        )
    return ", ".join(name for kind, name in _KINDS.items() if kind in listed)
