"""Saved profiles: what the headings of a known system mean where its export is not known well enough for an importer.

A profile is a TOML file in `profiles/`. It applies when a file has enough of its telling headings; what a person
answered for a file wins over it. With two headings for one field the one named first in the profile counts.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from throughline.importers.reading.table import fold


@dataclass(frozen=True, slots=True)
class Profile:
    """`columns` maps folded headings to fields."""

    id: str
    title: str
    telling: frozenset[str]
    least: int
    columns: Mapping[str, str]

    def chosen(self, headings: Iterable[str]) -> dict[str, str]:
        """Folded heading -> field for the headings a file has, one heading a field."""
        have = {fold(heading) for heading in headings}
        found: dict[str, str] = {}
        for heading, field in self.columns.items():
            if heading in have and field not in found.values():
                found[heading] = field
        return found


@cache
def profiles() -> tuple[Profile, ...]:
    """Every profile, by id."""
    folder = files(__package__) / "profiles"
    found = (entry for entry in folder.iterdir() if entry.name.endswith(".toml"))
    return tuple(
        _profile(entry.name, entry.read_text(encoding="utf-8")) for entry in sorted(found, key=lambda e: e.name)
    )


def profile_of(headings: Iterable[str]) -> Profile | None:
    """The profile whose telling headings a file has, the one with most of them."""
    have = {fold(heading) for heading in headings}
    fitting = [profile for profile in profiles() if len(profile.telling & have) >= profile.least]
    return max(fitting, key=lambda profile: len(profile.telling & have), default=None)


def _profile(name: str, text: str) -> Profile:
    stated = tomllib.loads(text)
    columns = {fold(heading): str(field) for heading, field in stated["columns"].items()}
    telling = frozenset(fold(heading) for heading in stated["telling"])
    return Profile(name.removesuffix(".toml"), str(stated["title"]), telling, int(stated["least"]), columns)
