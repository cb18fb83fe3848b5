"""Ends of the chains, kept outside the database once a day: one line each, keyed, so that a cut log cannot be made to look whole.

A line is `day chain sequence hash seal`, the seal an HMAC over the rest and the seal of the line before it.
"""

import hmac
import os
from collections import defaultdict
from datetime import date
from hashlib import sha256
from pathlib import Path

from throughline.web.audit.log import heads
from throughline.web.config.keys import key
from throughline.web.config.paths import data_folder, private


def anchor_file() -> Path:
    """Where the ends are kept: in the data folder, beside the database."""
    return private(data_folder() / "audit") / "ends"


def keep_daily(today: date) -> int:
    """Keep the ends of all chains that grew since they were last kept; at most once a day. Returns the lines written."""
    path = anchor_file()
    lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    if lines and lines[-1].split(" ")[0] >= today.isoformat():
        return 0
    return keep(today)


def keep(today: date) -> int:
    """Keep the ends now."""
    path = anchor_file()
    lines = path.read_text(encoding="ascii").splitlines() if path.exists() else []
    last = {line.split(" ")[1]: line.split(" ")[2] for line in lines if line.count(" ") == 4}
    seal = lines[-1].rpartition(" ")[2] if lines else ""
    new = []
    for number, (sequence, head) in heads().items():
        if sequence and last.get(str(number)) != str(sequence):
            body = f"{today.isoformat()} {number} {sequence} {head}"
            seal = _seal(body, seal)
            new.append(f"{body} {seal}\n")
    if new:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write("".join(new))
            stream.flush()
            os.fsync(stream.fileno())
    return len(new)


def kept_ends() -> tuple[dict[int, list[tuple[int, str]]], list[str]]:
    """(sequence, hash) by chain, and what is wrong with the file itself."""
    path = anchor_file()
    found: dict[int, list[tuple[int, str]]] = defaultdict(list)
    seal = ""
    for place, line in enumerate(path.read_text(encoding="ascii").splitlines() if path.exists() else [], start=1):
        body, _, stated = line.rpartition(" ")
        if not hmac.compare_digest(stated, _seal(body, seal)):
            return dict(found), [f"line {place} of the kept ends ({path.name}) was changed"]
        _, number, sequence, head = body.split(" ")
        found[int(number)].append((int(sequence), head))
        seal = stated
    return dict(found), []


def _seal(body: str, before: str) -> str:
    return hmac.new(key("audit").encode(), f"end {before} {body}".encode(), sha256).hexdigest()
