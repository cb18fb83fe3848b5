"""Small tables written in a test, read by the importer they belong to."""

from pathlib import Path
from typing import Any

from throughline.importers.outcome import Outcome
from throughline.importers.reading.upload import Upload
from throughline.importers.run import read_here


def read_text(folder: Path, text: str, name: str = "table.csv", **told: dict[str, str]) -> Outcome:
    """The outcome of a CSV file with this text; `hints` and `answers` as dictionaries."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_here(Upload.of(path), {}, told.get("answers", {}), told.get("hints", {}), folder)


def read_sheets(
    folder: Path, sheets: dict[str, list[list[Any]]], name: str = "table.xlsx", **told: dict[str, str]
) -> Outcome:
    """The outcome of a workbook with these sheets."""
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = folder / name
    book.save(path)
    return read_here(Upload.of(path), {}, told.get("answers", {}), told.get("hints", {}), folder)


def codes(outcome: Outcome) -> list[str]:
    """Codes of the findings, sorted."""
    return sorted(finding.code for finding in outcome.findings)


def records(outcome: Outcome, noun: str) -> list[Any]:
    """Records of one noun."""
    return list(outcome.records.get(noun, ()))
