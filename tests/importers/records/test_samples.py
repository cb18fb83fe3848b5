import json
from pathlib import Path

import pytest

from tests.importers.records.shown import IMPORTERS, read_sample, sample_of, samples, shown


@pytest.mark.parametrize("expected", [pytest.param(path, id=f"{path.parts[-3]}/{path.name}") for path in samples()])
def test_a_sample_gives_what_stands_beside_it(expected: Path, tmp_path: Path) -> None:
    outcome = read_sample(expected, tmp_path)
    wanted = json.loads(expected.read_text(encoding="utf-8"))
    assert outcome.importer == expected.parts[-3]
    assert shown(outcome) == {name: wanted[name] for name in wanted if name not in {"answers", "hints"}}


@pytest.mark.parametrize("expected", [pytest.param(path, id=f"{path.parts[-3]}/{path.name}") for path in samples()])
def test_every_line_of_a_sample_is_accounted_for(expected: Path, tmp_path: Path) -> None:
    outcome = read_sample(expected, tmp_path)
    made = {row for row, _, _ in outcome.line_records}
    assert outcome.lines_read == outcome.accepted + outcome.rejected + outcome.blank
    assert len(made) == outcome.accepted
    own = {noun: found for noun, found in outcome.records.items() if noun not in outcome.only_new}
    known = {(noun, record.id) for noun, found in own.items() for record in found}  # type: ignore[attr-defined]
    assert {(noun, identity) for _, noun, identity in outcome.line_records} == known


def test_every_sample_has_an_expectation() -> None:
    for name in IMPORTERS:
        folder = samples()[0].parents[2] / name / "samples"
        files = {path for path in folder.iterdir() if path.suffix != ".json"}
        assert files == {sample_of(path) for path in folder.glob("*.expected.json")}, name
