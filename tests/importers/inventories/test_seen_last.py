"""A serial number listed several times: the row that was seen last counts, the others are refused and counted."""

from pathlib import Path

import pytest

from tests.importers.inventories.shown import staged
from throughline.importers.intake import read
from throughline.importers.outcome import Outcome
from throughline.importers.reading.upload import Upload

INTUNE = "Serial number,Manufacturer,Model,OS,OS version,Ownership,Category,Last check-in,Intune registered,JoinType\n"
ROW = "{serial},HP,{model},Windows,10.0.26100.1,Company,Oak,{seen},True,Entra joined\n"


def _read(folder: Path, text: str, answers: dict[str, str] | None = None) -> Outcome:
    file = folder / "export.csv"
    file.write_text(text, encoding="utf-8")
    return read(Upload.of(file), answers=answers or {}, into=folder)


def _intune(folder: Path, *seen: str, answers: dict[str, str] | None = None) -> Outcome:
    rows = "".join(ROW.format(serial="5CG1", model=f"Model {n}", seen=day) for n, day in enumerate(seen))
    other = ROW.format(serial="5CG2", model="Other", seen="2026-01-01 00:00:00.0000000")
    return _read(folder, INTUNE + rows + other, answers)


def _kept(outcome: Outcome) -> list[str]:
    return [row["model_raw"] for row in staged(outcome)]


SEEN = {
    "the later day, wherever it stands": (
        ("2026-11-01 07:00:00.0", "2026-11-03 07:00:00.0", "2026-10-30 07:00:00.0"),
        1,
    ),
    "the later hour of one day": (("2026-11-01 07:00:00.0", "2026-11-01 06:59:59.0", "2026-11-01 07:00:01.0"), 2),
    "twelve-hour clocks": (("11/23/2026 9:05 AM", "11/23/2026 1:05 PM", "11/23/2026 12:05 AM"), 1),
    "a day before none": (("", "2026-11-01 07:00:00.0", ""), 1),
    "the first of equals": (("2026-11-01 07:00:00.0", "2026-11-01 07:00:00.0"), 0),
    "the first when none was seen": (("", ""), 0),
}


@pytest.mark.parametrize("name", SEEN)
def test_the_row_that_was_seen_last_counts(name: str, tmp_path: Path) -> None:
    seen, wanted = SEEN[name]
    outcome = _intune(tmp_path, *seen)
    assert outcome.importer == "intune"
    assert _kept(outcome) == [f"Model {wanted}", "Other"]
    assert (outcome.lines_read, outcome.accepted, outcome.rejected) == (len(seen) + 1, 2, len(seen) - 1)
    doubles = [item for item in outcome.findings if item.code == "TL-IMP-020"]
    assert {item.arguments["other"] for item in doubles} == {2 + wanted}
    assert len(doubles) == len(seen) - 1


def test_a_person_may_still_say_that_the_first_or_the_last_row_counts(tmp_path: Path) -> None:
    days = ("2026-11-01 07:00:00.0", "2026-11-03 07:00:00.0", "2026-10-30 07:00:00.0")
    assert _kept(_intune(tmp_path, *days, answers={"duplicates": "first"}))[0] == "Model 0"
    assert _kept(_intune(tmp_path, *days, answers={"duplicates": "last"}))[0] == "Model 2"
    (question,) = [item for item in _intune(tmp_path, *days).questions if item.id == "duplicates"]
    assert (question.suggested, [value for value, _ in question.choices]) == ("latest", ["latest", "first", "last"])


def test_an_export_that_does_not_say_when_keeps_the_first_row(tmp_path: Path) -> None:
    head = INTUNE.replace("Last check-in,", "")
    row = "5CG1,HP,Model {n},Windows,10.0.26100.1,Company,Oak,True,Entra joined\n"
    outcome = _read(tmp_path, head + row.format(n=0) + row.format(n=1))
    assert _kept(outcome) == ["Model 0"]


def test_a_row_that_is_refused_for_itself_wins_nothing(tmp_path: Path) -> None:
    personal = ROW.format(serial="5CG1", model="Phone", seen="2026-11-09 07:00:00.0").replace("Company", "Personal")
    company = ROW.format(serial="5CG1", model="Laptop", seen="2026-11-01 07:00:00.0")
    outcome = _read(tmp_path, INTUNE + personal + company)
    assert _kept(outcome) == ["Laptop"]
    assert (outcome.accepted, outcome.rejected) == (1, 1)


@pytest.mark.parametrize("name", ["jamf_pro", "google_chromeos", "lansweeper"])
def test_other_consoles_declare_when_they_saw_a_device(name: str) -> None:
    from throughline.importers.detect import importers

    importer = importers()[name]
    assert importer.inventory is not None
    assert importer.inventory.latest_by in {column.name for column in importer.columns}
