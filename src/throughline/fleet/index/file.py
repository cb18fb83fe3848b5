"""An index file opened read-only: its words, arrays and rows."""

import sqlite3
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from throughline.fleet.index.layout import STORED, VERSION

Ints = NDArray[np.integer]


class UnreadableIndexError(Exception):
    """The file is no index of ours, of another version, or damaged; it can be built again from the snapshot."""


class IndexFile:
    """Reads words and arrays once, when they are first wanted; rows from the file each time. Threads may share it."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise UnreadableIndexError(f"{path} does not exist")
        self.path = path
        self._lock = Lock()
        # immutable: nobody writes a file that carries a digest, so no lock files and no checks for changes
        uri = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
        try:
            self._connection = sqlite3.connect(uri, uri=True, check_same_thread=False)
            self._connection.execute("pragma query_only = on")
            meta = dict(self.rows("select name, value from meta"))
        except sqlite3.Error as error:
            raise UnreadableIndexError(f"{path} cannot be read: {error}") from error
        if meta.get("version") != VERSION:
            raise UnreadableIndexError(f"{path} is of version {meta.get('version')}, not {VERSION}")
        self.snapshot, self.devices = str(meta["snapshot"]), int(meta["rows"])
        self.array = cache(self._array)
        self.words = cache(self._words)
        self.code = cache(self._codes)

    def close(self) -> None:
        """Give the file back."""
        with self._lock:
            self._connection.close()

    def rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """All rows of a query."""
        with self._lock:
            return self._connection.execute(query, values).fetchall()

    def stored(self, ids: Sequence[int]) -> list[tuple[Any, ...]]:
        """Stored rows of devices, each after its id, in the order asked for."""
        marks = ", ".join("?" * len(ids))
        found = self.rows(f"select id, {', '.join(STORED)} from device where id in ({marks})", ids)  # noqa: S608
        by_id = {row[0]: row for row in found}
        return [by_id[number] for number in ids]

    def data(self, name: str) -> tuple[str, bytes]:
        """Kind and bytes of an array; raises UnreadableIndexError."""
        try:
            found = self.rows("select kind, data from array where name = ?", (name,))
        except sqlite3.Error as error:
            raise UnreadableIndexError(f"{self.path} cannot be read: {error}") from error
        if not found:
            raise UnreadableIndexError(f"{self.path} has no array {name}")
        return str(found[0][0]), bytes(found[0][1])

    def _array(self, name: str) -> Ints:
        kind, data = self.data(name)
        return np.frombuffer(data, np.dtype(kind))

    def _words(self, field: str) -> tuple[str, ...]:
        found = self.rows("select text from word where field = ? order by code", (field,))
        return tuple(str(row[0]) for row in found)

    def _codes(self, field: str) -> dict[str, int]:
        return {text: code for code, text in enumerate(self.words(field))}
