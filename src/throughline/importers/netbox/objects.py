"""A dump of NetBox's objects as one table of devices, virtual machines and racks, numbers replaced by names.

The dump is an array of `{"model": "dcim.device", "pk": 1, "fields": {...}}`, as Django's `dumpdata` writes it; a field
that points to another object holds its number.
"""

from collections.abc import Iterator
from typing import Any

from throughline.importers.reading.documents import Documents, Tabulated, Unsound, items, members, word

HEADINGS = (
    "Object",
    "Name",
    "Status",
    "Role",
    "Manufacturer",
    "Type",
    "Serial number",
    "Asset tag",
    "Site",
    "Location",
    "Rack",
    "Platform",
    "Comments",
)
DEVICE, MACHINE, RACK = "dcim.device", "virtualization.virtualmachine", "dcim.rack"
KINDS = {DEVICE: "device", MACHINE: "virtual machine", RACK: "rack"}
Index = dict[tuple[str, str], dict[str, Any]]


def tabulate(documents: Documents) -> Tabulated | None:
    """The table of the dump; None when no object of it is a device."""
    objects: list[dict[str, Any]] = []
    for value in documents.values():
        if isinstance(value, Unsound):
            return None
        objects += [members(item) for item in items(value)]
    if not any(word(item.get("model")) == DEVICE and "fields" in item for item in objects):
        return None
    index = {(word(item.get("model")), word(item.get("pk"))): members(item.get("fields")) for item in objects}
    return Tabulated(HEADINGS, lambda: _rows(objects, index))


def _rows(objects: list[dict[str, Any]], index: Index) -> Iterator[tuple[str, ...]]:
    for item in objects:
        model = word(item.get("model"))
        if model in KINDS:
            row = _row(model, members(item.get("fields")), index)
            yield tuple(row.get(heading, "") for heading in HEADINGS)


def _row(model: str, fields: dict[str, Any], index: Index) -> dict[str, str]:
    def named(target: str, field: str, name: str = "name") -> str:
        return word(index.get((target, word(fields.get(field))), {}).get(name))

    kind = index.get(("dcim.devicetype", word(fields.get("device_type"))), {})
    maker = index.get(("dcim.manufacturer", word(kind.get("manufacturer"))), {})
    return {
        "Object": KINDS[model],
        "Name": word(fields.get("name")),
        "Status": word(fields.get("status")),
        "Role": named("dcim.devicerole", "role") or named("dcim.devicerole", "device_role"),
        "Manufacturer": word(maker.get("name")),
        "Type": word(kind.get("model")) or (word(fields.get("name")) if model != DEVICE else ""),
        "Serial number": word(fields.get("serial")),
        "Asset tag": word(fields.get("asset_tag")),
        "Site": named("dcim.site", "site"),
        "Location": named("dcim.location", "location"),
        "Rack": named(RACK, "rack"),
        "Platform": named("dcim.platform", "platform"),
        "Comments": "given" if word(fields.get("comments")) else "",
    }
