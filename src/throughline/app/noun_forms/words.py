"""The words of each noun's form, read once from `words.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class NounWords:
    """What a person reads of a noun. `fields`: name -> (label, help), in the order of the form."""

    noun: str
    one: str
    many: str
    about: str
    shown: tuple[str, ...]
    named_by: tuple[str, ...]
    more: tuple[str, ...]
    fields: dict[str, tuple[str, str]]


@cache
def noun_words() -> dict[str, NounWords]:
    """Every noun that has a form."""
    table = tomllib.loads((files(__package__) / "words.toml").read_text(encoding="utf-8"))
    return {
        noun: NounWords(
            noun,
            body["one"],
            body["many"],
            body["about"],
            tuple(body["shown"]),
            tuple(body["named_by"]),
            tuple(body["more"]),
            {name: (told[0], told[1] if len(told) > 1 else "") for name, told in body["fields"].items()},
        )
        for noun, body in table.items()
    }
