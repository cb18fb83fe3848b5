"""What the packs hold of published lists, against the lists themselves and against what is known of them."""

import csv
import json
from collections import Counter
from html import unescape
from pathlib import Path

import pytest

from throughline.engine.rulebook.book import Rulebook
from throughline.engine.rulebook.catalog import SupportEnd
from throughline.engine.rulebook.support import Standing, disagreement, resolve_support, standing_of

IMAGES, ADMIN, PAGE, CYCLES = "chromeos-recovery-image", "google-admin-console", "google-aue-page", "endoflife-date"


@pytest.fixture(scope="module")
def ends(book: Rulebook) -> dict[str, list[SupportEnd]]:
    found: dict[str, list[SupportEnd]] = {}
    for rows in book.support_ends.values():
        for row in rows:
            found.setdefault(row.origin, []).append(row)
    return found


def test_every_list_is_there_whole(ends: dict[str, list[SupportEnd]]) -> None:
    assert {origin: len(rows) for origin, rows in ends.items()} == {
        IMAGES: 704, ADMIN: 78, PAGE: 265, CYCLES: 1150, "windows-10-as-a-whole": 1
    }  # fmt: skip


def test_an_image_without_a_date_is_unknown_not_endless(ends: dict[str, list[SupportEnd]]) -> None:
    standings = Counter(standing_of(row) for row in ends[IMAGES])
    assert standings == {Standing.DATED: 680, Standing.UNKNOWN: 24}
    assert not any(row.known_none for row in ends[IMAGES])


def test_false_and_true_of_endoflife_are_none_announced_and_ended(book: Rulebook) -> None:
    def standing(model: str) -> Standing:
        return resolve_support(book.support_ends[model], (CYCLES,)).standing

    assert standing("ipad-11") is Standing.NONE_ANNOUNCED
    assert standing("windows-server-2019") is Standing.DATED
    assert standing("samsung-galaxy-tab-galaxy-tab-4-10-1") is Standing.ENDED


@pytest.mark.parametrize(
    ("model", "day"),
    [
        ("windows-server-2019", "2029-01-09"),
        ("windows-server-2022", "2031-10-14"),
        ("rhel-8", "2029-05-31"),
        ("vmware-esxi-8-0", "2027-10-11"),
        ("proxmox-ve-8", "2026-08-31"),
        ("fortios-7-4", "2028-11-11"),
        ("pan-os-11-1", "2027-05-03"),
        ("mssqlserver-15-0", "2030-01-08"),
    ],
)
def test_support_of_software_ends_on_the_published_day(book: Rulebook, model: str, day: str) -> None:
    (row,) = book.support_ends[model]
    assert str(row.end) == day


def test_every_model_has_a_list_that_names_it_and_every_list_a_model(book: Rulebook) -> None:
    assert book.models.keys() == book.support_ends.keys()
    assert {model.asset_class for model in book.models.values()} <= book.asset_classes.keys() | {""}


def test_four_school_models_are_dated_differently_by_lists_of_one_year(book: Rulebook) -> None:
    order = (ADMIN, IMAGES, PAGE, CYCLES)
    found = [disagreement(model, resolve_support(rows, order), 1, 24) for model, rows in book.support_ends.items()]
    clashes = {
        item.arguments["model"]: (item.arguments["chosen_month"], item.arguments["other_month"])
        for item in found
        if item
    }
    assert clashes == {
        "acer-chromebook-511-c736": ("2033-06", "2035-06"),
        "dell-chromebook-3120": ("2033-06", "2035-06"),
        "dell-chromebook-3120-2-in-1": ("2033-06", "2035-06"),
        "lenovo-100e-chromebook-gen-4-intel": ("2033-06", "2035-06"),
    }


def _months(book: Rulebook, origin: str) -> Counter[str]:
    rows = [row for rows in book.support_ends.values() for row in rows if row.origin == origin]
    return Counter(row.end.isoformat()[:7] if row.end else "" for row in rows)


@pytest.mark.needs_shared_data
def test_the_lists_are_those_that_were_published(book: Rulebook, shared_data: Path) -> None:
    folder = shared_data / "chromeos_aue"
    with (folder / "aue_by_model_recovery_images_2026-08.csv").open(encoding="utf-8", newline="") as file:
        assert _months(book, IMAGES) == Counter(row["aue_date"][:7] for row in csv.DictReader(file))
    with (folder / "aue_k12_models_2025-12.csv").open(encoding="utf-8", newline="") as file:
        names = {row["model_as_in_admin_console"]: row["auto_update_expiration"][:7] for row in csv.DictReader(file)}
    assert _months(book, ADMIN) == Counter(names.values())
    page = json.loads((folder / "expiration_2020-01-20.json").read_text(encoding="utf-8"))
    assert _months(book, PAGE) == Counter(entry["expiration"][:7] for entry in page.values())
    printed = {name for model in book.models.values() for name in (model.name, *model.names)}
    assert printed >= names.keys() | {unescape(name) for name in page}
