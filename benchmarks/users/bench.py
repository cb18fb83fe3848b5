"""Thirty signed-in people at once on one real server: what each kind of page takes, and whether anything fails.

Each person asks for a page, reads for a moment, and asks for the next; one of twenty requests writes a record. Times are
from sending a request to having its whole answer, on the same machine, over its loopback.
"""

import http.client
import json
import os
import re
import sys
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from urllib.parse import urlencode, urlsplit

from benchmarks.harness import machine, row

TITLE = "Thirty people at once"
ROWS = int(os.environ.get("THROUGHLINE_BENCH_ROWS", "150000"))
PEOPLE, SECONDS, READING = 30, float(os.environ.get("THROUGHLINE_BENCH_SECONDS", "60")), (1.0, 5.0)
WANTED = 400  # ms, p95 of lists
KINDS: Mapping[str, tuple[str, ...]] = {
    "lists": (
        "inventory/devices/", "inventory/devices/?site=site-0003", "inventory/devices/?q=S0", "records/contracts/",
        "records/sites/", "tasks/", "audit/",
    ),
    "rooms": ("", "inventory/", "refresh/", "costs/", "funds/", "goals/", "documents/"),
    "what-if": ("refresh/what-if/answer/?inflation=2&table=1", "refresh/what-if/answer/?cut-percent=5&table=1"),
}  # fmt: skip
SHARES = (("lists", 12), ("rooms", 5), ("what-if", 2), ("writes", 1))
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass
class Seen:
    """Milliseconds by kind, and answers nobody wants."""

    times: dict[str, list[float]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, kind: str, spent: float, wrong: str = "") -> None:
        """Keep one answer."""
        with self.lock:
            self.times.setdefault(kind, []).append(spent)
            if wrong:
                self.wrong.append(wrong)


class Person:
    """One signed-in person with a connection of their own."""

    def __init__(self, base: str, slug: str, cookies: str, number: int, seen: Seen) -> None:
        parts = urlsplit(base)
        self.base, self.slug, self.cookies, self.seen = base, slug, cookies, seen
        self.random, self.number = Random(number), number
        self.connection = http.client.HTTPConnection(str(parts.hostname), parts.port, timeout=60)

    def until(self, end: float) -> None:
        """Ask, read, ask again."""
        kinds = [kind for kind, share in SHARES for _ in range(share)]
        while time.monotonic() < end:
            kind = self.random.choice(kinds)
            if kind == "writes":
                self.write()
            else:
                self.ask(kind, self.random.choice(KINDS[kind]))
            time.sleep(self.random.uniform(*READING))

    def ask(self, kind: str, path: str, body: str | None = None) -> str:
        """One request; its text."""
        headers = {"Cookie": self.cookies, "Referer": self.base}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        start = time.perf_counter()
        try:
            self.connection.request("GET" if body is None else "POST", f"/d/{self.slug}/{path}", body, headers)
            answer = self.connection.getresponse()
            text = answer.read().decode("utf-8", "replace")
            status = answer.status
        except (OSError, http.client.HTTPException) as error:
            self.connection.close()
            text, status = str(error), 0
        spent = (time.perf_counter() - start) * 1e3
        good = (200,) if body is None else (302,)
        self.seen.take(kind, spent, "" if status in good else f"{path}: {status} {text[:200]}")
        return text

    def write(self) -> None:
        """Add a goal of one's own, as the form does."""
        page = self.ask("forms", "records/goals/new/")
        if found := TOKEN.search(page):
            fields = {"csrfmiddlewaretoken": found.group(1), "name": f"Goal {self.number}-{self.random.random()}"}
            self.ask("writes", "records/goals/new/", urlencode(fields))


def quantile(times: list[float], part: float) -> float:
    """The value that `part` of the times do not exceed."""
    return sorted(times)[min(int(part * len(times)), len(times) - 1)]


def run() -> str:
    """The section."""
    from tests.browser.serving import Server, free_port, serving

    seen = Seen()
    with tempfile.TemporaryDirectory() as name:
        data, port = Path(name) / "data", free_port()
        prepared = Server(f"http://localhost:{port}", data, data.with_suffix(".log"))
        made = json.loads(prepared.run(sys.executable, "-m", "benchmarks.users.furnish", str(ROWS), str(PEOPLE)))
        with serving(data, port) as server:
            people = [Person(server.base, made["slug"], cookies, i, seen) for i, cookies in enumerate(made["cookies"])]
            for kind, paths in KINDS.items():  # what the first visitor of the day finds is not what thirty find
                for path in paths:
                    people[0].ask(kind, path)
            seen.times.clear()
            end = time.monotonic() + SECONDS
            threads = [threading.Thread(target=person.until, args=(end,)) for person in people]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
    return section(seen)


def section(seen: Seen) -> str:
    """The figures as the page shows them."""
    asked = sum(len(times) for times in seen.times.values())
    lines = [row("requests", "number", "p50, ms", "p95", "largest"), row("---", "--:", "--:", "--:", "--:")]
    for kind, times in sorted(seen.times.items()):
        lines.append(row(kind, len(times), *(f"{quantile(times, part):.0f}" for part in (0.5, 0.95, 1))))
    told = f"{asked:,} requests in {SECONDS:.0f} s, {len(seen.wrong)} failed. Wanted: p95 of lists <= {WANTED} ms, none failed."
    return "\n".join(
        [
            "`python -m benchmarks users --write`",
            "",
            (
                f"{PEOPLE} signed-in people on `throughline serve` over a district of {ROWS:,} devices, SQLite, on the same machine as "
                f"they: pages of lists (12 of 20 requests), rooms (5), what-if answers (2), and records saved (1), with "
                f"{READING[0]} to {READING[1]} s of reading between."
            ),
            "",
            told,
            *[f"- {item}" for item in seen.wrong[:5]],
            "",
            *lines,
            "",
            machine(),
        ]
    )
