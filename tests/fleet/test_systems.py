"""Operating systems of a snapshot: counted by cohort, kept as a block, split where a release ends its devices."""

from collections import Counter
from datetime import date
from random import Random

import duckdb
import numpy as np
import pytest

from tests.fleet.test_counts import described
from throughline.engine.lifecycle.systems import SystemCounts, release_key, split_by_release, systems_in_use
from throughline.fleet.counts import count_keyed
from throughline.fleet.rows import cohort_rows
from throughline.fleet.store import UnreadableBlockError, save_cohorts
from throughline.fleet.systems import count_systems, load_systems, save_systems, system_pairs

RELEASES = {("Windows", "10.0.19045.1"): "ten", ("Windows", "10.0.19045.2"): "ten", ("macOS", "12.7"): "twelve"}


def release_of(name: str, version: str) -> str:
    return RELEASES.get((name, version), "")


def devices(draw: Random, count: int) -> list[dict[str, object]]:
    systems = [("", ""), ("Windows", "10.0.19045.1"), ("Windows", "10.0.19045.2"), ("macOS", "12.7"), ("Linux", "")]
    rows = []
    for n in range(count):
        os, version = draw.choice(systems)
        rows.append(
            {
                "serial": f"S{n}",
                "model_raw": draw.choice(["HP 11 G9", "Dell 3110"]),
                "place": draw.choice(["/Roosevelt", "Lincoln ES"]),
                "purchase_date": draw.choice([None, date(2024, 2, 1)]),
                "status": draw.choice(["in_use", "in_use", "on_order", "retired"]),
                "os": os,
                "os_version": version,
            }
        )
    return rows


@pytest.fixture(params=[1, 2, 3])
def drawn(request, fleet):
    fleet.load("intune", devices(Random(request.param), 200))
    return fleet


def test_counts_are_those_of_a_scan_and_survive_their_block(drawn) -> None:
    counts = count_systems(drawn.snapshot)
    scan = duckdb.sql(
        f"select cohort, os, os_version, sum(quantity), sum(case when status = 'on_order' then quantity else 0 end) "
        f"from read_parquet('{drawn.snapshot}') where cohort >= 0 and os <> '' group by all order by all"
    ).fetchall()
    assert listed(counts) == [tuple(row) for row in scan]
    again = load_systems(save_systems(counts))
    assert listed(again) == listed(counts)
    assert save_systems(again) == save_systems(counts)
    assert set(system_pairs(drawn.snapshot)) >= set(counts.names)


def listed(counts: SystemCounts) -> list[tuple[object, ...]]:
    named = [counts.names[i] for i in counts.system.tolist()]
    rows = zip(counts.entry.tolist(), named, counts.units.tolist(), counts.on_order.tolist(), strict=True)
    return sorted((entry, *name, units, waiting) for entry, name, units, waiting in rows)


def test_no_choice_leaves_the_counts_as_they_are(drawn) -> None:
    cohorts, counts = count_keyed(drawn.snapshot, "s", 7), count_systems(drawn.snapshot)
    releases = [release_of(*name) for name in counts.names]
    for chosen in ((), ("another",)):
        same = split_by_release(cohorts, counts, releases, chosen)
        assert same is cohorts
        assert release_key(same, 0) == ()


@pytest.mark.parametrize("chosen", [("ten",), ("ten", "twelve")])
def test_every_cohort_of_a_split_has_the_devices_that_its_key_selects(drawn, chosen: tuple[str, ...]) -> None:
    cohorts, counts = count_keyed(drawn.snapshot, "s", 7), count_systems(drawn.snapshot)
    split = split_by_release(cohorts, counts, [release_of(*name) for name in counts.names], chosen)
    assert (split.devices, int(split.on_order.sum())) == (cohorts.devices, int(cohorts.on_order.sum()))
    whole, parts = Counter[tuple[object, ...]](), Counter[tuple[object, ...]]()
    for found, into in ((described(cohorts), whole), (described(split), parts)):
        for *key, units, waiting in found:
            into[(*key, "units")] += units
            into[(*key, "waiting")] += waiting
    assert whole == parts
    for entry, cell in enumerate(split.entry_cell.tolist()):
        state = int(split.state[entry])
        key = [
            ("site", split.sites[split.cell_site[cell]]),
            ("model", split.models[split.state_model[state]]),
            ("purchase_year", str(int(split.state_year[state]) or "unknown")),
            *release_key(split, state),
        ]
        assert cohort_rows(drawn.snapshot, key, 7, release_of=release_of).units == int(split.count[entry]), key
        ordered = cohort_rows(drawn.snapshot, [*key, ("status", "on_order")], 7, release_of=release_of)
        assert ordered.units == int(split.on_order[entry])


def test_use_by_release_adds_up_by_class_and_site_and_names_what_is_not_known(drawn) -> None:
    cohorts, counts = count_keyed(drawn.snapshot, "s", 7), count_systems(drawn.snapshot)
    uses = {
        (use.release, use.name): use for use in systems_in_use(cohorts, counts, [release_of(*n) for n in counts.names])
    }
    assert set(uses) == {("ten", ""), ("twelve", ""), ("", "Linux")}
    for use in uses.values():
        assert use.units == sum(units for _, units in use.by_class) == sum(units for _, units in use.by_site)
    assert sum(use.units for use in uses.values()) == int(counts.units.sum())


def test_an_inventory_without_operating_systems_has_none(fleet) -> None:
    fleet.load("generic", [{"serial": "A1"}])
    assert count_systems(fleet.snapshot).names == ()


def test_an_older_snapshot_without_the_columns_is_read_and_built_upon(fleet, tmp_path) -> None:
    fleet.load("generic", [{"serial": "A1", "model_raw": "HP 11 G9"}, {"serial": "A2", "os": "Windows"}])
    older = tmp_path / "older.parquet"
    duckdb.sql(
        f"copy (select * exclude (os, os_version) from read_parquet('{fleet.snapshot}')) to '{older}' (format parquet)"
    )
    fleet.snapshot = older
    assert count_systems(older).names == ()
    assert cohort_rows(older, [("model", "hp-11-g9")], 7).units == 1
    fleet.load("intune", [{"serial": "A1", "model_raw": "HP 11 G9", "os": "Windows", "os_version": "10.0.19045.1"}])
    assert count_systems(fleet.snapshot).names == (("Windows", "10.0.19045.1"),)


def test_a_damaged_block_is_told_from_one_of_counts(drawn) -> None:
    with pytest.raises(UnreadableBlockError):
        load_systems(save_cohorts(count_keyed(drawn.snapshot, "s", 7)))
    with pytest.raises(UnreadableBlockError):
        load_systems(b"nothing")


@pytest.mark.parametrize("register_first", [True, False])
def test_name_and_version_come_from_one_source_management_first(fleet, register_first: bool) -> None:
    lists = [
        ("snipe_it", {"serial": "A1", "os": "Windows 7", "os_version": "SP1"}),
        ("intune", {"serial": "A1", "os": "Windows", "os_version": ""}),
    ]
    for importer, row in lists if register_first else reversed(lists):
        fleet.load(importer, [row])
    (found,) = duckdb.sql(
        f"select os, os_version from read_parquet('{fleet.snapshot}') where part = 'device'"
    ).fetchall()
    assert found == ("Windows", "")  # the version of the register belongs to a name that management does not say


@pytest.mark.parametrize("seed", range(4))
def test_whatever_lists_say_a_device_runs_what_the_first_that_states_it_says(fleet, seed: int) -> None:
    draw = Random(seed)
    order = ["google_chromeos", "intune", "generic_inventory", "snipe_it"]  # management first, within a kind by name
    said = {
        importer: {
            f"S{n}": (draw.choice(["", "", f"{importer} os"]), draw.choice(["", f"{importer} version"]))
            for n in range(40)
            if draw.random() < 0.7
        }
        for importer in order
    }
    for importer in draw.sample(order, len(order)):
        rows = [{"serial": key, "os": os, "os_version": version} for key, (os, version) in said[importer].items()]
        fleet.load(importer, rows)
    found = duckdb.sql(
        f"select serial, os, os_version from read_parquet('{fleet.snapshot}') where part in ('sole', 'device')"
    ).fetchall()
    assert len(found) == len(set().union(*said.values()))
    for serial, os, version in found:
        stating = [said[importer][serial] for importer in order if said[importer].get(serial, ("", ""))[0]]
        if stating:
            assert (os, version) == stating[0], serial
        else:
            assert os == "", serial


def test_a_source_that_states_none_leaves_it_to_the_next(fleet) -> None:
    fleet.load("intune", [{"serial": "A1"}])
    fleet.load("snipe_it", [{"serial": "A1", "os": "macOS", "os_version": "12.7"}])
    found = count_systems(fleet.snapshot)
    assert found.names == (("macOS", "12.7"),)
    assert np.array_equal(found.units, [1])
