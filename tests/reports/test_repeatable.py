import pytest

from tests.reports.sample_source import source
from throughline.reports.base import report
from throughline.reports.writers.write import write

CASES = [
    ("board_packet", "pdf"),
    ("board_packet", "txt"),
    ("board_packet", "docx"),
    ("board_packet", "pptx"),
    ("board_agenda", "pdf"),
    ("one_page", "docx"),
    ("letter", "docx"),
    ("workbook", "xlsx"),
    ("cost_lines", "csv"),
    ("cost_lines", "parquet"),
    ("summary_text", "txt"),
]


@pytest.mark.parametrize(("report_id", "form"), CASES)
def test_the_same_run_gives_the_same_bytes_in_every_format(report_id: str, form: str) -> None:
    first, second = (write(report(report_id).build(source()), form).data for _ in range(2))
    assert first == second
