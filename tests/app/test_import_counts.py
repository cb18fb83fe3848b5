"""Every line of a file is accounted for, and importing the same file again changes nothing."""

from pathlib import Path

import pytest

from tests.app.folders import CONSOLE, DAY, bring, fresh, sample_files, tree
from throughline.app.import_source import import_files
from throughline.app.plans import open_plan

SAMPLES = [pytest.param(*item, id=f"{item[0].parts[-3]}-{item[0].stem}-{n}") for n, item in enumerate(sample_files())]


@pytest.mark.parametrize(("file", "answers", "hints"), SAMPLES)
def test_lines_add_up_and_the_same_file_again_changes_nothing(
    file: Path, answers: dict[str, str], hints: dict[str, str], tmp_path: Path
) -> None:
    first = import_files(fresh(tmp_path / "plan"), [file], DAY, answers, hints=hints)
    (report,) = first.files
    assert report.counts.add_up, report.counts
    assert report.counts.lines_read > 0
    before = tree(tmp_path / "plan")
    second = import_files(open_plan(tmp_path / "plan"), [file], DAY, answers, hints=hints)
    (again,) = second.files
    assert again.counts.add_up
    assert (again.counts.created, again.counts.updated) == (0, 0)
    assert again.counts.rejected == report.counts.rejected
    assert again.counts.unchanged == report.counts.created + report.counts.updated + report.counts.unchanged
    assert tree(tmp_path / "plan") == before
    assert not second.written


def test_the_same_export_on_a_later_day_changes_nothing(tmp_path: Path) -> None:
    bring(fresh(tmp_path / "plan"), CONSOLE)
    before = tree(tmp_path / "plan")
    report = bring(open_plan(tmp_path / "plan"), CONSOLE, day=DAY.replace(year=2027))
    assert not report.written
    assert tree(tmp_path / "plan") == before


def test_a_changed_row_is_updated_and_a_missing_one_retired(tmp_path: Path) -> None:
    lines = CONSOLE.read_text(encoding="utf-8").splitlines(keepends=True)
    bring(fresh(tmp_path / "plan"), CONSOLE)
    changed = tmp_path / "later.csv"
    changed.write_text("".join([lines[0], lines[1].replace("Maplewood", "Harbor"), *lines[2:-1]]), encoding="utf-8")
    (report,) = bring(open_plan(tmp_path / "plan"), changed).files
    assert (report.counts.created, report.counts.updated) == (0, 1)
    assert report.counts.unchanged == len(lines) - 3
    assert report.inventory is not None
    assert report.inventory.built.changes.retired == 1


def test_an_import_told_an_earlier_day_is_still_the_one_in_force(tmp_path: Path) -> None:
    bring(fresh(tmp_path / "plan"), CONSOLE)
    shorter = tmp_path / "shorter.csv"
    shorter.write_text("".join(CONSOLE.read_text(encoding="utf-8").splitlines(keepends=True)[:11]), encoding="utf-8")
    after = bring(open_plan(tmp_path / "plan"), shorter, day=DAY.replace(month=1)).opened
    assert after.plan.snapshot is not None
    assert after.plan.snapshot.files[-1].startswith("shorter.csv")


MESSY = {
    "only-a-heading.csv": "Serial Number,Model,Status\n",
    "blank-lines.csv": "serialNumber,model,status,orgUnitPath\n\n\nA1,HP Chromebook 11 G9 EE,ACTIVE,/x\n,,,\n",
    "short-rows.csv": "serialNumber,model,status,orgUnitPath\nA1\nA2,HP Chromebook 11 G9 EE,ACTIVE,/x\n",
    "twice.csv": "serialNumber,model,status,orgUnitPath\nA1,X,ACTIVE,/a\nA1,X,ACTIVE,/b\n",
    "quoted.csv": 'serialNumber,model,status,orgUnitPath\n"A1","X ""11""","ACTIVE","/a\nb"\n',
    "latin.csv": "serialNumber,model,status,orgUnitPath\nA1,X,ACTIVE,/Schule \N{LATIN SMALL LETTER U WITH DIAERESIS}\n",
    "no-end.csv": "serialNumber,model,status,orgUnitPath\nA1,X,ACTIVE,/a",
    "words.csv": "this is not a table at all\n",
    "empty.csv": "",
    "binary.csv": "\x00\x01\x02",
}


@pytest.mark.parametrize("name", MESSY)
def test_messy_files_add_up_too(name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_bytes(MESSY[name].encode("latin-1" if name == "latin.csv" else "utf-8"))
    (report,) = bring(fresh(tmp_path / "plan"), file).files
    assert report.counts.add_up, (report.status, report.counts)
    assert report.status != "refused" or report.findings
