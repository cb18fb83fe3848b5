from pathlib import Path

import pytest

from throughline.importers.generic_inventory.columns import COLUMNS
from throughline.importers.generic_inventory.profiles import Profile, profile_of, profiles
from throughline.importers.reading.table import fold
from throughline.importers.reading.upload import Upload
from throughline.importers.run import read_here

HEADINGS = "AssetTag,SerialNumber,ModelName,StatusName,LocationName,PurchasedDate"


@pytest.mark.parametrize("profile", [pytest.param(profile, id=profile.id) for profile in profiles()])
def test_a_profile_names_fields_the_mapper_has_and_headings_that_tell_it(profile: Profile) -> None:
    assert set(profile.columns.values()) <= {column.name for column in COLUMNS}
    assert 2 <= profile.least <= len(profile.telling)
    assert profile.title


def test_a_profile_needs_enough_of_its_headings() -> None:
    assert profile_of(HEADINGS.split(",")) is not None
    assert profile_of(["Asset Tag", "Serial Number", "Model Name", "Location Name", "Purchase Date"]) is None


def test_what_a_person_answers_wins_over_a_profile(tmp_path: Path) -> None:
    path = tmp_path / "assets.csv"
    path.write_text(f"{HEADINGS}\n1,S1,Chromebook X,Storage,North,2024-01-05\n", encoding="utf-8")
    answers = {f"column:{fold('PurchasedDate')}": "-"}
    told = read_here(Upload.of(path), {}, answers, {}, tmp_path)
    plain = read_here(Upload.of(path), {}, {}, {}, tmp_path)
    assert dict(plain.mapping)["PurchasedDate"] == "purchase_date"
    assert "PurchasedDate" in told.ignored_columns
    assert "TL-IMP-048" in {item.code for item in plain.findings}


def test_two_headings_for_one_field_leave_the_second_unread(tmp_path: Path) -> None:
    profile = profile_of([*HEADINGS.split(","), "AssetTypeName", "CategoryName"])
    assert profile is not None
    chosen = profile.chosen(["AssetTypeName", "CategoryName", "SerialNumber"])
    assert chosen == {"serialnumber": "serial", "categoryname": "category_raw"}
