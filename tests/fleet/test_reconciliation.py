import random
from datetime import date, timedelta

import pytest

from throughline.engine.reconcile.match import Known, reconcile
from throughline.fleet.reconciliation import differing_devices, reconcile_snapshot

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


@pytest.mark.parametrize("seed", range(4))
def test_the_comparison_by_sql_equals_the_rule(fleet, seed: int) -> None:
    draw = random.Random(seed)
    managed, registered = a_list(draw, range(60)), a_list(draw, range(30, 90))
    fleet.load("google_chromeos", managed)
    built = fleet.load("snipe_it", registered)
    expected = reconcile(as_known(managed), as_known(registered), AS_OF, 180)
    assert built.reconciliation == expected
    assert {f.code for f in built.findings} == {f"TL-FLEET-00{n}" for n in (5, 6, 7, 8)}
    for attribute, count in expected.disagreements:
        assert len(differing_devices(fleet.snapshot, attribute, AS_OF)) == count


def test_one_list_alone_is_not_compared(fleet) -> None:
    built = fleet.load("google_chromeos", a_list(random.Random(1), range(5)))
    assert built.reconciliation is None
    assert differing_devices(fleet.snapshot, "site", AS_OF) == ()


def test_an_order_list_is_no_register(fleet) -> None:
    fleet.load("google_chromeos", a_list(random.Random(1), range(5)))
    fleet.load("purchase_list", [{"key": "order:1/1", "quantity": 5, "status": "on_order"}])
    assert reconcile_snapshot(fleet.snapshot, AS_OF) is None


def test_devices_that_differ_are_named_for_known_attributes_only(fleet) -> None:
    fleet.load("google_chromeos", [{"serial": "A", "place": "/Roosevelt"}])
    fleet.load("snipe_it", [{"serial": "A", "place": "/Lincoln/Students"}])
    assert differing_devices(fleet.snapshot, "site", AS_OF) == ("serial:A",)
    with pytest.raises(KeyError):
        differing_devices(fleet.snapshot, "site or true", AS_OF)
