from pathlib import Path

import pytest

from throughline.importers.detect import importers, matches
from throughline.importers.intake import read
from throughline.importers.reading.book import open_book
from throughline.importers.reading.upload import Upload
from throughline.registry import discover

REGISTRY = discover("throughline.importers", "importer")
SAMPLES = [
    pytest.param(name, path, id=f"{name}/{path.name}")
    for name in REGISTRY.ids()
    for path in sorted(Path(str(REGISTRY.folder(name) / "samples")).iterdir())
    if not path.name.endswith(".expected.json")
]


@pytest.mark.parametrize(("name", "sample"), SAMPLES)
def test_a_sample_is_claimed_by_its_importer_and_by_no_other_as_strongly(name: str, sample: Path) -> None:
    claims = matches(open_book(Upload.of(sample)), importers())
    assert claims[0].importer.id == name
    rivals = [claim.importer.id for claim in claims if claim.score >= claims[0].score and claim.importer.id != name]
    assert not rivals


@pytest.mark.parametrize(("name", "sample"), SAMPLES)
def test_a_sample_is_recognized_by_its_content_not_by_its_name(name: str, sample: Path, tmp_path: Path) -> None:
    renamed = tmp_path / f"export{sample.suffix}"
    renamed.write_bytes(sample.read_bytes())
    claims = matches(open_book(Upload.of(renamed)), importers())
    assert claims[0].importer.id == name


@pytest.mark.parametrize("name", REGISTRY.ids())
def test_an_importer_says_what_it_is(name: str) -> None:
    importer = importers()[name]
    assert importer.id == name
    assert importer.title
    assert importer.description
    assert importer.example_columns
    assert (importer.inventory is not None) == (importer.kind == "inventory")
    assert (importer.records is not None) == (importer.kind == "records")


def test_a_list_of_licenses_is_no_list_of_devices(tmp_path: Path) -> None:
    file = tmp_path / "licenses.csv"
    file.write_text(
        "Item name,serial number,Category,manufacturer,purchase date,seats\nReader,K-1,Software,X,2026-01-05,50\n"
    )
    outcome = read(Upload.of(file), into=tmp_path)
    assert outcome.importer == ""
    assert [question.id for question in outcome.questions] == ["importer"]
