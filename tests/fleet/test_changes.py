"""What changed between two snapshots adds up, and equals a comparison device by device."""

from random import Random
from typing import Any

import duckdb
import pytest

from throughline.fleet.changes import CAME, CHANGED, COMPARED, LEFT, snapshot_changes

MDM, REGISTER = "google_chromeos", "snipe_it"


def book(serial: str, **more: Any) -> dict[str, Any]:
    return {"serial": serial, "model_raw": "HP 11 G9", "place": "/Lincoln/Students"} | more


def test_devices_come_leave_and_change_and_units_add_up(fleet) -> None:
    fleet.load(MDM, [book("A1"), book("A2"), book("A3", condition="good"), book("A4")])
    old = fleet.snapshot
    fleet.load(
        MDM, [book("A1"), book("A3", condition="poor", place="/Roosevelt"), book("A4", status="missing"), book("B1")]
    )
    found = snapshot_changes(old, fleet.snapshot)
    assert (found.units_before, found.units_after) == (4, 3)
    assert [(m.status, m.rows, m.units) for m in found.came] == [("in_use", 1, 1)]
    assert sorted((m.status, m.rows, m.units) for m in found.left) == [("missing", 1, 1), ("retired", 1, 1)]
    assert (found.changed, dict(found.attributes)) == (1, {"condition": 1, "place": 1, "role": 1, "site": 1})
    sample = {(c.kind, c.key, c.attribute): (c.before, c.after) for c in found.sample}
    assert sample[CAME, "serial:B1", "status"] == ("", "in_use")
    assert sample[LEFT, "serial:A2", "status"] == ("in_use", "retired")
    assert sample[CHANGED, "serial:A3", "site"] == ("lincoln", "roosevelt")
    assert sample[CHANGED, "serial:A3", "condition"] == ("good", "poor")


def test_a_snapshot_does_not_differ_from_itself_nor_by_who_last_saw_a_device(fleet) -> None:
    fleet.load(MDM, [book("A1"), book("A2")])
    old = fleet.snapshot
    fleet.load(MDM, [book("A1"), book("A2")], file_digest="other file")
    found = snapshot_changes(old, fleet.snapshot)
    assert (found.came, found.left, found.changed, found.attributes, found.sample) == ((), (), 0, (), ())


def test_the_sample_is_capped_and_the_counts_are_not(fleet) -> None:
    fleet.load(MDM, [book(f"A{n:03}") for n in range(40)])
    old = fleet.snapshot
    fleet.load(MDM, [book(f"A{n:03}", place="/Roosevelt") for n in range(40)])
    found = snapshot_changes(old, fleet.snapshot, most=5)
    assert found.changed == 40
    assert [c.key for c in found.sample if c.attribute == "site"] == [f"serial:A{n:03}" for n in range(5)]


@pytest.mark.parametrize("seed", range(3))
def test_the_comparison_equals_one_made_device_by_device(fleet, seed: int) -> None:
    draw = Random(seed)

    def some() -> list[dict[str, Any]]:
        return [
            book(
                f"S{n}",
                status=draw.choice(["in_use", "stored", "missing"]),
                place=draw.choice(["/Lincoln/Students", "/Roosevelt"]),
                price_cents=draw.choice([None, 100]),
            )
            for n in draw.sample(range(60), 40)
        ] + [{"asset_tag": "cart", "quantity": draw.randrange(1, 30), "place": "/Roosevelt", "model_raw": "Dell 3110"}]

    fleet.load(MDM, some())
    fleet.load(REGISTER, some())
    old = fleet.snapshot
    fleet.load(MDM, some())
    found = snapshot_changes(old, fleet.snapshot)
    before, after = devices(old), devices(fleet.snapshot)
    came = [d for d in after if after[d]["alive"] and not before.get(d, {}).get("alive")]
    left = [d for d in before if before[d]["alive"] and not after.get(d, {}).get("alive")]
    both = [d for d in before if before[d]["alive"] and after.get(d, {}).get("alive")]
    assert sum(m.rows for m in found.came) == len(came)
    assert sum(m.rows for m in found.left) == len(left)
    expected = {n: sum(before[d][n] != after[d][n] for d in both) for n in COMPARED}
    assert dict(found.attributes) == {n: count for n, count in expected.items() if count}
    assert found.changed == sum(any(before[d][n] != after[d][n] for n in COMPARED) for d in both)
    more = sum(after[d]["quantity"] - before[d]["quantity"] for d in both)
    moved = sum(m.units for m in found.came) - sum(m.units for m in found.left)
    assert found.units_after == found.units_before + moved + more


def devices(snapshot: Any) -> dict[tuple[str, int], dict[str, Any]]:
    connection = duckdb.connect()
    read = connection.execute(
        f"select * from read_parquet('{snapshot}') where part in ('sole', 'device') order by key, source"
    )
    names = [column[0] for column in read.description]
    out: dict[tuple[str, int], dict[str, Any]] = {}
    for values in read.fetchall():
        row = dict(zip(names, values, strict=True))
        row["alive"] = row["status"] in ("in_use", "stored", "repair", "on_order") and row["quantity"] > 0
        # devices without serial that share a key: told apart by their order of sources
        out[row["key"], sum(key == row["key"] for key, _ in out)] = row
    connection.close()
    return out
