"""Releases of operating systems, told from what inventories print; the dates against the published list."""

import csv
from datetime import date
from pathlib import Path

import pytest

from throughline.engine.rulebook.book import Rulebook
from throughline.packs.os_names import os_release, spoken

AUTUMN = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("name", "version", "release"),
    [
        ("Windows", "10.0.19045.5608", "windows-10-22h2"),
        ("Microsoft Windows 10 Professionnel", "22H2", "windows-10-22h2"),
        ("Win 10", "22H2", "windows-10-22h2"),
        ("Windows 10 Education", "", "windows-10"),
        ("Windows 10 Enterprise LTSC", "10.0.19044", "windows-10-21h2-e-lts"),
        ("Windows 10 IoT Enterprise LTSC 2021", "", "windows-10-21h2-iot-lts"),
        ("Windows 11 Education", "10.0.22631.4", "windows-11-23h2-e"),
        ("Windows 11 Pro Education", "10.0.22631.4", "windows-11-23h2-w"),
        ("Windows 10 Pro", "10.0.22631.4", "windows-11-23h2-w"),  # the build is right, the name is often not
        ("Microsoft® Windows Server® 2016 Datacenter", "10.0.14393", "windows-server-2016"),
        ("Windows Server 2012 R2 Standard", "", "windows-server-2012-r2"),
        ("Windows Server 2012 Standard", "", "windows-server-2012"),
        ("Win 2019", "", "windows-server-2019"),
        ("macOS", "14.5", "macos-14"),
        ("macOS 10.15.7 (19H2)", "", "macos-10-15"),
        ("Mac OS X 10.9.5", "", "macos-10-9"),
        ("iPadOS", "17.6.1", "ipados-17"),
        ("iOS", "18.2", "ios-18"),
        ("Q Android 10.0 api 29", "29", "android-10"),
        ("Ubuntu Linux 18.04", "", "ubuntu-18-04"),
        ("Cisco IOS-XE Software, Version 17.09.04a", "", "cisco-ios-xe-17-9"),
        ("FortiOS", "v7.4.3,build2573", "fortios-7-4"),
        ("ChromeOS", "120.0.6099.272", "chromeos"),
        ("VMware ESXi", "8.0.2 build-22380479", "vmware-esxi-8-0"),
    ],
)
def test_names_and_builds_tell_the_release(name: str, version: str, release: str) -> None:
    assert os_release(name, version) == release


@pytest.mark.parametrize(
    ("name", "version"),
    [
        ("Windows", "10.0.22631.4"),  # 23H2 ends on two days; which one, the edition says
        ("Windows 11", ""),
        ("Windows 10 Enterprise LTSC", ""),  # long-term, of which release?
        ("Windows 10 Pro", "10.0.29999"),  # a build that no list knows is not the end of Windows 10
        ("macOS", "140"),
        ("iOS", ""),
        ("Cisco IOS", "15.2"),
        ("Fedora 31 (Workstation Edition)", "31"),
        ("Android 13 of 2024-10-01", ""),  # 13 or 10
        ("", "10.0.19045"),
        ("something", "22H2"),
    ],
)
def test_what_is_not_told_stays_unknown(name: str, version: str) -> None:
    assert os_release(name, version) == ""


def test_numbers_are_read_with_their_points_and_without_leading_zeros() -> None:
    assert spoken("Version 17.09.04a, v7.4 (IOS-XE)") == ("version", "17.9.4a", "7.4", "ios", "xe")


def test_every_release_has_its_end_in_the_lists_and_windows_10_ended_in_october_2025(book: Rulebook) -> None:
    assert [name for name in book.os_releases if name not in book.support_ends] == ["chromeos"]
    assert [name for name, release in book.os_releases.items() if release.with_model] == ["chromeos"]
    assert {row.end for name in ("windows-10", "windows-10-22h2") for row in book.support_ends[name]} == {
        date(2025, 10, 14)
    }
    assert book.os_releases["windows-10-22h2"].extended_end == date(2028, 10, 10)
    assert book.os_releases["windows-11-24h2-w"].extended_end is None


@pytest.mark.needs_shared_data
def test_every_build_the_published_list_prints_for_windows_leads_back_to_its_release(shared_data: Path) -> None:
    editions = {"": "", "e": "Enterprise", "w": "Pro", "e-lts": "Enterprise LTSC", "iot-lts": "IoT Enterprise LTSC"}
    with (shared_data / "endoflife" / "release_cycles.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["product"] == "windows" and row["cycle"][:2] in ("10", "11")]
    checked = 0
    for row in rows:
        _, _, rest = row["cycle"].partition("-")
        _, _, edition = rest.partition("-")
        if edition in editions:
            name = f"Windows {row['cycle'][:2]} {editions[edition]}".strip()
            assert os_release(name, f"{row['latest']}.1234") == f"windows-{row['cycle']}", row
            checked += 1
    assert checked > 40
