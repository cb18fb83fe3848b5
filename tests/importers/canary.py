"""Looks for planted words in every byte below a folder, inside compressed members, blocks and streams as well."""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path


def found_in(folder: Path, words: Iterable[str], besides: Iterable[Path] = ()) -> list[str]:
    """`file: word` for each planted word that a file below `folder` holds, those of `besides` left out."""
    left = {path.resolve() for path in besides}
    out = []
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not any(path.resolve() == item or item in path.resolve().parents for item in left):
            held = list(contents(path.read_bytes()))
            out += [f"{path.name}: {word}" for word in words if any(_holds(content, word) for content in held)]
    return out


def _holds(content: bytes, word: str) -> bool:
    return any(word.encode(codec) in content for codec in ("utf-8", "utf-16-le", "utf-16-be"))


def contents(data: bytes, depth: int = 0) -> Iterator[bytes]:
    """The bytes themselves and what they pack: zip, gzip, deflated streams, and the columns of Parquet."""
    yield data
    if depth > 3:
        return
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for name in package.namelist():
                yield from contents(package.read(name), depth + 1)
    elif data[:2] == b"\x1f\x8b":
        yield from contents(gzip.decompress(data), depth + 1)
    elif data[:4] == b"PAR1":
        yield _parquet(data)
    elif data[:1] == b"x":
        try:
            yield zlib.decompress(data)
        except zlib.error:
            return


def _parquet(data: bytes) -> bytes:
    import tempfile

    import duckdb

    with tempfile.NamedTemporaryFile(suffix=".parquet") as file:
        file.write(data)
        file.flush()
        return repr(duckdb.connect().execute("SELECT * FROM read_parquet(?)", [file.name]).fetchall()).encode()
