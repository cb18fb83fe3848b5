import csv
import io
from dataclasses import replace

import duckdb
import pytest

from tests.reports.sample_source import cost_lines, source
from throughline.engine.table import Row
from throughline.reports.base import report
from throughline.reports.writers.inert import inert, risky
from throughline.reports.writers.write import write

BAD = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "＋1", "－1", "＠x", "%0A", "|cmd"]


def _document(site: str = "DISTRICT"):  # type: ignore[no-untyped-def]  # a test helper
    made = cost_lines()
    first = made.rows[0]
    changed = Row((*first.values[:3], site, *first.values[4:]), first.kind, first.key)
    table = replace(made, rows=(changed, *made.rows[1:]))
    return report("cost_lines").build(source(tables={"cost_lines": table}))


@pytest.mark.parametrize("text", BAD)
def test_text_that_a_spreadsheet_would_run_is_made_inert(text: str) -> None:
    assert risky(text)
    assert inert(text) == "'" + text
    read = list(csv.reader(io.StringIO(write(_document(text), "csv").data.decode("utf-8-sig"), newline="")))
    assert read[1][3] == "'" + text


@pytest.mark.parametrize("text", ["District", "FY2028", "1-2", "", "a=b"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert inert(text) == text


def test_csv_and_parquet_hold_every_line_and_the_same_cents(tmp_path) -> None:  # type: ignore[no-untyped-def]  # pytest's path
    expected = sum(int(row.values[-1] or 0) for row in cost_lines().rows)
    rows = list(csv.DictReader(io.StringIO(write(_document(), "csv").data.decode("utf-8-sig"), newline="")))
    assert len(rows) == len(cost_lines().rows)
    assert sum(int(row["cents"]) for row in rows) == expected
    path = tmp_path / "lines.parquet"
    path.write_bytes(write(_document("=cmd"), "parquet").data)
    found = duckdb.sql(f"SELECT sum(cents)::BIGINT, count(*), min(site) FROM '{path}'").fetchall()
    assert found == [(expected, len(rows), "=cmd")]


def test_a_document_without_its_one_table_is_refused() -> None:
    with pytest.raises(ValueError, match="exactly one table"):
        write(report("summary_text").build(source()), "csv")


def test_a_budget_request_is_dollars_and_keeps_leading_zeros() -> None:
    made = write(report("budget_lines").build(source()), "csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(made, newline="")))
    assert [row["Adopted Budget"] for row in rows] == ["24000.50", "12000.00", "0.99"]
    assert rows[0]["Account"] == "011-2580-530"


def test_an_account_that_a_spreadsheet_would_run_is_made_inert() -> None:
    table = source().tables["budget_request"]
    bad = Row(("FY2028", "=cmd", "1", "2", "x", 5), key="request/9")
    made = report("budget_lines").build(source(tables={"budget_request": replace(table, rows=(bad,))}))
    assert "'=cmd" in write(made, "csv").data.decode()
