"""Read a file a person brought: the one entrance for the application.

The file is parsed in a child process with limits on memory, time and files and without network; its private folder
(mode 0700) is removed afterwards, whatever happened. A child that dies is one finding, never an exception here.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path

from throughline.engine.findings import Severity, finding
from throughline.engine.plan.assumptions import ImportMemory
from throughline.importers.child import REQUEST, RESULT
from throughline.importers.codec import outcome_from_json, to_json
from throughline.importers.limits import Limits
from throughline.importers.outcome import Outcome
from throughline.importers.reading.upload import Upload, size_of
from throughline.importers.refused import REFUSED

CHILD = "throughline.importers.child"
MOST_BYTES = 500 << 20
MOST_WORKBOOK_BYTES = 25 << 20
MOST_ARCHIVE_BYTES = 100 << 20
# Megabytes of text that a megabyte of such a file stands for.
TEXT_IN = {".xlsx": 20, ".xlsm": 20, ".zip": 20, ".json": 8}
MOST_RESULT_BYTES = 256 << 20
KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT", "PYTHONPATH", "VIRTUAL_ENV", "DYLD_LIBRARY_PATH")


def read(
    upload: Upload,
    memories: Mapping[str, ImportMemory] | None = None,
    answers: Mapping[str, str] | None = None,
    hints: Mapping[str, str] | None = None,
    *,
    into: Path,
    limits: Limits | None = None,
) -> Outcome:
    """What is in the file. Staged inventory rows are left in the folder `into`, which is the caller's to remove.

    `memories` are the plan's, by id (the fingerprint of the headings). `answers` are by question id and win over
    remembered ones. `hints`: `importer` (id), `as_of` (ISO day); with `every_finding`, the refused rows are left in
    `into` as well (`refused.py`).
    """
    size = size_of(upload.path)
    ending = Path(upload.name.lower()).suffix
    most = {".xlsx": MOST_WORKBOOK_BYTES, ".xlsm": MOST_WORKBOOK_BYTES, ".zip": MOST_ARCHIVE_BYTES}.get(
        ending, MOST_BYTES
    )
    if size > most:
        return _failed(upload, "TL-READ-009", most_mb=most >> 20)
    limits = limits or limits_for(size, TEXT_IN.get(ending, 1))
    folder = Path(tempfile.mkdtemp(prefix="throughline-"))
    try:
        request = {
            "name": upload.name,
            "digest": upload.digest,
            "path": str(upload.path.resolve()),
            "memories": to_json(tuple((memories or {}).values())),
            "answers": dict(answers or {}),
            "hints": dict(hints or {}),
            "limits": asdict(limits),
        }
        (folder / REQUEST).write_text(json.dumps(request), encoding="utf-8")
        return _taken(upload, folder, into, _run(upload, folder, limits))
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def limits_for(size: int, text_in: int = 1) -> Limits:
    """Address space and seconds for a file of `size` bytes that stands for `text_in` times as much text.

    Measured: 350 MB is the least that loads the libraries; 40,000 rows of text need 400 MB, a million (250 MB) 770
    MB, a workbook of 50,000 rows (4 MB, of which a megabyte is about twenty of text) 510 MB. A million rows take 10
    s.
    """
    megabytes = (size >> 20) * text_in
    memory = 512 if megabytes < 16 else 768 if megabytes < 64 else 1024
    return Limits(memory_mb=memory, cpu_seconds=60 + megabytes // 4, file_mb=64 + 4 * megabytes)


def _run(upload: Upload, folder: Path, limits: Limits) -> Outcome | None:
    """Run the child; an outcome when it failed."""
    environment = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    environment |= {"TMPDIR": str(folder), "HOME": str(folder), "MALLOC_ARENA_MAX": "2"}
    environment |= {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}
    command = [sys.executable, "-P", "-m", CHILD, str(folder)]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=30 + 4 * limits.cpu_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return _failed(upload, "TL-READ-006", seconds=limits.cpu_seconds)
    if done.returncode == 0:
        return None
    where = done.stderr[-200:].decode("ascii", "replace").strip()
    if -done.returncode == getattr(signal, "SIGXCPU", -1):
        return _failed(upload, "TL-READ-006", seconds=limits.cpu_seconds)
    if where.startswith(("MemoryError", "OutOfMemoryException")) or done.returncode < 0 or "memory" in where.lower():
        return _failed(upload, "TL-READ-007", megabytes=limits.memory_mb)
    return _failed(upload, "TL-READ-008", where=where or f"exit {done.returncode}")


def _taken(upload: Upload, folder: Path, into: Path, failure: Outcome | None) -> Outcome:
    if failure is not None:
        return failure
    result = folder / RESULT
    if not result.is_file() or result.stat().st_size > MOST_RESULT_BYTES:
        return _failed(upload, "TL-READ-008", where="no result")
    outcome = outcome_from_json(json.loads(result.read_text(encoding="utf-8")))
    if (folder / REFUSED).is_file():
        shutil.move(folder / REFUSED, into / REFUSED)
    if outcome.staged_path is None:
        return outcome
    staged = into / f"{upload.digest[:16]}-{outcome.importer}.parquet"
    shutil.move(folder / outcome.staged_path.name, staged)
    return replace(outcome, staged_path=staged)


def _failed(upload: Upload, code: str, **args: str | int) -> Outcome:
    found = finding(code, Severity.ERROR, upload.name)
    found = replace(found, args=tuple(sorted(({"file": upload.name} | args).items())))
    return Outcome(upload.name, upload.digest, findings=(found,))
