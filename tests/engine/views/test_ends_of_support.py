"""Ends of support by year: both sides of a last day and a last month, and what has no date."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.engine.builders import BOOK, Devices, fleet
from throughline.engine.calendar import Horizon, month_index
from throughline.engine.lifecycle.clocks import NO_END
from throughline.engine.lifecycle.systems import SystemUse
from throughline.engine.plan.contracts import Contract
from throughline.engine.views.ends_of_support import Known, SupportLine, ends_by_year, ends_table, support_lines

WINDOWS_10 = date(2025, 10, 14)


def known(as_of: date, rows: list[Devices] | None = None, **more: object) -> Known:
    given = Known(fleet(rows or []), {}, (), (), {}, {}, BOOK.at(as_of), Horizon.of(as_of, 7), as_of)
    return replace(given, **more)  # type: ignore[arg-type]


def use(release: str, name: str = "") -> SystemUse:
    return SystemUse(release, name, 8, (("student-chromebook", 5), ("panel", 3)), (("north", 6), ("south", 2)))


def system(release: str, as_of: date) -> SupportLine:
    (line,) = support_lines(known(as_of, systems=(use(release),), prices={"student-chromebook": 30_000}))
    return line


@pytest.mark.parametrize(("as_of", "when"), [(WINDOWS_10, "FY2026"), (date(2025, 10, 15), "ended")])
def test_a_release_ends_after_its_last_day(as_of: date, when: str) -> None:
    line = system("windows-10-22h2", as_of)
    assert (line.name, line.end, line.when, line.units, line.sites) == ("Windows 10 22H2", "2025-10-14", when, 8, 2)
    assert line.cents == 5 * 30_000  # panels have no price here
    assert (line.stated_by, line.as_of) == ("endoflife-date", "2026-08-22")


@pytest.mark.parametrize(
    ("release", "when"),
    [
        ("windows-server-2016", "FY2027"),  # 2027-01-12
        ("windows-server-2019", "FY2029"),  # 2029-01-09
        ("windows-server-2022", "FY2032"),  # 2031-10-14
        ("windows-server-2025", "later"),  # 2034-11-14
        ("fortios-7-4", "FY2029"),  # 2028-11-11
        ("macos-15", "no_end"),
        ("chromeos", "with_model"),
        ("android-4-3", "ended"),  # on a day not stated
    ],
)
def test_a_release_stands_in_the_fiscal_year_of_its_end(release: str, when: str) -> None:
    assert system(release, date(2026, 11, 16)).when == when


def test_what_the_catalog_cannot_tell_is_not_known() -> None:
    (line,) = support_lines(known(date(2026, 11, 16), systems=(use("", "Windows"),)))
    assert (line.name, line.when, line.end) == ("Windows", "unknown", "")


@pytest.mark.parametrize(("as_of", "when"), [(date(2026, 6, 30), "FY2026"), (date(2026, 7, 1), "ended")])
def test_a_model_is_supported_through_its_last_month(as_of: date, when: str) -> None:
    rows = [Devices("panel", "north", 4, support=month_index(date(2026, 6, 1))), Devices("panel", "south", 3)]
    lines = support_lines(known(as_of, rows, prices={"panel": 200_000}))
    assert [(line.when, line.end, line.units, line.cents, line.stated_by) for line in lines] == [
        (when, "2026-06", 4, 800_000, "the inventory"),
        ("unknown", "", 3, 600_000, ""),
    ]


def test_a_model_without_an_end_is_told_from_one_nobody_knows() -> None:
    rows = [Devices("panel", "north", 4, model="made-up"), Devices("panel", "north", 2, model="other")]
    lines = support_lines(known(date(2026, 11, 16), rows, support={"made-up": NO_END}))
    assert sorted((line.when, line.units) for line in lines) == [("no_end", 4), ("unknown", 2)]


def test_a_contract_ends_after_its_term_and_says_whether_it_goes_on() -> None:
    contracts = (
        Contract("a", "Filter", end=date(2027, 6, 30)),
        Contract("b", "Loan", end=date(2026, 6, 30), renews=False),
    )
    lines = support_lines(known(date(2026, 11, 16), contracts=contracts, a_year={"a": 40_000}))
    found = [(line.name, line.when, line.cents, line.renews) for line in lines]
    assert found == [("Loan", "ended", None, False), ("Filter", "FY2027", 40_000, True)]


def test_tables_count_every_device_once_a_kind_and_list_what_ends_in_time() -> None:
    as_of = date(2026, 11, 16)
    rows = [Devices("panel", "north", 4, support=month_index(date(2029, 6, 1))), Devices("panel", "south", 3)]
    systems = (use("windows-10-22h2"), use("windows-server-2025"), use("chromeos"))
    lines = support_lines(
        known(as_of, rows, systems=systems, contracts=(Contract("a", "Filter", end=date(2027, 6, 30)),))
    )
    table = ends_by_year(lines, ("FY2027", "FY2028", "FY2029"))
    assert [column.key for column in table.columns] == [
        "kind", "ended", "FY2027", "FY2028", "FY2029", "later", "with_model", "unknown",
    ]  # fmt: skip
    assert [row.values for row in table.rows] == [
        ("Device models", 0, 0, 0, 4, 0, 0, 3),
        ("Operating systems", 8, 0, 0, 0, 8, 8, 0),
        ("Contracts", 0, 1, 0, 0, 0, 0, 0),
    ]
    assert [row.values[0] for row in ends_table(lines).rows] == ["Windows 10 22H2", "Filter", "Model not known"]


@pytest.mark.needs_shared_data
def test_every_release_in_use_has_the_day_of_the_published_list(shared_data: Path) -> None:
    import csv

    with (shared_data / "endoflife" / "release_cycles.csv").open(encoding="utf-8", newline="") as file:
        days = {f"{row['product']}-{row['cycle']}".replace(".", "-"): row["eol"] for row in csv.DictReader(file)}
    as_of = date(2026, 11, 16)
    own = [name for name in BOOK.os_releases if name not in ("chromeos", "windows-10")]
    for release in own:
        line, day = system(release, as_of), days[release]
        assert line.end == (day if day[:1] == "1" or day[:1] == "2" else ""), release
        over = day == "true" or (line.end != "" and line.end < as_of.isoformat())
        assert (line.when == "ended") == over, release
