import csv
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest

from tests.importers.inventories.shown import expectations, shown, staged
from tests.importers.records.shown import read_sample, sample_of
from throughline.engine.plan.inventory import STAGED, Status
from throughline.importers.reading.book import open_book
from throughline.importers.reading.upload import Upload
from throughline.importers.run import read_here

DOCUMENTS = {".json", ".zip"}
EXPECTED = [pytest.param(path, id=f"{path.parts[-3]}/{path.name}") for path in expectations()]
TABLES = [case for case in EXPECTED if sample_of(case.values[0]).suffix not in DOCUMENTS]  # type: ignore[arg-type]  # a path


@pytest.mark.parametrize("expected", EXPECTED)
def test_a_sample_gives_what_stands_beside_it(expected: Path, tmp_path: Path) -> None:
    outcome = read_sample(expected, tmp_path)
    wanted = json.loads(expected.read_text(encoding="utf-8"))
    assert outcome.importer == expected.parts[-3]
    assert shown(outcome) == {name: wanted[name] for name in wanted if name not in {"answers", "hints"}}


@pytest.mark.parametrize("expected", EXPECTED)
def test_staged_rows_keep_the_contract_with_the_fleet(expected: Path, tmp_path: Path) -> None:
    outcome = read_sample(expected, tmp_path)
    rows = staged(outcome)
    assert outcome.lines_read == outcome.accepted + outcome.rejected + outcome.blank
    if not outcome.is_ready:
        assert not rows
        return
    assert len(rows) == outcome.accepted
    assert all(list(row) == list(STAGED) for row in rows)
    assert len({row["key"] for row in rows}) == len(rows)
    assert {row["status"] for row in rows} <= {status.value for status in Status}
    sample = sample_of(expected)
    is_table = sample.suffix not in DOCUMENTS
    lines = sample.read_text(encoding="utf-8-sig").split("\n") if is_table else [_whole(sample)]
    for row in rows:
        # Records of JSON are counted, so their number says nothing about lines.
        where = lines[row["source_row"] - 1] if is_table else lines[0]
        assert (row["serial"] or row["model_raw"]).casefold() in where.replace('""', '"').casefold()


def _whole(sample: Path) -> str:
    if sample.suffix == ".json":
        return sample.read_text(encoding="utf-8-sig")
    with zipfile.ZipFile(sample) as package:
        return "".join(package.read(name).decode() for name in package.namelist())


@pytest.mark.parametrize("expected", TABLES)
def test_the_same_list_as_a_workbook_gives_the_same_rows(expected: Path, tmp_path: Path) -> None:
    sample = sample_of(expected)
    text = sample.read_bytes().decode("utf-8-sig")
    separator = open_book(Upload.of(sample)).text.separator  # type: ignore[union-attr]  # samples here are text files
    book = openpyxl.Workbook()
    for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=separator), start=1):
        for column, cell in enumerate(row, start=1):
            if cell:
                book.active.cell(number, column, cell).data_type = "s"
    book.save(tmp_path / f"{sample.stem}.xlsx")
    given = json.loads(expected.read_text(encoding="utf-8"))
    told = (given.get("answers", {}), given.get("hints", {}))
    (tmp_path / "csv").mkdir()
    as_text = read_here(Upload.of(sample), {}, *told, tmp_path / "csv")
    as_book = read_here(Upload.of(tmp_path / f"{sample.stem}.xlsx"), {}, *told, tmp_path)
    ragged = {f.arguments["row"] for f in as_text.findings if f.code == "TL-READ-035"}  # a sheet has no short rows
    rows = [row for row in staged(as_book) if row["source_row"] not in ragged]
    assert as_book.importer == as_text.importer
    assert rows == staged(as_text)


def test_every_inventory_sample_has_an_expectation() -> None:
    for folder in {path.parent for path in expectations()}:
        files = {path for path in folder.iterdir() if not path.name.endswith(".expected.json")}
        assert files == {sample_of(path) for path in folder.glob("*.expected.json")}
