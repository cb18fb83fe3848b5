"""Rounds of kill -9 under load: `python -m tests.web.faults.play --rounds 6 [--postgres]` prints figures and what was wrong, as JSON.

Clients keep a journal of every write they send and whether it was acknowledged. A round is: load, a kill at a random moment (the web
process, the worker, a job, or the main process with all of them), service again, then every invariant.
"""

import argparse
import json
import random
import shutil
import sys
import tempfile
import threading
import time
from pathlib import Path
from statistics import median
from typing import Any

import psutil

from tests.web.faults.installation import SETTINGS, Installation, Server, serve, with_person

KINDS = ("write", "write", "job", "sites", "devices")
TARGETS = ("web", "worker", "job", "main")


class Clients:
    """Two clients that write until they are stopped."""

    def __init__(self, server: Server, cookie: str, seed: int, journal: dict[str, dict[str, bool]]) -> None:
        self.server, self.cookie, self.journal = server, cookie, journal
        self.stopped = threading.Event()
        self.odd: list[str] = []
        self.threads = [threading.Thread(target=self._write, args=(f"{seed}x{n}",), daemon=True) for n in range(2)]
        for thread in self.threads:
            thread.start()

    def _write(self, name: str) -> None:
        chance, count = random.Random(name), 0
        while not self.stopped.is_set():
            count += 1
            kind, mark = chance.choice(KINDS), f"m{name}n{count}"
            self.journal[kind][mark] = False
            try:
                answer = self.server.ask(f"/d/home/fault/{kind}/", self.cookie, mark=mark)
            except OSError:
                time.sleep(0.3)  # it was killed, or is not back yet
                continue
            if answer.status == 200:
                self.journal[kind][mark] = True
            elif answer.status != 409:
                self.odd.append(f"{kind} {mark}: {answer.status} {answer.text[:200]}")

    def stop(self) -> None:
        """Let the last request end."""
        self.stopped.set()
        for thread in self.threads:
            thread.join(90)


def play(rounds: int, url: str, seed: int, folder: Path, drill: bool = False) -> dict[str, Any]:
    """Figures and faults."""
    home = Installation(folder / "data", url, SETTINGS)
    home.data.mkdir(mode=0o700)
    cookie = with_person(home)
    _own_eyes(home)
    from tests.web.faults.invariants import settled, totals_agree, violations
    from throughline.web.districts.models import District

    district = District.objects.get(slug="home").pk
    chance = random.Random(seed)
    journal: dict[str, dict[str, bool]] = {kind: {} for kind in set(KINDS)}
    server = serve(home)
    server.wait()
    wrong: list[str] = []
    back: dict[str, list[float]] = {"web": [], "main": []}
    kills: dict[str, int] = dict.fromkeys(TARGETS, 0)
    for number in range(rounds):
        clients = Clients(server, cookie, seed * 1000 + number, journal)
        time.sleep(chance.uniform(0.3, 2.0))
        aimed = TARGETS[number % len(TARGETS)]
        hit = _kill(server, aimed)
        kills[hit] += 1
        began = time.monotonic()
        if server.process.poll() is not None:
            server = serve(home, port=server.port)
            clients.server = server
        server.wait()
        if hit in back:
            back[hit].append(time.monotonic() - began)
        time.sleep(chance.uniform(0, 0.5))
        clients.stop()
        wrong += [f"round {number} ({hit}): {words}" for words in [*violations(district, journal), *clients.odd]]
    ended, began = False, time.monotonic()
    while not ended and time.monotonic() - began < 120 + rounds * 5:
        time.sleep(0.5)
        ended = settled(district)
    if not ended:
        wrong.append("jobs did not end")
    drilled = _drill(server, cookie, seed, folder, journal) if drill else {}
    wrong += drilled.pop("wrong", [])
    code = server.end()
    if code:
        wrong.append(f"the server ended with {code}")
    wrong += [f"at the end: {words}" for words in [*violations(district, journal), *totals_agree(district)]]
    return {
        "rounds": rounds,
        "kills": kills,
        "sent": {kind: len(marks) for kind, marks in sorted(journal.items())},
        "acknowledged": {kind: sum(marks.values()) for kind, marks in sorted(journal.items())},
        "back_after_seconds": {part: _spread(times) for part, times in back.items() if times},
        "drill": drilled,
        "wrong": wrong,
    }


def _spread(times: list[float]) -> dict[str, float]:
    return {"median": round(median(times), 2), "most": round(max(times), 2)}


def _drill(server: Server, cookie: str, seed: int, folder: Path, journal: dict[str, dict[str, bool]]) -> dict[str, Any]:
    """A backup while clients write, restored on an empty host: every table equal, every write acknowledged before it there."""
    clients = Clients(server, cookie, seed * 1000 + 999, journal)
    time.sleep(2)
    before = {kind: {mark: True for mark, good in marks.items() if good} for kind, marks in journal.items()}
    path, began = folder / "drill.zip", time.monotonic()
    server.home.run("backup", str(path))
    took = time.monotonic() - began
    clients.stop()
    other = Installation(folder / "other", "", SETTINGS, dict(server.home.more))
    other.data.mkdir(mode=0o700)
    shutil.copytree(server.home.data / "keys", other.data / "keys")
    began = time.monotonic()
    told = json.loads(other.run("restore", str(path), "--json").stdout)  # it refuses when a table differs
    restored = time.monotonic() - began
    wrong = other.script(DRILLED.format(journal=before))
    return {
        "rows": told["rows"],
        "files": told["files"],
        "backup_seconds": round(took, 1),
        "restore_seconds": round(restored, 1),
        "differences": len(other.script(DIFFERENT.format(path=str(path)))),
        "wrong": [f"after the drill: {words}" for words in [*wrong, *clients.odd]],
    }


DRILLED = """
import json
from tests.web.faults.invariants import violations
from throughline.web.districts.models import District
print(json.dumps(violations(District.objects.get(slug="home").pk, {journal!r})))
"""
DIFFERENT = """
import json, zipfile
from throughline.web.ops.build import table_hashes
told = json.loads(zipfile.ZipFile({path!r}).read("manifest.json"))["tables"]
found = table_hashes("default")
# the log goes on: it notes the restore itself, after every table of it was compared too
print(json.dumps([name for name in told if not name.startswith("audit_") and found[name] != told[name]["sha256"]]))
"""


def _kill(server: Server, aimed: str) -> str:
    parts, until = server.parts(), time.monotonic() + 10
    while aimed == "job" and not parts["job"] and time.monotonic() < until:
        time.sleep(0.05)
        parts = server.parts()
    target = aimed if parts[aimed] else "worker" if parts["worker"] else "web"
    if target == "main":
        server.kill()
    elif parts[target]:
        process = random.choice(parts[target])
        try:
            process.kill()
            process.wait(10)
        except (psutil.NoSuchProcess, psutil.TimeoutExpired):
            pass
    return target


def _own_eyes(home: Installation) -> None:
    """This process looks into the same database, to check it."""
    import os

    for name in [name for name in os.environ if name.startswith(("THROUGHLINE_", "DJANGO_"))]:
        del os.environ[name]
    os.environ.update(
        {key: value for key, value in home.environment.items() if key.startswith(("THROUGHLINE_", "DJANGO_"))}
    )
    from throughline.web.ops.start import start

    start()


def main() -> int:
    """The rounds the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m tests.web.faults.play")
    parser.add_argument("--rounds", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--drill", action="store_true", help="at the end, a backup under load and a restore elsewhere")
    parser.add_argument("--keep", action="store_true", help="leave the folder for a look")
    told = parser.parse_args()
    url = ""
    if told.postgres:
        from tests.web.faults.postgres import new_database

        url = new_database()
    folder = Path(tempfile.mkdtemp(prefix="throughline-faults-"))
    try:
        report = play(told.rounds, url, told.seed, folder, told.drill)
    finally:
        if not told.keep:
            shutil.rmtree(folder, ignore_errors=True)
    print(json.dumps(report, indent=1))
    return int(bool(report["wrong"]))


if __name__ == "__main__":
    sys.exit(main())
