"""The histories of four New Jersey districts, as the projection takes them."""

import csv
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

SLICE = Path(__file__).parents[2] / "data" / "enrollment" / "nj_slice_2012_2022.csv"
GRADES = ("PK", "K", *map(str, range(1, 13)), "UG")
District = dict[int, dict[str, Decimal | None]]


@pytest.fixture(scope="session")
def new_jersey() -> dict[str, District]:
    districts: dict[str, District] = defaultdict(dict)
    with SLICE.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            districts[row["district"]][int(row["fall_year"])] = {grade: Decimal(row[grade]) for grade in GRADES}
    return dict(districts)


@pytest.fixture(scope="session")
def newark(new_jersey: dict[str, District]) -> District:
    return new_jersey["Newark"]
