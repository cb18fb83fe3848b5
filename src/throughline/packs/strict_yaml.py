"""Reads YAML strictly: no repeated keys, anchors, tags or floats, and every mapping knows its lines.

Numbers with a point become Decimal, `2026-07-01` a date; text that looks like something else must be quoted.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import yaml

from throughline.packs.problem import PackError

_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TAG = "tag:yaml.org,2002:"


class Block(dict[str, Any]):
    """A mapping of a YAML file. `line` is where it begins, `lines` where each key stands."""

    def __init__(self, file: str, line: int) -> None:
        super().__init__()
        self.file = file
        self.line = line
        self.lines: dict[str, int] = {}

    def error(self, message: str, key: str = "") -> PackError:
        """A PackError that points to a key, or to the block."""
        return PackError(self.file, self.lines.get(key, self.line), message)

    def allow(self, required: frozenset[str], optional: frozenset[str] = frozenset()) -> None:
        """Refuse unknown and absent keys."""
        if unknown := sorted(self.keys() - required - optional):
            raise self.error(f"unknown key {unknown[0]!r}", unknown[0])
        if absent := sorted(required - self.keys()):
            raise self.error(f"key {absent[0]!r} is required")


def read_yaml(data: bytes, file: str) -> Any:
    """The document as Block, list and plain values; None for an empty file. Raises PackError."""
    try:
        root = yaml.compose(data, Loader=_LOADER)
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark
        raise PackError(file, mark.line + 1 if mark else 0, str(fault.problem or "not YAML")) from fault
    except yaml.YAMLError as fault:
        raise PackError(file, 0, f"not YAML: {fault}") from fault
    return None if root is None else _value(root, file, set())


def _value(node: yaml.Node, file: str, seen: set[int]) -> Any:
    line = node.start_mark.line + 1
    if id(node) in seen:
        raise PackError(file, line, "anchors and aliases are not used in packs")
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        return _mapping(node, file, seen)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, file, seen) for item in node.value]
    return _scalar(node, file, line)


def _mapping(node: yaml.MappingNode, file: str, seen: set[int]) -> Block:
    block = Block(file, node.start_mark.line + 1)
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        key = key_node.value
        if key_node.tag != f"{_TAG}str":
            raise PackError(file, line, f"the key {key!r} is not text; quote it")
        if key in block:
            raise PackError(file, line, f"the key {key!r} is repeated; it stands in line {block.lines[key]} too")
        block.lines[key] = line
        block[key] = _value(value_node, file, seen)
    return block


def _scalar(node: yaml.Node, file: str, line: int) -> Any:
    text = str(node.value)
    match node.tag.removeprefix(_TAG):
        case "str":
            return text
        case "null":
            return None
        case "bool" if text in ("true", "false"):
            return text == "true"
        case "int" if text.lstrip("+-").isdecimal() and (text.lstrip("+-") == "0" or text.lstrip("+-")[0] != "0"):
            return int(text)
        case "float" if text.lstrip("+-").replace(".", "", 1).isdecimal():
            return Decimal(text)
        case "timestamp" if len(text) == 10:
            try:
                return date.fromisoformat(text)
            except ValueError as fault:
                raise PackError(file, line, f"{text} is not a date") from fault
    raise PackError(file, line, f"{text!r} is ambiguous; write a plain number, true, false, a date, or quote it")


def block(value: Any, file: str, what: str) -> Block:
    """The value as a Block; raises PackError when it is something else."""
    if not isinstance(value, Block):
        raise PackError(file, 1, f"{what} must be a mapping")
    return value


def plain(value: Any) -> Any:
    """The value without lines, as ordinary dict and list."""
    if isinstance(value, Mapping):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value
