"""Inventory samples, and their outcome as the readable JSON that stands beside them."""

import json
from pathlib import Path
from typing import Any

import duckdb

from tests.importers.records.shown import ENDING, read_sample
from tests.importers.records.shown import shown as shown_records
from throughline.importers.detect import importers
from throughline.importers.outcome import Outcome
from throughline.registry import discover

QUIET = {"key", "source_row"}
DEFAULTS = {"quantity": 1, "held_as": "owned", "status": "in_use"}


def expectations() -> list[Path]:
    """Every expected outcome of an inventory importer, ours or added later."""
    registry = discover("throughline.importers", "importer")
    names = [name for name, importer in importers().items() if importer.kind == "inventory"]
    return [path for name in names for path in sorted(Path(str(registry.folder(name) / "samples")).glob("*" + ENDING))]


def staged(outcome: Outcome) -> list[dict[str, Any]]:
    """The staged rows in file order."""
    if outcome.staged_path is None:
        return []
    found = duckdb.sql("SELECT * FROM read_parquet($path)", params={"path": str(outcome.staged_path)})
    return [dict(zip(found.columns, row, strict=True)) for row in found.fetchall()]


def shown(outcome: Outcome) -> dict[str, Any]:
    """As for records, with the mapping and the staged rows, defaults left out."""
    plain = shown_records(outcome)
    del plain["records"]
    rows = [
        f"{row['source_row']} {row['key']} | "
        + " | ".join(f"{name}: {value}" for name, value in row.items() if _is_telling(name, value))
        for row in staged(outcome)
    ]
    return plain | {"mapping": [" -> ".join(pair) for pair in outcome.mapping], "staged": rows}


def _is_telling(name: str, value: object) -> bool:
    return name not in QUIET and value not in ("", None) and DEFAULTS.get(name) != value


def regenerate(expected: Path, folder: Path) -> None:
    """Write one expectation anew, keeping the hints and answers it gives."""
    before = json.loads(expected.read_text(encoding="utf-8") or "{}")
    told = {name: before[name] for name in ("hints", "answers") if name in before}
    found = told | shown(read_sample(expected, folder))
    expected.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
