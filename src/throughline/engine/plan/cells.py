"""Field values as cell texts and back, by kind of column; the grammar is strict, so that nothing is guessed.

Money stands in dollars. Lists are separated by `; `, settings are `name=value; name=value`, and a backslash keeps the
next sign from being read as a separator.
"""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from throughline.engine.money import plain_dollars

LIST_SEPARATOR = "; "

_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,12})?")
_DOLLARS = re.compile(r"-?\$?([0-9]{1,3}(,[0-9]{3}){1,5}|[0-9]{1,15})(\.[0-9]{1,2}0*)?")
_DATE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})([ T]00:00(:00)?)?")
_YES_NO = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False}


def text_of(value: Any, kind: str) -> str:
    """The cell text of a field's value; nothing is the empty text."""
    if value is None:
        return ""
    if kind == "dollars":
        return plain_dollars(value)
    if kind == "list":
        return LIST_SEPARATOR.join(_escaped(str(part)) for part in value)
    if kind == "settings":
        return LIST_SEPARATOR.join(f"{_escaped(name)}={_escaped(str(part))}" for name, part in value)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat() if isinstance(value, date) else str(value)


def value_of(text: str, kind: str, members: type[StrEnum] | None = None) -> Any:
    """The field's value; raises ValueError when the text is none of this kind."""
    match kind:
        case "dollars":
            return _whole(_decimal(text, _DOLLARS) * 100)
        case "number":
            return _decimal(text, _NUMBER)
        case "whole":
            return _whole(_decimal(text, _NUMBER))
        case "date":
            if not (found := _DATE.fullmatch(text)):
                raise ValueError(text)
            return date.fromisoformat(found[1])
        case "yes_no" if text.casefold() in _YES_NO:
            return _YES_NO[text.casefold()]
        case "choice" if members is not None:
            return members(text.casefold())
        case "list":
            return tuple(_plain(part) for part in _split(text, ";"))
        case "settings":
            return tuple(_pair(part) for part in _split(text, ";"))
        case "text" if text:
            return text
    raise ValueError(text)


def nothing_of(kind: str) -> Any:
    """What an explicitly empty cell of this kind holds."""
    return {"list": (), "settings": (), "text": ""}.get(kind)


def _decimal(text: str, grammar: re.Pattern[str]) -> Decimal:
    if not grammar.fullmatch(text):
        raise ValueError(text)
    return Decimal(text.replace("$", "").replace(",", ""))


def _whole(value: Decimal) -> int:
    if value != value.to_integral_value():
        raise ValueError(str(value))
    return int(value)


def _pair(part: str) -> tuple[str, str]:
    sides = _split(part, "=")
    if len(sides) != 2:
        raise ValueError(part)
    return _plain(sides[0]), _plain(sides[1])


def _escaped(text: str) -> str:
    return re.sub(r"([\\;=])", r"\\\1", text)


def _plain(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text.strip())


def _split(text: str, separator: str) -> list[str]:
    """Parts between separators that no backslash precedes; the backslashes stay."""
    parts, start, position = [], 0, 0
    while position < len(text):
        if text[position] == "\\":
            position += 1
        elif text[position] == separator:
            parts.append(text[start:position])
            start = position + 1
        position += 1
    return [*parts, text[start:]]
