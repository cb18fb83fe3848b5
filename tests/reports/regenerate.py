"""Write the expected texts of every report anew: python -m tests.reports.regenerate; read the difference before committing."""

from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from tests.reports.sample_source import source
from tests.reports.small_source import small_source
from throughline.reports.base import report, reports
from throughline.reports.document import Sheet
from throughline.reports.writers.text import write_text

SOURCES = {"sample": source, "small": small_source}


def expected(report_id: str, name: str) -> Path:
    return Path(str(files("throughline.reports"))) / report_id / "expected" / f"{name}.txt"


def shown(report_id: str, name: str) -> str | None:
    """The report as text, None when this source has not what it needs."""
    made = SOURCES[name]()
    if report_id == "cost_lines" and made.table("cost_lines") is None:
        return None
    document = report(report_id).build(made)
    # sheets of plan nouns follow the engine and are tested as a round trip
    views = tuple(block for block in document.blocks if not (isinstance(block, Sheet) and block.edit))
    return write_text(replace(document, blocks=views))


def main() -> None:
    for report_id in reports().ids():
        for name in SOURCES:
            text = shown(report_id, name)
            if text is not None:
                path = expected(report_id, name)
                path.parent.mkdir(exist_ok=True)
                path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
