"""Exports of asset systems in other layouts: columns missing, renamed, moved, added; files that are none of theirs; published examples."""

import csv
import io
import random
from collections import Counter
from pathlib import Path

import pytest

from tests.contracts.repository import SOURCE
from tests.importers.inventories.shown import staged
from throughline.importers.columns import known_spellings
from throughline.importers.detect import importers, matches
from throughline.importers.outcome import Outcome
from throughline.importers.persons import person_kind
from throughline.importers.reading.book import open_book
from throughline.importers.reading.refusal import Refused
from throughline.importers.reading.table import fold
from throughline.importers.reading.upload import Upload
from throughline.importers.run import read_here
from throughline.registry import discover

SYSTEMS = ("intune", "jamf_pro", "lansweeper", "netbox", "ralph")
PRODUCTS = {*SYSTEMS, "google_chromeos", "snipe_it", "glpi_agent"}
MAPPER = "generic_inventory"
REGISTRY = discover("throughline.importers", "importer")
SAMPLES = [
    pytest.param(name, path, id=f"{name}/{path.name}")
    for name in SYSTEMS
    for path in sorted(Path(str(REGISTRY.folder(name) / "samples")).glob("*.csv"))
]
CANARY = "quackenbush"


def _rows(sample: Path) -> list[list[str]]:
    book = open_book(Upload.of(sample))
    assert book.text is not None
    text = sample.read_text(encoding="utf-8")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=book.text.separator))


def _read(rows: list[list[str]], folder: Path) -> Outcome:
    path = folder / "export.csv"
    with path.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    outcome = read_here(Upload.of(path), {}, {}, {}, folder)
    assert outcome.lines_read == outcome.accepted + outcome.rejected + outcome.blank
    return outcome


def _telling(name: str, headings: list[str]) -> list[int]:
    """Columns that are read, and every seventh of the others: a reading of each would tell nothing more."""
    spellings = known_spellings(importers()[name].columns)
    return [place for place, heading in enumerate(headings) if fold(heading) in spellings or place % 7 == 0]


def _content(outcome: Outcome) -> list[dict[str, object]]:
    return [{name: value for name, value in row.items() if name != "source_row"} for row in staged(outcome)]


@pytest.mark.parametrize(("name", "sample"), SAMPLES)
def test_a_file_without_one_of_its_columns_is_still_its_importers_or_the_mappers(
    name: str, sample: Path, tmp_path: Path
) -> None:
    rows = _rows(sample)
    for missing in _telling(name, rows[0]):
        outcome = _read([row[:missing] + row[missing + 1 :] for row in rows], tmp_path)
        assert outcome.importer in {name, MAPPER} or {q.id for q in outcome.questions} == {"importer"}, rows[0][missing]


@pytest.mark.parametrize(("name", "sample"), SAMPLES)
def test_a_renamed_column_is_named_as_unread_or_asked_about(name: str, sample: Path, tmp_path: Path) -> None:
    rows = _rows(sample)
    for place in _telling(name, rows[0]):
        heading = rows[0][place]
        if person_kind(heading):
            continue
        renamed = [[*rows[0][:place], "Zusatzfeld", *rows[0][place + 1 :]], *rows[1:]]
        outcome = _read(renamed, tmp_path)
        if outcome.importer == name:
            assert "Zusatzfeld" in outcome.ignored_columns
        else:
            assert outcome.importer == MAPPER or {q.id for q in outcome.questions} == {"importer"}, heading


@pytest.mark.parametrize(("name", "sample"), SAMPLES)
def test_the_order_of_columns_and_columns_nobody_knows_change_nothing(name: str, sample: Path, tmp_path: Path) -> None:
    rows = _rows(sample)
    order = list(range(len(rows[0])))
    random.Random(7).shuffle(order)
    (tmp_path / "plain").mkdir()
    plain = _read(rows, tmp_path / "plain")
    moved = [[row[place] for place in order] + [f"{number}x"] for number, row in enumerate(rows)]
    moved[0][-1] = "Site Code 7"
    shuffled = _read(moved, tmp_path)
    assert plain.importer == shuffled.importer == name
    assert _content(shuffled) == _content(plain)
    assert "Site Code 7" in shuffled.ignored_columns


@pytest.mark.parametrize(("name", "sample"), SAMPLES)
def test_headings_in_another_language_go_to_the_mapper(name: str, sample: Path, tmp_path: Path) -> None:
    rows = _rows(sample)
    translated = [f"Spalte {number}" for number in range(len(rows[0]))]
    words = {"serial": "Seriennummer", "model_raw": "Modell", "model": "Modell", "place": "Standort"}
    for column in importers()[name].columns:
        for place, heading in enumerate(rows[0]):
            if column.name in words and fold(heading) in column.folded:
                translated[place] = words[column.name]
    outcome = _read([translated, *rows[1:]], tmp_path)
    assert outcome.importer in {"", MAPPER}
    assert outcome.questions


@pytest.mark.parametrize(("name", "sample"), SAMPLES)
def test_no_name_of_a_person_leaves_the_reading(name: str, sample: Path, tmp_path: Path) -> None:
    outcome = read_here(Upload.of(sample), {}, {}, {}, tmp_path)
    left = repr(outcome).casefold().encode() + b"".join(
        p.read_bytes().lower() for p in tmp_path.rglob("*") if p.is_file()
    )
    assert CANARY.encode() not in left


FOREIGN = (
    # A directory's list of computers, a licence list, a ticket list, a web shop's order list, a console's user list.
    "Name,Operating System,Last Logon,Description\nPC1,Windows 11,2026-01-01,x\n",
    "Item name,serial number,Category,manufacturer,purchase date,seats\nReader,K-1,Software,X,2026-01-05,50\n",
    "Ticket,Serial Number,Status,Created,Closed,Room\n1,5CG1,Closed,2026-01-01,2026-01-02,B1\n",
    "PO Number,Item,Qty,Unit Price,Serial Number\nP1,Chromebook,2,349.00,\n",
    "userPrincipalName,displayName,accountEnabled,department\na@example.org,A,True,Art\n",
    "id,server_room,name\n,1,Rack\n",
    "Name,Slug,Status,Region,Tenant,Facility\nNorth,north,active,US,District,\n",
    "Name,Status,Site,Location,Facility ID,Tenant,Role,Type,Height\nR1,Active,North,MDF,,District,,Cabinet,42U\n",
    "Serial Number,Device Type,Username,Full Name,Building,PO Date,Vendor\nC02X,Computer,a,A,North,2026-01-01,Apple\n",
)


@pytest.mark.parametrize("text", FOREIGN)
def test_a_list_that_is_none_of_these_is_claimed_by_none_of_these(text: str, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    claims = matches(open_book(Upload.of(path)), importers())
    assert not [claim.importer.id for claim in claims if claim.importer.id in PRODUCTS]


REFUSED = {
    "intune": "Device name,OS,Ownership,Last check-in,Primary user UPN\nA,Windows,Company,2026-01-01,a\n",
    "jamf_pro": "Computer Name,JSS Computer ID,Last Inventory Update\nA,1,2026-01-01\n",
    "lansweeper": "AssetName,AssetTypename,Lastseen,Lasttried\nA,Windows,2026-01-01,2026-01-01\n",
    "netbox": "Name,Status,Site,Rack,Serial number\nA,Active,North,R1,S1\n",
    "ralph": "id,barcode,service_env,warehouse\n1,000001,IT|prod,1\n",
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_said_to_be_theirs_that_lacks_its_key_is_refused_by_name_of_the_column(
    name: str, tmp_path: Path
) -> None:
    path = tmp_path / "export.csv"
    path.write_text(REFUSED[name], encoding="utf-8")
    outcome = read_here(Upload.of(path), {}, {}, {"importer": name}, tmp_path)
    assert outcome.is_refused
    assert [item.code for item in outcome.findings if item.code == "TL-IMP-010"]


@pytest.mark.needs_shared_data
def test_the_published_dump_of_netbox_gives_its_devices_and_names_the_rest(shared_data: Path, tmp_path: Path) -> None:
    sample = shared_data / "inventory" / "netbox" / "netbox-demo-v3.6_assets.json"
    outcome = read_here(Upload.of(sample), {}, {}, {}, tmp_path)
    rows = staged(outcome)
    assert (outcome.importer, outcome.lines_read, outcome.accepted) == ("netbox", 72 + 180 + 42, 72)
    assert len({row["key"] for row in rows}) == 72
    assert {"DM-Akron", "MDF"} <= {row["place"] for row in rows}
    assert Counter(row["os"] for row in rows) == {"": 59, "Cisco IOS": 13}  # the platforms of its devices
    assert {("Cisco", "C9200-48P", "Access Switch"), ("Juniper", "EX9214", "Core Switch")} <= {
        (row["manufacturer"], row["model_raw"], row["category_raw"]) for row in rows
    }


@pytest.mark.needs_shared_data
def test_published_samples_of_ralph_are_assets_or_are_left_alone(shared_data: Path, tmp_path: Path) -> None:
    folder = shared_data / "inventory" / "ralph"
    outcome = read_here(Upload.of(folder / "back_office_assets.csv"), {}, {}, {}, tmp_path)
    assert [(row["serial"], row["model_raw"], row["place"]) for row in staged(outcome)] == [
        ("bo_asset_sn", "Ralph model 1", "Ralph warehouse 1"),
        ("bo_asset_sn2", "Ralph model 1", "Ralph warehouse 1"),
    ]
    for other in sorted(set(folder.glob("*.csv")) - {folder / "back_office_assets.csv"}):
        try:
            claims = matches(open_book(Upload.of(other)), importers())
        except Refused:
            continue
        assert not [claim for claim in claims if claim.importer.id == "ralph"], other.name


SYSTEM_NAMES = {
    "intune/device_export.csv": {"Windows 10": 2, "Windows 11": 1, "iPadOS 18": 1, "macOS 14": 1},
    "intune/devices_report.csv": {"Windows 11": 1, "macOS 15": 1},
    "jamf_pro/computers.csv": {"macOS 12": 1, "macOS 14": 1, "macOS 15": 1},
    "jamf_pro/mobile_devices.csv": {"iPadOS 15": 1, "iPadOS 18": 1, "tvOS 18": 1},
}


@pytest.mark.parametrize("sample", SYSTEM_NAMES)
def test_operating_systems_are_named_as_the_catalog_of_support_ends_names_them(sample: str, tmp_path: Path) -> None:
    name, _, file = sample.partition("/")
    outcome = read_here(Upload.of(Path(str(REGISTRY.folder(name) / "samples" / file))), {}, {}, {}, tmp_path)
    (note,) = [item for item in outcome.findings if item.code == "TL-IMP-043"]
    listed = dict(part.rsplit(" (", 1) for part in str(note.arguments["systems"]).split(", "))
    assert {system: int(count.rstrip(")")) for system, count in listed.items()} == SYSTEM_NAMES[sample]
    catalog = (SOURCE / "packs" / "catalogs" / "support_ends" / "models.csv").read_text(encoding="utf-8")
    for system in listed.keys() - {"tvOS 18"}:  # the catalog has no list of Apple TV
        assert f" {system}" in catalog
