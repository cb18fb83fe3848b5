"""Build documents from a run and write them to a folder."""

from dataclasses import dataclass
from pathlib import Path

from throughline.app.plans import OpenPlan
from throughline.app.source.report_source import report_source
from throughline.engine.findings import Finding
from throughline.engine.run import PlanResult
from throughline.reports.base import report, reports
from throughline.reports.writers.write import write
from throughline.workspace.folder import atomic_write

PLAN_DOCUMENTS = (
    ("board_packet", "pdf"),
    ("board_agenda", "pdf"),
    ("workbook", "xlsx"),
    ("cost_lines", "csv"),
    ("cost_lines", "parquet"),
)


@dataclass(frozen=True)
class Documents:
    """The files written, and what the writers noticed (a character that no font has, for example)."""

    paths: tuple[Path, ...]
    findings: tuple[Finding, ...]


def write_documents(opened: OpenPlan, result: PlanResult, folder: Path) -> Documents:
    """Packet, agenda item, workbook and cost lines."""
    source = report_source(opened, result)
    paths: list[Path] = []
    noticed: dict[Finding, None] = {}
    for name, form in PLAN_DOCUMENTS:
        done = write(report(name).build(source), form)
        paths.append(folder / f"{name.replace('_', '-')}.{done.suffix.lstrip('.')}")
        atomic_write(paths[-1], done.data)
        noticed |= dict.fromkeys(done.findings)
    return Documents(tuple(paths), tuple(noticed))


def format_of(report_id: str, wanted: str) -> str:
    """The format to write; raises ValueError for an unknown report or format."""
    if report_id not in reports().ids():
        raise ValueError(f"there is no report {report_id}; there are {', '.join(reports().ids())}")
    formats = report(report_id).formats
    if wanted and wanted not in formats:
        raise ValueError(f"{report_id} is written as {', '.join(formats)}, not {wanted}")
    return wanted or formats[0]


def write_report(opened: OpenPlan, result: PlanResult, report_id: str, form: str, target: Path) -> Path:
    """One document in one format."""
    document = report(report_id).build(report_source(opened, result))
    atomic_write(target, write(document, form).data)
    return target


def terminal_page(opened: OpenPlan, result: PlanResult) -> str:
    """The plan in plain words for a terminal."""
    done = write(report("summary_text").build(report_source(opened, result, full=False)), "txt")
    return done.data.decode()
