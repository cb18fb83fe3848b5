import pytest

from tests.reports.regenerate import SOURCES, expected, shown
from throughline.reports.base import report, reports
from throughline.reports.writers.write import WRITERS

CASES = [(report_id, name) for report_id in reports().ids() for name in SOURCES if shown(report_id, name) is not None]


@pytest.mark.parametrize(("report_id", "name"), CASES)
def test_a_report_says_what_was_reviewed(report_id: str, name: str) -> None:
    assert shown(report_id, name) == expected(report_id, name).read_text(encoding="utf-8")


@pytest.mark.parametrize("report_id", reports().ids())
def test_a_report_declares_itself_and_its_formats_can_be_written(report_id: str) -> None:
    found = report(report_id)
    assert found.id == report_id
    assert found.title
    assert found.audience
    assert found.description
    assert found.formats
    assert set(found.formats) <= WRITERS.keys()
