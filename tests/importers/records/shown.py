"""An outcome as the small, readable JSON that stands beside a sample, and the record samples of every importer."""

import json
from pathlib import Path
from typing import Any

from tests.contracts.repository import SOURCE
from throughline.engine.plan.sheets import NOT_IN_SHEETS, cells_of, sheet_of
from throughline.importers.detect import importers
from throughline.importers.outcome import Outcome
from throughline.importers.reading.upload import Upload
from throughline.importers.run import read_here

IMPORTERS = tuple(name for name, importer in importers().items() if importer.kind == "records")
ENDING = ".expected.json"


def samples() -> list[Path]:
    """Every expected outcome of a records importer; `<file>.expected.json` or `<file>.<case>.expected.json`."""
    return [path for name in IMPORTERS for path in sorted((SOURCE / "importers" / name / "samples").glob("*" + ENDING))]


def sample_of(expected: Path) -> Path:
    """The sample file an expectation is about."""
    stem = expected.name.removesuffix(ENDING).partition(".")[0]
    return next(path for path in expected.parent.iterdir() if path.stem == stem)


def read_sample(expected: Path, folder: Path) -> Outcome:
    """Read the sample as its expectation says: with its hints and answers."""
    given: dict[str, Any] = json.loads(expected.read_text(encoding="utf-8"))
    return read_here(Upload.of(sample_of(expected)), {}, given.get("answers", {}), given.get("hints", {}), folder)


def shown(outcome: Outcome) -> dict[str, Any]:
    """What matters of an outcome, without digests: counts, questions, findings by place, records as sheet cells."""
    disposals = {"disposals": [_cells("disposals", item) for item in outcome.disposals]} if outcome.disposals else {}
    return disposals | {
        "importer": outcome.importer,
        "sheet": outcome.sheet,
        "lines": [outcome.lines_read, outcome.accepted, outcome.rejected, outcome.blank],
        "questions": [question.id for question in outcome.questions],
        "dropped": [[item.column, item.filled] for item in outcome.dropped_columns],
        "ignored": list(outcome.ignored_columns),
        "findings": sorted(
            f"{item.code} {item.severity} row {item.arguments.get('row', '-')} {item.arguments.get('column', '')}".strip()
            for item in outcome.findings
        ),
        "records": {
            noun: [_cells(noun, record) for record in records]
            for noun, records in outcome.records.items()
            if noun not in NOT_IN_SHEETS and records
        },
    }


def _cells(noun: str, record: object) -> str:
    columns = sheet_of(noun).columns
    cells = zip(columns, cells_of(noun, record), strict=True)
    return " | ".join(cell if column.field == "id" else f"{column.header}: {cell}" for column, cell in cells if cell)
