"""Words of device fields on pages."""

from typing import Any

from throughline.app.device_list_words import ATTRIBUTE_WORDS, CLOCK_WORDS, GROUP_WORDS, SOURCE_WORDS, WORDS


def attribute(name: str) -> str:
    """A field of a device in words."""
    return ATTRIBUTE_WORDS.get(name, name.replace("_", " "))


def group(name: str) -> str:
    """A group of fields that come from one source."""
    return GROUP_WORDS.get(name, name.replace("_", " "))


def source(name: str) -> str:
    """A source in words; importers keep their ids."""
    return SOURCE_WORDS.get(name, name.replace("_", " "))


def clock(name: str) -> str:
    """Why a device is replaced."""
    return CLOCK_WORDS[name]


def value(name: str, value: Any) -> Any:
    """A value in words where it is one of a few."""
    return WORDS.get(name, {}).get(value, value) if isinstance(value, str) else value
