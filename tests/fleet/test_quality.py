from datetime import date

from throughline.engine.checks.base import QualityCount
from throughline.fleet.quality import measure_quality

AS_OF = date(2026, 1, 15)
WHOLE = {
    "model_raw": "HP 11 G9", "place": "/Lincoln/Students", "purchase_date": date(2024, 8, 1), "price_cents": 30000,
    "support_end": date(2030, 6, 1),
}  # fmt: skip


def test_a_device_with_everything_has_no_gap(fleet) -> None:
    fleet.load("snipe_it", [WHOLE | {"serial": "A"}])
    quality = measure_quality(fleet.snapshot, AS_OF, 180)
    assert quality.gaps == ()
    assert quality.units == (("chromebook", 1),)


def test_each_gap_is_counted_in_units_by_class(fleet) -> None:
    fleet.load(
        "snipe_it",
        [
            WHOLE | {"asset_tag": "1"},
            WHOLE | {"serial": "B", "place": "", "price_cents": None},
            WHOLE | {"serial": "C", "purchase_date": None, "support_end": date(2026, 1, 14)},
            WHOLE | {"key": "order:1/1", "quantity": 12, "model_raw": "EdgeBoard 75", "support_end": None},
            {"serial": "D", "model_raw": "Mystery"},
            WHOLE | {"serial": "E"},
            WHOLE | {"serial": "E"},
        ],
    )
    assert measure_quality(fleet.snapshot, AS_OF, 180).gaps == tuple(
        QualityCount(*gap)
        for gap in [
            ("duplicate_serial", "chromebook", 1),
            ("no_model", "", 1),
            ("no_price", "", 1),
            ("no_price", "chromebook", 1),
            ("no_purchase_date", "", 1),
            ("no_purchase_date", "chromebook", 1),
            ("no_serial", "chromebook", 1),
            ("no_site", "", 1),
            ("no_site", "chromebook", 1),
            ("past_support", "chromebook", 1),
            ("unknown_support", "", 1),
            ("unknown_support", "panel", 12),
        ]
    )


def test_devices_out_of_the_fleet_are_read_but_have_no_gaps(fleet) -> None:
    fleet.load("snipe_it", [{"serial": "A", "status": "retired"}, WHOLE | {"serial": "B"}])
    quality = measure_quality(fleet.snapshot, AS_OF, 180)
    assert (quality.gaps, quality.devices_read) == ((), 2)


def test_sources_that_disagree_on_site_or_model_are_counted_once_a_device(fleet) -> None:
    fleet.load(
        "google_chromeos", [WHOLE | {"serial": "A"}, WHOLE | {"serial": "B"}, WHOLE | {"serial": "C", "place": ""}]
    )
    fleet.load(
        "snipe_it",
        [
            WHOLE | {"serial": "A", "place": "/Roosevelt", "model_raw": "Dell 3110"},
            WHOLE | {"serial": "B"},
            WHOLE | {"serial": "C"},
        ],
    )
    assert measure_quality(fleet.snapshot, AS_OF, 180).gaps == (
        QualityCount("differs_site", "chromebook", 1),
        QualityCount("serial_collision", "chromebook", 1),
        QualityCount("sources_disagree", "chromebook", 1),
    )


def test_a_device_is_past_support_the_day_after_not_on_the_day(fleet) -> None:
    fleet.load("snipe_it", [WHOLE | {"serial": "A", "support_end": AS_OF}])
    assert measure_quality(fleet.snapshot, AS_OF, 180).gaps == ()
    assert measure_quality(fleet.snapshot, date(2026, 1, 16), 180).gaps == (
        QualityCount("past_support", "chromebook", 1),
    )
