"""A device of the list as values, and what each source says about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from throughline.engine.refs import UNASSIGNED
from throughline.fleet.index.cells import Cells
from throughline.fleet.index.file import IndexFile
from throughline.fleet.index.layout import CODED, DATES, GAPS, STORED, SYSTEM
from throughline.fleet.layout import DUPLICATE, SOLE
from throughline.fleet.precedence import CORRECTION, GROUPS, OTHER, SOURCES, AttributeGroup, SourceRule, rank

EPOCH = date(1970, 1, 1)
_TOGETHER = 500  # devices asked for in one statement


@dataclass(frozen=True, slots=True)
class Device:
    """A row of the snapshot; None = not known. `support_month`: last supported month, UNKNOWN_MONTH or NO_END."""

    key: str
    serial: str
    asset_tag: str
    quantity: int
    status: str
    site: str
    place: str
    asset_class: str
    model: str
    model_raw: str
    category_raw: str
    manufacturer: str
    role: str
    grade_band: str
    program: str
    held_as: str
    leased_until: date | None
    award: str
    federal_share_bp: int | None
    purchase_date: date | None
    price_cents: int | None
    condition: str
    support_end: date | None  # as a source states it for this device
    order_number: str
    enrolled_on: date | None
    last_seen: date | None
    os: str
    os_version: str
    source: str
    source_file: str
    source_row: int
    part: str
    purchase_year: int | None
    in_fleet: bool
    system: str  # release of its operating system, else the name as the inventory prints it, '' = not stated
    support_month: int
    support: str
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What one line of one file says about a device: every column by its name. `repeated`: left out for another line."""

    source: str
    source_file: str
    source_row: int
    values: Mapping[str, Any]
    repeated: bool


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the values of an attribute group come from; a group of several columns may have several origins."""

    group: str
    columns: tuple[str, ...]
    source: str
    source_file: str
    source_row: int


@dataclass(frozen=True, slots=True)
class DeviceSources:
    """A device, the origin of its attributes, and all that was said about it."""

    device: Device
    origins: tuple[Origin, ...]
    said: tuple[Said, ...]


def read_devices(file: IndexFile, cells: Cells, ids: Sequence[int]) -> tuple[Device, ...]:
    """Devices by id, in the order of the ids."""
    cell = file.array("row.cell")
    return tuple(_device(file, cells, int(cell[row[0]]), row[1:]) for row in file.stored(ids)) if ids else ()


def read_sources(
    file: IndexFile,
    cells: Cells,
    key: str,
    source: str = "",
    groups: Sequence[AttributeGroup] = GROUPS,
    sources: Mapping[str, SourceRule] = SOURCES,
) -> DeviceSources | None:
    """A device by its key; None when there is none."""
    for number in _find(file, key):
        (found,) = read_described(file, cells, [number], groups, sources)
        if source in ("", found.device.source):
            return found
    return None


def read_described(
    file: IndexFile,
    cells: Cells,
    ids: Sequence[int],
    groups: Sequence[AttributeGroup] = GROUPS,
    sources: Mapping[str, SourceRule] = SOURCES,
) -> tuple[DeviceSources, ...]:
    """Devices by id with what every list says of them, in the order of the ids."""
    said: dict[int, list[Said]] = {number: [] for number in ids}
    for low in range(0, len(ids), _TOGETHER):
        some = tuple(ids[low : low + _TOGETHER])
        marks = ", ".join("?" * len(some))
        text = f"select device, {', '.join(STORED)} from record where device in ({marks}) order by device, n"  # noqa: S608
        for number, *row in file.rows(text, some):
            said[number].append(_said(file, tuple(row)))
    out = []
    for number, device in zip(ids, read_devices(file, cells, ids), strict=True):
        if device.part == SOLE:
            own = {name: getattr(device, name) for name in STORED}
            said[number].insert(0, Said(device.source, device.source_file, device.source_row, own, False))
        once = [item for item in said[number] if not item.repeated]
        out.append(DeviceSources(device, tuple(_origins(once, groups, sources)), tuple(said[number])))
    return tuple(out)


def _find(file: IndexFile, key: str) -> list[int]:
    """Ids of a key by binary search: ids are in the order of keys."""

    def first(beyond: bool) -> int:
        low, high = 0, file.devices
        while low < high:
            middle = (low + high) // 2
            value = str(file.rows("select key from device where id = ?", (middle,))[0][0]).encode()
            if value < wanted or (beyond and value == wanted):
                low = middle + 1
            else:
                high = middle
        return low

    wanted = key.encode()
    start = first(beyond=False)
    return list(range(start, first(beyond=True)))


def _values(file: IndexFile, row: tuple[Any, ...]) -> dict[str, Any]:
    values = dict(zip(STORED, row, strict=True))
    for name in DATES:
        values[name] = None if values[name] is None else EPOCH + timedelta(days=values[name])
    for name in CODED:
        values[name] = file.words(name)[values[name]]
    return values


def _device(file: IndexFile, cells: Cells, cell: int, row: tuple[Any, ...]) -> Device:
    bits, year = int(file.array("cell.gaps")[cell]), int(file.array("cell.year")[cell])
    return Device(
        **_values(file, row),
        purchase_year=year or None,
        in_fleet=bool(file.array("cell.fleet")[cell]),
        system=file.words(SYSTEM)[int(file.array(f"cell.{SYSTEM}")[cell])],
        support_month=int(cells.support_month[cell]),
        support=cells.coded("support")[0][int(cells.support[cell])],
        gaps=tuple(gap for i, gap in enumerate(GAPS) if bits >> i & 1),
    )


def _said(file: IndexFile, row: tuple[Any, ...]) -> Said:
    values = _values(file, row)
    repeated = values["part"] == DUPLICATE
    return Said(values["source"], values["source_file"], values["source_row"], values, repeated)


def _origins(said: Sequence[Said], groups: Sequence[AttributeGroup], sources: Mapping[str, SourceRule]) -> list[Origin]:
    """The rule of `merge.py` over the records of one device: the first source, in the group's order of kinds, that states
    a value; a correction comes before all.
    """
    found: list[Origin] = []
    corrections = [item for item in said if item.source == CORRECTION]
    lists = [item for item in said if item.source != CORRECTION]
    for group in groups[1:]:  # identity is the origin itself
        in_order = sorted(lists, key=partial(_rank, group=group, sources=sources))
        by_line: dict[tuple[str, str, int], list[str]] = {}
        for name in group.columns:
            lead = group.columns[0] if group.paired else name
            tellers = [s for s in corrections if _states(s, name)] + [s for s in in_order if _states(s, lead)]
            if tellers and _states(tellers[0], name):
                by_line.setdefault((tellers[0].source, tellers[0].source_file, tellers[0].source_row), []).append(name)
        found += [Origin(group.id, tuple(names), *line) for line, names in by_line.items()]
    return found


def _rank(item: Said, group: AttributeGroup, sources: Mapping[str, SourceRule]) -> tuple[int, str]:
    return rank(group, item.source, sources.get(item.source, OTHER).kind), item.source


def _states(item: Said, name: str) -> bool:
    return item.values.get(name) not in (None, "", UNASSIGNED)
