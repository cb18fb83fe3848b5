"""The words of every finding and question of the importers, in one language, from the TOML files beside the code."""

import tomllib
from functools import cache

from throughline.engine.findings import Message
from throughline.registry import discover


@cache
def messages(language: str = "en") -> dict[str, Message]:
    """Code -> words: the shared file and each plug-in's own, every `*.<language>.toml`. Raises ValueError when two
    files word one code.
    """
    from importlib.resources import files

    registry = discover("throughline.importers", "importer")
    merged: dict[str, Message] = {}
    for folder in (files("throughline.importers"), *(registry.folder(name) for name in registry.ids())):
        for file in sorted(folder.iterdir(), key=lambda item: item.name):
            if not file.name.endswith(f".{language}.toml"):
                continue
            found = {code: Message(**words) for code, words in tomllib.loads(file.read_text(encoding="utf-8")).items()}
            if twice := merged.keys() & found.keys():
                raise ValueError(f"two files word the same findings: {sorted(twice)}")
            merged |= found
    return merged
