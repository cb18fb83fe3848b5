import zipfile
from collections import defaultdict
from decimal import ROUND_CEILING, Decimal
from pathlib import Path

import pytest

from tests.importers.records.tables import codes, records
from tests.importers.rosters.bundles import (
    SCHOOLS,
    USERS_11,
    laid_out,
    manifest,
    one_1_1,
    one_1_2,
    packed,
    user_11,
    user_12,
)
from throughline.importers.detect import importers, matches
from throughline.importers.outcome import Outcome
from throughline.importers.reading.book import open_book
from throughline.importers.reading.upload import Upload
from throughline.importers.run import read_here

PUPILS = user_11("S1", "E", "student", "01") + user_11("S2", "H", "student", "09")


def read(folder: Path, tables: dict[str, str], name: str = "bundle.zip", **answers: str) -> Outcome:
    path = folder / name
    path.write_bytes(packed(tables))
    return read_here(Upload.of(path), {}, answers, {"as_of": "2026-11-22"}, folder)


def counts(outcome: Outcome) -> dict[tuple[str, str], int]:
    return {(item.site, item.grade): int(item.pupils) for item in records(outcome, "enrollment")}


@pytest.mark.needs_shared_data
@pytest.mark.parametrize(
    ("bundle", "district", "pupils"),
    [
        ("oneroster_1p1_absecon_2022_derived", "01-0010", 947),
        ("oneroster_1p2_glen_ridge_2022_derived", "13-1750", 1810),
    ],
)
def test_counts_equal_the_states_report_with_half_pupils_rounded_up(
    bundle: str, district: str, pupils: int, shared_data: Path, tmp_path: Path
) -> None:
    ours = read_here(Upload.of(shared_data / "roster" / f"{bundle}.zip"), {}, {}, {}, tmp_path)
    report = shared_data / "enrollment" / "nj_doe_original" / "enrollment_2223.xlsx"
    state = read_here(Upload.of(report), {}, {"district": district, "level": "school"}, {}, tmp_path)
    wanted: dict[tuple[str, str], int] = defaultdict(int)
    for item in records(state, "enrollment"):
        wanted[item.site, item.grade] += int(item.pupils.to_integral_value(ROUND_CEILING))
    assert counts(ours) == {key: count for key, count in wanted.items() if count}
    assert sum(counts(ours).values()) == ours.accepted == pupils
    assert {item.fall_year for item in records(ours, "enrollment")} == {2022}


@pytest.mark.needs_shared_data
@pytest.mark.parametrize(
    ("folder", "wanted"),
    [
        ("microsoft_sds_v2_1", {("school-of-twodotone", "10"): 3}),
        (
            "microsoft_sds_v1_25users",
            {("contoso-high-school", grade): n for grade, n in (("9", 8), ("10", 7), ("11", 4), ("12", 3))},
        ),
    ],
)
def test_the_published_samples_of_school_data_sync_are_counted(
    folder: str, wanted: dict[tuple[str, str], int], shared_data: Path, tmp_path: Path
) -> None:
    outcome = read_here(Upload.of(shared_data / "roster" / folder), {}, {}, {"as_of": "2026-11-22"}, tmp_path)
    assert outcome.importer == "microsoft_sds"
    assert counts(outcome) == wanted
    assert "TL-REC-101" in codes(outcome)
    assert any("assword" in item.column for item in outcome.dropped_columns)
    assert not any(word in repr(outcome) for word in ("P@ss", "Klein", "OKlein", "jcraig", "Craig"))


def test_a_folder_reads_like_the_zip_file_of_it(tmp_path: Path) -> None:
    tables = one_1_1(PUPILS)
    folder = laid_out(tables, tmp_path / "maple")
    from_folder = read_here(Upload.of(folder), {}, {}, {}, tmp_path)
    assert (
        counts(from_folder)
        == counts(read(tmp_path, tables))
        == {("oak-street-school", "1"): 1, ("maple-high-school", "9"): 1}
    )
    inside = read(tmp_path, {f"maple/{name}": text for name, text in tables.items()}, "inside.zip")
    assert counts(inside) == counts(from_folder)


def test_one_count_per_grade_for_the_district_when_that_is_answered(tmp_path: Path) -> None:
    outcome = read(tmp_path, one_1_1(PUPILS + user_11("S3", "H", "student", "01")), level="district")
    assert counts(outcome) == {("DISTRICT", "1"): 2, ("DISTRICT", "9"): 1}


@pytest.mark.parametrize(
    ("grade", "meant"),
    list(
        zip(
            ("IT", "PR", "PK", "TK", "KG", "01", "12", "13", "PS", "UG", "Other", "ps2", "", "Zorro"),
            (None, "PK", "PK", "K", "K", "1", "12", "UG", None, "UG", "UG", None, "UG", "UG"),
            strict=True,
        )
    ),
)
def test_grades_are_the_ceds_list(grade: str, meant: str | None, tmp_path: Path) -> None:
    outcome = read(tmp_path, one_1_1(user_11("S1", "E", "student", grade)))
    assert [item.grade for item in records(outcome, "enrollment")] == ([meant] if meant else [])
    assert "Zorro" not in repr(outcome)


def test_a_pupil_of_two_schools_counts_once_at_the_primary_one(tmp_path: Path) -> None:
    roles = "R1,,,S1,secondary,student,,,E,\nR2,,,S1,primary,student,,,H,\n"
    by_role = read(tmp_path, one_1_2(user_12("S1", "08"), roles))
    by_org = read(tmp_path, one_1_2(user_12("S1", "08", "E"), roles))
    classes = "N1,,,C,H,S1,student,false,,\nN2,,,C,H,S1,student,false,,\nN3,,,C,E,S1,student,true,,\n"
    by_class = read(tmp_path, one_1_1(user_11("S1", "H,E", "student", "08"), classes))
    assert counts(by_role) == {("maple-high-school", "8"): 1}
    assert counts(by_org) == counts(by_class) == {("oak-street-school", "8"): 1}


def test_marks_of_deletion_count_in_every_table(tmp_path: Path) -> None:
    users = PUPILS + user_11("S3", "E", "student", "01", status="tobedeleted") + user_11("S4", "X", "student", "01")
    tables = one_1_1(users)
    tables["orgs.csv"] = SCHOOLS + "X,tobedeleted,,Closed School,school,9,D\n"
    outcome = read(tmp_path, tables)
    assert sum(counts(outcome).values()) == 2
    assert {"TL-REC-102", "TL-REC-106"} <= set(codes(outcome))
    assert (outcome.lines_read, outcome.accepted, outcome.blank) == (4, 2, 2)


def test_a_bundle_of_two_districts_asks_which_one_is_meant(tmp_path: Path) -> None:
    tables = one_1_1(PUPILS + user_11("S9", "Z", "student", "02"))
    tables["orgs.csv"] = SCHOOLS + "D2,,,Cedar Hill,district,7,\nZ,,,Cedar School,school,8,D2\n"
    asked = read(tmp_path, tables)
    assert "district" in [question.id for question in asked.questions]
    assert not asked.records
    assert counts(read(tmp_path, tables, district="Cedar Hill")) == {("cedar-school", "2"): 1}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"manifest.csv": manifest("1.1", users="delta")}, "TL-REC-110"),
        ({"orgs.csv": "name,kind\nOak,school\n"}, "TL-REC-105"),
        ({"users.csv": "sourcedId,status\nS1,\n"}, "TL-REC-105"),
    ],
)
def test_a_bundle_that_cannot_be_counted_is_refused(change: dict[str, str], code: str, tmp_path: Path) -> None:
    outcome = read(tmp_path, one_1_1(PUPILS) | change)
    assert outcome.is_refused
    assert codes(outcome) == [code]


def test_a_lone_table_of_users_is_refused_and_nobody_else_takes_it(tmp_path: Path) -> None:
    path = tmp_path / "users.csv"
    path.write_text(f"{USERS_11}\n{PUPILS}")
    outcome = read_here(Upload.of(path), {}, {}, {}, tmp_path)
    assert (outcome.importer, codes(outcome)) == ("oneroster", ["TL-REC-111"])
    assert "GivenS1" not in repr(outcome)


def test_another_version_is_read_by_its_columns_with_a_warning(tmp_path: Path) -> None:
    outcome = read(tmp_path, one_1_1(PUPILS) | {"manifest.csv": manifest("1.3")})
    assert sum(counts(outcome).values()) == 2
    assert "TL-REC-112" in codes(outcome)


def test_a_version_with_other_columns_is_asked_about_and_not_claimed(tmp_path: Path) -> None:
    old = "sourcedId,status,dateLastModified,orgSourcedId,role,username,userId,givenName,familyName\nS1,,,E,student,s,,G,F\n"
    path = tmp_path / "bundle.zip"
    path.write_bytes(packed({"manifest.csv": manifest("0.9"), "users.csv": old}))
    assert [claim for claim in matches(open_book(Upload.of(path)), importers()) if claim.score > 60] == []
    outcome = read_here(Upload.of(path), {}, {}, {}, tmp_path)
    assert [question.id for question in outcome.questions] == ["importer"]


def test_the_two_products_do_not_claim_each_others_files(tmp_path: Path) -> None:
    sample = Path("src/throughline/importers")
    for name, other in (
        ("oneroster/samples/bundle_1_2.zip", "microsoft_sds"),
        ("microsoft_sds/samples/version_2_1.zip", "oneroster"),
    ):
        book = open_book(Upload.of(sample / name))
        assert other not in {claim.importer.id for claim in matches(book, importers())}


@pytest.mark.parametrize(
    ("tables", "code"),
    [
        ({"../users.csv": "a,b\n1,2\n"}, "TL-READ-005"),
        ({"users.csv": "a,b\n1,2\n", "USERS.csv": "a,b\n1,2\n"}, "TL-READ-005"),
        ({"users.csv": "a,b\n" * 3_000_000}, "TL-READ-005"),
        ({f"t{n}.csv": "a,b\n1,2\n" for n in range(201)}, "TL-READ-005"),
        ({"users.csv": "a,b\n1,2\n", "inner.zip": "PK"}, "TL-READ-017"),
        ({"users.csv": "a,b\n1,2\n", "orgs.csv": "PK\x03\x04 and more"}, "TL-READ-017"),
    ],
)
def test_an_unsafe_archive_is_refused_before_it_is_read(tables: dict[str, str], code: str, tmp_path: Path) -> None:
    outcome = read(tmp_path, tables)
    assert outcome.is_refused
    assert codes(outcome) == [code]


def test_an_archive_with_a_false_checksum_is_refused(tmp_path: Path) -> None:
    content = bytearray(packed(one_1_1(PUPILS), zipfile.ZIP_STORED))
    at = content.find(b"GivenS1")
    content[at] ^= 1
    (tmp_path / "bundle.zip").write_bytes(content)
    outcome = read_here(Upload.of(tmp_path / "bundle.zip"), {}, {}, {}, tmp_path)
    assert codes(outcome) == ["TL-READ-005"]


def test_cells_shifted_by_a_stray_comma_show_nobodys_name(tmp_path: Path) -> None:
    shifted = user_11("S3", "E", "student", "01").replace("GivenS3", "Given,S3")
    moved = user_11("S4", "E", "student", "canary-grade")
    outcome = read(tmp_path, one_1_1(PUPILS + shifted + moved))
    assert outcome.accepted == 4
    assert counts(outcome)["oak-street-school", "UG"] == 2
    assert not any(word in repr(outcome) for word in ("FamilyS3", "canary", "Given"))


def test_many_classes_do_not_make_a_pupil_more(tmp_path: Path) -> None:
    classes = "".join(f"N{n},,,C{n},E,S1,student,false,,\n" for n in range(500))
    outcome = read(tmp_path, one_1_1(PUPILS, classes))
    assert counts(outcome)["oak-street-school", "1"] == Decimal(1)
