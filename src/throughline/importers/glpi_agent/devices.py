"""A text of the GLPI Agent as rows: one for a computer, phone, printer or network device, one for each unit of a stack.

Computers and phones name themselves in `content.bios`, devices found over the network in `content.network_device`. A
stack answers as one device whose parts of type `chassis` carry the serial numbers of its units.
"""

from collections.abc import Iterator
from typing import Any

from throughline.importers.reading.documents import Documents, Tabulated, Unsound, items, members, word

HEADINGS = (
    "serial",
    "bios.assettag",
    "manufacturer",
    "model",
    "type",
    "location",
    "tag",
    "accesslog.logdate",
    "hardware.vmsystem",
    "operatingsystem",
    "operatingsystem.version",
    "firmware",
    "softwares",
    "virtualmachines",
    "monitors",
    "unit",
    "lastloggeduser",
    "users login",
    "contact",
)
ACTIONS = frozenset({"inventory", "netinventory"})
COMPUTER = "computer"
NETWORK_KINDS = {"networking": "Network device"}  # the agent's word for switches, routers and access points alike


def tabulate(documents: Documents) -> Tabulated | None:
    """The table of the texts, None when the first that is sound is not the agent's."""
    for value in documents.values():
        if isinstance(value, Unsound):
            continue
        found = items(value) if isinstance(value, list) else [value]
        return Tabulated(HEADINGS, lambda: _rows(documents)) if any(map(is_inventory, found[:5])) else None
    return None


def is_inventory(value: Any) -> bool:
    """A device's text: its id, and content that names a device."""
    content = members(members(value).get("content"))
    action = word(members(value).get("action")) or "inventory"
    return (
        "deviceid" in members(value)
        and action in ACTIONS
        and bool({"bios", "hardware", "network_device"} & set(content))
    )


def _rows(documents: Documents) -> Iterator[tuple[str, ...] | None]:
    for value in documents.values():
        if isinstance(value, Unsound):
            yield None
            continue
        for text in items(value) if isinstance(value, list) else [value]:
            yield from _devices(members(text)) if is_inventory(text) else (None,)


def _devices(text: dict[str, Any]) -> Iterator[tuple[str, ...]]:
    content = members(text.get("content"))
    common = {
        "tag": word(text.get("tag")),
        "accesslog.logdate": word(members(content.get("accesslog")).get("logdate")),
        "softwares": _number(content, "softwares"),
        "virtualmachines": _number(content, "virtualmachines"),
        "monitors": _number(content, "monitors"),
        "operatingsystem": _system(members(content.get("operatingsystem"))),
        "operatingsystem.version": _version(members(content.get("operatingsystem"))),
        "lastloggeduser": _said(members(content.get("hardware")).get("lastloggeduser")),
        "users login": _said(_number(content, "users")),
    }
    network = members(content.get("network_device"))
    found = _network(content, network) if network else [_computer(text, content)]
    for device in found:
        row = common | device
        yield tuple(row.get(heading, "") for heading in HEADINGS)


def _computer(text: dict[str, Any], content: dict[str, Any]) -> dict[str, str]:
    bios, hardware = members(content.get("bios")), members(content.get("hardware"))
    kind = word(text.get("itemtype")) or "Computer"
    # What other things than computers give as their tag is the name of their software build.
    tag = word(bios.get("assettag")) if kind.casefold() == COMPUTER else ""
    return {
        "serial": word(bios.get("ssn")),
        "bios.assettag": tag,
        "manufacturer": word(bios.get("smanufacturer")) or word(bios.get("bmanufacturer")),
        "model": word(bios.get("smodel")),
        "type": word(hardware.get("chassis_type")) or kind,
        "hardware.vmsystem": word(hardware.get("vmsystem")),
        "firmware": word(bios.get("bversion")),
    }


def _network(content: dict[str, Any], network: dict[str, Any]) -> list[dict[str, str]]:
    kind = word(network.get("type"))
    device = {
        "serial": word(network.get("serial")),
        "manufacturer": word(network.get("manufacturer")),
        "model": word(network.get("model")),
        "type": NETWORK_KINDS.get(kind.casefold(), kind),
        "location": word(network.get("location")),
        "firmware": word(network.get("firmware")),
        "contact": _said(network.get("contact")),
    }
    parts = [members(part) for part in items(content.get("network_components"))]
    chassis = {word(p.get("serial")): p for p in parts if word(p.get("type")) == "chassis" and word(p.get("serial"))}
    if len(chassis) < 2:
        return [device]
    units = []
    for number, (serial, part) in enumerate(chassis.items(), start=1):
        own = {"serial": serial, "model": word(part.get("model")), "firmware": word(part.get("firmware"))}
        units.append(device | {name: value for name, value in own.items() if value} | {"unit": str(number)})
    return units


def _system(found: dict[str, Any]) -> str:
    full, name, version = (word(found.get(member)) for member in ("full_name", "name", "version"))
    return full or f"{name} {version}".strip()


def _version(found: dict[str, Any]) -> str:
    """Windows tells its build as the version of its kernel; elsewhere the kernel is another thing than the system."""
    build = word(found.get("kernel_version")) if "windows" in _system(found).casefold() else ""
    return build or word(found.get("version"))


def _number(content: dict[str, Any], member: str) -> str:
    count = len(items(content.get(member)))
    return str(count) if count else ""


def _said(value: Any) -> str:
    """That something about a person is given, never what."""
    return "given" if word(value) else ""
