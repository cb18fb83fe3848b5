"""The seven published examples of the GLPI project's inventory format (MIT), and texts that are none of the agent's."""

import json
from pathlib import Path

import pytest

from tests.importers.inventories.shown import staged
from throughline.importers.codec import outcome_to_json
from throughline.importers.detect import importers, matches
from throughline.importers.glpi_agent.devices import HEADINGS, _devices
from throughline.importers.intake import read
from throughline.importers.reading.book import open_book
from throughline.importers.reading.upload import Upload
from throughline.importers.run import read_here

EXAMPLES = {
    "computer_1": ("640HP72", "XPS 13 9350", "Laptop"),
    "computer_2": ("2FAGP34", "XPS 13 9350", "Laptop"),
    "networkequipment_3": ("CN5BFP62CP", "2530-48G", "Network device"),
    "networkequipment_5": ("R3843D1000001", "DGS-3420-52T", "Network device"),
    "phone_1": ("af8d8fcfa6fa4794", "Mi 9T Pro", "Phone"),
    "printer_1": ("PHCVN191TG", "HP LaserJet M507", "Printer"),
    "printer_2": ("SDFSDF9874", "Canon MX 5970", "Printer"),
}


@pytest.mark.needs_shared_data
@pytest.mark.parametrize("name", EXAMPLES)
def test_a_published_example_is_one_device(name: str, shared_data: Path, tmp_path: Path) -> None:
    upload = Upload.of(shared_data / "inventory" / "glpi_agent_json" / f"{name}.json")
    outcome = read_here(upload, {}, {}, {}, tmp_path)
    (row,) = staged(outcome)
    assert outcome.importer == "glpi_agent"
    assert (row["model_raw"], row["category_raw"]) == EXAMPLES[name][1:]
    assert row["serial"] == EXAMPLES[name][0]


SYSTEMS = {
    "computer_1": ("Fedora 31 (Workstation Edition)", "31 (Workstation Edition)"),
    "phone_1": ("Q Android 10.0 api 29", "29"),
}


@pytest.mark.needs_shared_data
@pytest.mark.parametrize("name", EXAMPLES)
def test_an_operating_system_is_kept_where_the_agent_names_one(name: str, shared_data: Path, tmp_path: Path) -> None:
    upload = Upload.of(shared_data / "inventory" / "glpi_agent_json" / f"{name}.json")
    (row,) = staged(read_here(upload, {}, {}, {}, tmp_path))
    assert (row["os"], row["os_version"]) == SYSTEMS.get(name, ("", ""))


def test_windows_is_kept_with_its_build_others_with_their_version() -> None:
    windows = {"full_name": "Microsoft Windows 10 Pro", "kernel_version": "10.0.19045", "version": "22H2"}
    linux = {"full_name": "Ubuntu 22.04.3 LTS", "kernel_version": "5.15.0-91-generic", "version": "22.04.3 LTS"}
    found = []
    for system in (windows, linux):
        text = {"deviceid": "x", "content": {"bios": {"ssn": "A1"}, "operatingsystem": system}}
        (row,) = _devices(text)
        found.append((row[HEADINGS.index("operatingsystem")], row[HEADINGS.index("operatingsystem.version")]))
    assert found == [("Microsoft Windows 10 Pro", "10.0.19045"), ("Ubuntu 22.04.3 LTS", "22.04.3 LTS")]


@pytest.mark.needs_shared_data
def test_who_is_logged_on_leaves_the_reading_by_count_only(shared_data: Path, tmp_path: Path) -> None:
    outcome = read(Upload.of(shared_data / "inventory" / "glpi_agent_json" / "computer_1.json"), into=tmp_path)
    everything = json.dumps(outcome_to_json(outcome)).encode() + b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert {item.column: item.filled for item in outcome.dropped_columns}["users login"] == 1
    assert b"trasher" not in everything
    assert b"glpixps" not in everything


@pytest.mark.parametrize(
    "text",
    [
        '{"deviceid": "x", "action": "inventory", "content": {}}',
        '{"deviceid": "x", "action": "getjobs", "content": {"bios": {}}}',
        '{"action": "inventory", "content": {"bios": {}}}',
        '[{"model": "dcim.device", "pk": 1, "fields": {}}]',
    ],
)
def test_other_json_is_not_taken_for_an_inventory(text: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text(text, encoding="utf-8")
    assert not [
        claim for claim in matches(open_book(Upload.of(path)), importers()) if claim.importer.id == "glpi_agent"
    ]


def test_members_of_other_types_than_expected_are_absent_not_a_fault(tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    content = {"bios": [], "hardware": 7, "network_device": "x", "accesslog": None, "users": {}, "softwares": "many"}
    device = {"deviceid": 1, "itemtype": ["Computer"], "content": content | {"network_components": [1, None]}}
    path.write_text(json.dumps([device]), encoding="utf-8")
    outcome = read_here(Upload.of(path), {}, {}, {}, tmp_path)
    assert (outcome.lines_read, outcome.accepted) == (1, 1)
    assert [(row["serial"], row["category_raw"]) for row in staged(outcome)] == [("", "Computer")]
