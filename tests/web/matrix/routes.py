"""Every address the resolver knows, with arguments to call it: from the cast where a route is known, else of something absent."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

ABSENT_NUMBER = 987654321
ABSENT_WORD = "nothing-of-that-name"
GROUP = re.compile(r"\(\?P<(\w+)>[^()]*\)")
CONVERTER = re.compile(r"<(?:(\w+):)?(\w+)>")
ABSENT = {
    "int": str(ABSENT_NUMBER),
    "uuid": "00000000-0000-4000-8000-000000000000",
    "slug": ABSENT_WORD,
    "path": f"{ABSENT_WORD}/{ABSENT_WORD}",
    "str": ABSENT_WORD,
}


@dataclass(frozen=True)
class Route:
    """A name and its address with places for arguments."""

    name: str
    pattern: str

    def parameters(self) -> list[tuple[str, str]]:
        """(name, kind) of each argument."""
        named = [(name, kind or "str") for kind, name in CONVERTER.findall(GROUP.sub("", self.pattern))]
        return named + [(name, "str") for name in GROUP.findall(self.pattern)]

    def address(self, arguments: dict[str, Any]) -> str:
        """The address with these arguments, and absent ones for the rest."""
        kinds = dict(self.parameters())

        def fill(name: str) -> str:
            return str(arguments.get(name, ABSENT[kinds[name]]))

        text = GROUP.sub(lambda found: fill(found[1]), self.pattern)
        text = CONVERTER.sub(lambda found: fill(found[2]), text)
        return "/" + text.replace("^", "").replace("$", "").replace("\\", "")


def all_routes() -> list[Route]:
    """Every route, once for each address."""
    found = {(route.name, route.pattern): route for route in _walk(get_resolver(), "", "")}
    return [found[key] for key in sorted(found)]


def _walk(resolver: Any, namespace: str, before: str) -> Iterator[Route]:
    for one in resolver.url_patterns:
        pattern = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _walk(one, namespace + (f"{one.namespace}:" if one.namespace else ""), pattern)
        elif isinstance(one, URLPattern):
            yield Route(namespace + (one.name or "?"), pattern)
