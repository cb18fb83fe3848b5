"""The empty workbook: one sheet per kind of record, with what each column wants."""

from datetime import date
from pathlib import Path

from throughline import __version__
from throughline.reports.base import DistrictFacts, ReportSource
from throughline.reports.workbook.report import template
from throughline.reports.writers.write import write
from throughline.workspace.folder import atomic_write


def write_template(target: Path, as_of: date) -> Path:
    """Write the template workbook."""
    source = ReportSource(DistrictFacts("Your district"), as_of, "", "", __version__, (), {}, {})
    atomic_write(target, write(template(source), "xlsx").data)
    return target
