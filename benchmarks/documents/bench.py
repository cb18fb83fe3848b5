"""Time and memory of the documents of one run, each in a process that has loaded nothing before."""

from benchmarks.harness import child, machine, row

TITLE = "Documents"
ROUNDS = 3
PAGES = 40

START = """
import sys
sys.path.insert(0, ".")
from benchmarks.documents.large import long_packet, workbook_source
from throughline.reports.base import report
from throughline.reports.writers.write import write
"""
WORK = {
    f"Board packet, {PAGES} pages, 33 charts": f"""
import io, pikepdf
data = write(long_packet(), "pdf").data
pages = len(pikepdf.open(io.BytesIO(data)).pages)
assert pages >= {PAGES}, pages
""",
    "Board packet of the test district": 'write(report("board_packet").build(workbook_source(0)), "pdf")',
    "Workbook, 20,000 cost lines": 'write(report("workbook").build(workbook_source(20_000)), "xlsx")',
    "Cost lines as CSV, 20,000": 'write(report("cost_lines").build(workbook_source(20_000)), "csv")',
    "Terminal page": 'write(report("summary_text").build(workbook_source(0)), "txt")',
}


def run() -> str:
    """A table of processor seconds (best of three), wall seconds and peak memory."""
    base = min(child(START).cpu for _ in range(ROUNDS))
    lines = [row("document", "processor s", "wall s", "peak MB"), row("---", "---:", "---:", "---:")]
    for name, work in WORK.items():
        done = min((child(START + work) for _ in range(ROUNDS)), key=lambda c: c.cpu)
        lines.append(row(name, f"{done.cpu:.2f}", f"{done.wall:.2f}", f"{done.peak_mb:.0f}"))
    notes = (
        f"Whole processes, cold: interpreter and imports included ({base:.2f} s before a document is begun). "
        "Aim: a 40-page packet in 4 s of processor time.\n\nCommand: `python -m benchmarks documents`. " + machine()
    )
    return "\n".join([*lines, "", notes])
