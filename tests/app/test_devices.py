"""The device list of the sample district: labels, clocks and counts agree with the run; the index takes care of itself."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from tests.app.folders import DAY, fresh, larkhollow
from throughline.app.devices import (
    build_device_index,
    device_detail,
    device_index,
    device_list,
    device_table,
    prune_device_indexes,
)
from throughline.app.run_plan import load_fleet, support_months
from throughline.engine.lifecycle.clocks import CLOCK_NAMES
from throughline.engine.refs import UNASSIGNED
from throughline.fleet.index.devices import DeviceIndex
from throughline.fleet.index.filters import FACETS, Filters, Order

FLEET = Filters(in_fleet=True)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("indexes")


@pytest.fixture(scope="module")
def index(folder: Path) -> DeviceIndex:
    opened, result = larkhollow()
    found = device_index(opened, folder, result.inputs.as_of)
    assert found is not None
    return found


def test_the_list_holds_every_device_of_the_snapshot_and_the_fleet_is_the_one_the_plan_counts(
    index: DeviceIndex,
) -> None:
    opened, result = larkhollow()
    assert opened.plan.snapshot is not None
    assert index.count().units == opened.plan.snapshot.rows
    assert index.count(FLEET).units == result.fleet.devices == load_fleet(opened).devices
    for name in FACETS[:-1]:
        assert sum(value.units for value in index.facets(FLEET, [name])[name]) == result.fleet.devices


def test_devices_past_support_are_those_of_the_run(index: DeviceIndex) -> None:
    _, result = larkhollow()
    classes = tuple({row.policy.asset_class.id for row in result.fleet.rows})
    of = {
        name: index.count(Filters(in_fleet=True, asset_class=classes, support=(name,))).units
        for name in ("past", "unknown")
    }
    assert of["past"] == sum(row.past_support for row in result.fleet.rows)
    assert of["unknown"] == sum(row.unknown_support for row in result.fleet.rows)


def test_the_clock_and_year_of_each_device_are_those_the_run_replaces_it_by(index: DeviceIndex) -> None:
    opened, result = larkhollow()
    listed = device_list(opened, index, FLEET, Order(), limit=index.devices)
    first = result.horizon.labels[0]
    seen: Counter[tuple[str, str, str]] = Counter()
    for line in listed.lines:
        if line.due.fiscal_year:
            seen[line.due.standard, line.due.clock, max(line.due.fiscal_year, first)] += line.device.quantity
    compared = 0
    for row in result.fleet.rows:
        if not row.policy.renews:
            continue
        for clock, name in CLOCK_NAMES.items():
            if name == "none":
                continue
            for year, label in enumerate(result.horizon.labels):
                assert seen[row.policy.id, name, label] == row.by_clock[clock, year], (row.policy.id, name, label)
                compared += int(row.by_clock[clock, year])
    assert compared > 1000


def test_lines_speak_in_names_and_say_who_states_the_end_of_support(index: DeviceIndex) -> None:
    opened, result = larkhollow()
    sites = {site.id: site.name for site in opened.plan.sites} | {str(UNASSIGNED): "Unassigned"}
    listed = device_list(opened, index, FLEET, Order("site"), limit=300)
    assert [line.site for line in listed.lines] == [sites[line.device.site] for line in listed.lines]
    assert [line.site.casefold() for line in listed.lines] == sorted(line.site.casefold() for line in listed.lines)
    months, _ = support_months(result.inputs.rulebook, load_fleet(opened), result.inputs.as_of)
    for line in listed.lines:
        d = line.device
        stated = d.support_end is not None
        assert (line.support_from == "inventory") == stated
        if line.support_from == "catalog":
            assert line.support_end == f"{months[d.model] // 12}-{months[d.model] % 12 + 1:02}"
        if stated:
            assert line.support_end == d.support_end.isoformat()[:7]
    table = device_table(listed)
    assert len(table.rows) == 300
    assert [row.key for row in table.rows] == [line.device.key for line in listed.lines]
    assert table.column("site") == tuple(line.site for line in listed.lines)


def test_one_device_names_the_file_and_row_of_what_is_known_about_it(index: DeviceIndex) -> None:
    opened, _ = larkhollow()
    several = next(d for d in index.page(FLEET, limit=index.devices).devices if d.part == "device" and d.serial)
    detail = device_detail(opened, index, several.key)
    assert detail is not None
    assert {item.file for item in detail.said} == {"chromebooks.csv", "assets.csv"}
    assert all(name in {"chromebooks.csv", "assets.csv"} and o.source_row > 1 for o, name in detail.origins)
    groups = {origin.group: name for origin, name in detail.origins}
    assert groups["money"] == "assets.csv"
    assert device_detail(opened, index, "serial:NO-SUCH") is None


def test_callers_share_one_open_index_and_another_day_reads_it_anew(index: DeviceIndex, folder: Path) -> None:
    opened, result = larkhollow()
    assert device_index(opened, folder, result.inputs.as_of) is index
    other = device_index(opened, folder, date(2031, 1, 1))
    assert other is not None
    assert other.file is index.file
    assert other.count(Filters(support=("past",))).rows > index.count(Filters(support=("past",))).rows


def test_a_damaged_index_is_built_again(tmp_path: Path) -> None:
    opened, result = larkhollow()
    built = build_device_index(opened, tmp_path)
    assert built is not None
    whole = built.read_bytes()
    built.write_bytes(b"not what was written")
    found = device_index(opened, tmp_path, result.inputs.as_of)
    assert found is not None
    assert built.read_bytes() == whole
    assert prune_device_indexes(tmp_path, [opened.plan]) == ()
    assert prune_device_indexes(tmp_path, []) == (built.name,)


def test_a_plan_without_inventory_has_no_list(tmp_path: Path) -> None:
    opened = fresh(tmp_path / "plan")
    assert device_index(opened, tmp_path, DAY) is None
    assert build_device_index(opened, tmp_path) is None
