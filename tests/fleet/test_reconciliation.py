import random
from datetime import date, timedelta

import pytest

from throughline.engine.reconcile.match import Known, reconcile
from throughline.fleet.database import database
from throughline.fleet.reconciliation import count_differences, reconcile_snapshot

AS_OF = date(2026, 1, 15)
SITES = {"/Lincoln/Students": "lincoln", "/Roosevelt": "roosevelt", "elsewhere": "UNASSIGNED"}
MODELS = {"HP 11 G9": ("hp-11-g9", "chromebook"), "EdgeBoard 75": ("edgeboard-75", "panel"), "Mystery": ("", "")}


def a_list(draw: random.Random, serials: range) -> list[dict[str, object]]:
    return [
        {
            "serial": f"S{number}",
            "place": draw.choice(list(SITES)),
            "model_raw": draw.choice(list(MODELS)),
            "status": draw.choice(["in_use", "stored", "retired", "missing"]),
            "last_seen": draw.choice([None, AS_OF - timedelta(days=draw.randrange(400))]),
            "support_end": draw.choice([None, date(2027, 6, 1), date(2028, 6, 30)]),
        }
        for number in serials
    ]


def as_known(rows: list[dict[str, object]]) -> dict[str, Known]:
    found = {}
    for row in rows:
        model, asset_class = MODELS[str(row["model_raw"])]
        end = row["support_end"]
        month = end.year * 12 + end.month - 1 if isinstance(end, date) else None
        alive = row["status"] in {"in_use", "stored"}
        found[f"serial:{row['serial']}"] = Known(
            SITES[str(row["place"])], model, asset_class, alive, month, row["last_seen"]
        )
    return found


def by_name(fleet) -> dict[str, int]:
    found: dict[str, int] = {}
    with database() as connection:
        for name, _, units in count_differences(connection, fleet.snapshot, AS_OF, 180):
            found[name] = found.get(name, 0) + units
    return found


@pytest.mark.parametrize("seed", range(4))
def test_the_comparison_by_sql_equals_the_rule(fleet, seed: int) -> None:
    draw = random.Random(seed)
    managed, registered = a_list(draw, range(60)), a_list(draw, range(30, 90))
    fleet.load("google_chromeos", managed)
    built = fleet.load("snipe_it", registered)
    expected = reconcile(as_known(managed), as_known(registered), AS_OF, 180)
    assert built.reconciliation == expected
    assert {f.code for f in built.findings} == {f"TL-FLEET-00{n}" for n in (5, 6, 7, 8)}
    counted = by_name(fleet)
    assert counted["only_managed"] == expected.only_managed
    assert counted["only_registered"] == expected.only_registered
    assert counted["unseen"] == expected.unseen
    assert counted["differs_status"] == dict(expected.disagreements).get("status", 0)


def test_one_list_alone_is_not_compared(fleet) -> None:
    built = fleet.load("google_chromeos", a_list(random.Random(1), range(5)))
    assert built.reconciliation is None
    assert by_name(fleet) == {}


def test_an_order_list_is_no_register(fleet) -> None:
    fleet.load("google_chromeos", a_list(random.Random(1), range(5)))
    fleet.load("purchase_list", [{"key": "order:1/1", "quantity": 5, "status": "on_order"}])
    assert reconcile_snapshot(fleet.snapshot, AS_OF, 180) is None


def test_differences_are_counted_by_class_for_devices_of_the_fleet(fleet) -> None:
    fleet.load("google_chromeos", [{"serial": "A", "place": "/Roosevelt", "model_raw": "HP 11 G9"}])
    fleet.load("snipe_it", [{"serial": "A", "place": "/Lincoln/Students", "model_raw": "EdgeBoard 75"}])
    with database() as connection:
        counted = count_differences(connection, fleet.snapshot, AS_OF, 180)
    assert [item for item in counted if item[2]] == [("serial_collision", "panel", 1), ("differs_site", "panel", 1)]
