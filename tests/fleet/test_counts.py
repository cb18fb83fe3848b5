from datetime import date

import numpy as np
import pytest

from throughline.engine.lifecycle.cohorts import CONDITIONS, UNKNOWN_MONTH, UNKNOWN_YEAR, Cohorts
from throughline.fleet.counts import count_keyed, count_rows
from throughline.fleet.store import UnreadableBlockError, load_cohorts, save_cohorts

ROWS = [
    {"serial": "A1", "model_raw": "HP 11 G9", "place": "/Roosevelt", "purchase_date": date(2024, 6, 30)},
    {
        "serial": "A2",
        "model_raw": "HP 11 G9",
        "place": "/Roosevelt",
        "purchase_date": date(2024, 7, 1),
        "condition": "poor",
    },
    {"serial": "A3", "model_raw": "HP 11 G9", "place": "/Roosevelt", "purchase_date": date(2024, 1, 2)},
    {"serial": "A4", "model_raw": "Dell 3110", "support_end": date(2029, 6, 15), "status": "stored"},
    {"serial": "A5", "model_raw": "Dell 3110", "status": "disabled"},
    {"key": "order:1/1", "model_raw": "EdgeBoard 75", "quantity": 12, "status": "on_order", "award": "bond-2025"},
    {"key": "order:1/2", "model_raw": "EdgeBoard 75", "quantity": 40, "place": "/Roosevelt"},
]


def described(cohorts: Cohorts) -> list[tuple[object, ...]]:
    found = []
    for entry, cell in enumerate(cohorts.entry_cell.tolist()):
        state = int(cohorts.state[entry])
        found.append(
            (
                cohorts.classes[cohorts.cell_class[cell]],
                cohorts.sites[cohorts.cell_site[cell]],
                cohorts.awards[cohorts.cell_award[cell]],
                cohorts.models[cohorts.state_model[state]],
                int(cohorts.state_year[state]),
                CONDITIONS[cohorts.state_condition[state]],
                int(cohorts.state_support[state]),
                int(cohorts.count[entry]),
                int(cohorts.on_order[entry]),
            )
        )
    return found


def test_units_are_counted_by_cell_and_state(fleet) -> None:
    fleet.load("generic", ROWS)
    assert described(count_rows(fleet.snapshot, "s", 7)) == [
        ("chromebook", "UNASSIGNED", "", "dell-3110", UNKNOWN_YEAR, "unknown", 2029 * 12 + 5, 1, 0),
        ("chromebook", "roosevelt", "", "hp-11-g9", 2024, "unknown", UNKNOWN_MONTH, 2, 0),
        ("chromebook", "roosevelt", "", "hp-11-g9", 2025, "poor", UNKNOWN_MONTH, 1, 0),
        ("panel", "UNASSIGNED", "bond-2025", "edgeboard-75", UNKNOWN_YEAR, "unknown", UNKNOWN_MONTH, 12, 12),
        ("panel", "roosevelt", "", "edgeboard-75", UNKNOWN_YEAR, "unknown", UNKNOWN_MONTH, 40, 0),
    ]


@pytest.mark.parametrize("start_month", [1, 7, 10])
def test_stored_numbers_give_the_same_counts_as_the_sql_text(fleet, start_month: int) -> None:
    fleet.load("generic", ROWS, start_month=7)
    by_sql, by_key = count_rows(fleet.snapshot, "s", start_month), count_keyed(fleet.snapshot, "s", start_month)
    assert save_cohorts(by_sql) == save_cohorts(by_key)
    years = {2024, 2025, UNKNOWN_YEAR} if start_month == 7 else {2024, UNKNOWN_YEAR}
    assert set(by_key.state_year.tolist()) == years


def test_an_inventory_without_a_device_in_the_fleet_counts_to_nothing(fleet) -> None:
    fleet.load("generic", [{"serial": "A1", "status": "retired"}])
    for count in (count_rows, count_keyed):
        cohorts = count(fleet.snapshot, "s", 7)
        assert (cohorts.devices, len(cohorts.cell_class), cohorts.class_ranges) == (0, 0, {})


def test_kept_counts_come_back_as_they_were(fleet) -> None:
    fleet.load("generic", ROWS)
    cohorts = count_keyed(fleet.snapshot, "digest", 7)
    block = save_cohorts(cohorts)
    again = load_cohorts(block)
    assert save_cohorts(again) == block
    assert described(again) == described(cohorts)
    assert (again.snapshot, again.cell_site.dtype, again.count.dtype) == ("digest", np.int32, np.int64)


def test_large_numbers_survive_the_block() -> None:
    one, zero = np.ones(1, np.int32), np.zeros(1, np.int32)
    cohorts = Cohorts(
        "s", ("c", "d"), ("a", "b"), ("", "x"), ("", "x"), ("", "x"), ("", "m"), one, one, one, one, one,
        one, np.array([2024], np.int32), zero, np.array([-1], np.int32),
        np.array([0, 1]), zero, np.array([2**40]), np.array([2**33]),
    )  # fmt: skip
    again = load_cohorts(save_cohorts(cohorts))
    assert (int(again.count[0]), int(again.on_order[0]), int(again.state_support[0])) == (2**40, 2**33, -1)


@pytest.mark.parametrize("damage", [lambda b: b[:-9], lambda b: b"XXXX" + b[4:], lambda b: b[:30] + b"?" + b[31:]])
def test_a_damaged_block_is_refused(fleet, damage) -> None:
    fleet.load("generic", ROWS)
    block = save_cohorts(count_keyed(fleet.snapshot, "s", 7))
    with pytest.raises(UnreadableBlockError):
        load_cohorts(damage(block))


def test_reading_kept_counts_needs_no_database() -> None:
    import subprocess
    import sys

    code = "import sys, throughline.fleet.store; sys.exit('duckdb' in sys.modules or 'scipy' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
