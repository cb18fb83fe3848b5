"""Office packages made repeatable: parts in a fixed order under one fixed time, so that the same document gives the same bytes."""

import io
import re
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest time a ZIP entry can carry
MADE = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
KEPT = re.compile(
    "[\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
)  # the characters of XML 1.0, less the carriage return


def repeatable(package: bytes, day: str) -> bytes:
    """The same parts, each entry under the same time; `day` (ISO) is when sheets embedded in charts say they were made.

    The content types come first, as readers expect.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            entry, data = zipfile.ZipInfo(name, EPOCH), old.read(name)
            if name.endswith(".xlsx"):
                data = repeatable(data, day)
            elif name == "docProps/core.xml":
                data = MADE.sub(rb"\g<1>" + f"{day}T00:00:00Z".encode(), data)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, data)
    return out.getvalue()


def printable(text: str) -> str:
    """The text without characters that XML cannot hold; each is replaced by a visible mark."""
    return "".join(char if KEPT.fullmatch(char) else "\N{REPLACEMENT CHARACTER}" for char in text)
