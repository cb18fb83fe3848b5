from datetime import date

import pytest

from throughline.engine.lifecycle.cohorts import CONDITIONS
from throughline.fleet.counts import count_keyed
from throughline.fleet.rows import SourceRow, cohort_rows

ROWS = [
    {"serial": "A1", "model_raw": "HP 11 G9", "place": "/Lincoln/Students", "purchase_date": date(2023, 8, 1)},
    {"serial": "A2", "model_raw": "HP 11 G9", "place": "/Lincoln/Students", "support_end": date(2029, 6, 1)},
    {"serial": "A3", "model_raw": "Dell 3110", "condition": "poor", "award": "o'hare"},
    {"key": "order:1/1", "model_raw": "Dell 3110", "quantity": 7, "status": "on_order"},
    {"serial": "A9", "model_raw": "Dell 3110", "status": "retired"},
]


def test_every_cohort_resolves_to_rows_that_add_up_to_its_count(fleet) -> None:
    fleet.load("generic", ROWS)
    cohorts = count_keyed(fleet.snapshot, "s", 7)
    for entry, cell in enumerate(cohorts.entry_cell.tolist()):
        state = int(cohorts.state[entry])
        month = int(cohorts.state_support[state])
        key = (
            ("asset_class", cohorts.classes[cohorts.cell_class[cell]]),
            ("site", cohorts.sites[cohorts.cell_site[cell]]),
            ("role", cohorts.roles[cohorts.cell_role[cell]]),
            ("program", cohorts.programs[cohorts.cell_program[cell]]),
            ("award", cohorts.awards[cohorts.cell_award[cell]]),
            ("model", cohorts.models[cohorts.state_model[state]]),
            ("purchase_year", str(int(cohorts.state_year[state]) or "unknown")),
            ("condition", CONDITIONS[cohorts.state_condition[state]]),
            ("support_end", "unknown" if month < 0 else f"{month // 12}-{month % 12 + 1:02d}"),
        )
        rows = cohort_rows(fleet.snapshot, key, 7)
        assert rows.units == sum(device.quantity for device in rows.devices) == int(cohorts.count[entry])


def test_a_row_names_its_file_and_line(fleet) -> None:
    fleet.load("generic", ROWS, file_digest="abc")
    (device,) = cohort_rows(fleet.snapshot, [("purchase_year", "2024")], 7).devices
    assert (device.serial, device.sources) == ("A1", (SourceRow("generic", "abc", 2),))


def test_a_device_of_two_sources_names_both_rows(fleet) -> None:
    fleet.load("google_chromeos", ROWS[:2], file_digest="mdm")
    fleet.load("snipe_it", [{"serial": "A2"}], file_digest="register")
    devices = {d.key: d.sources for d in cohort_rows(fleet.snapshot, [("site", "lincoln")], 7).devices}
    assert devices == {
        "serial:A1": (SourceRow("google_chromeos", "mdm", 2),),
        "serial:A2": (SourceRow("google_chromeos", "mdm", 3), SourceRow("snipe_it", "register", 2)),
    }


def test_the_year_of_a_purchase_depends_on_when_the_fiscal_year_starts(fleet) -> None:
    fleet.load("generic", ROWS)
    assert cohort_rows(fleet.snapshot, [("purchase_year", "FY2023")], 9).units == 1
    assert cohort_rows(fleet.snapshot, [("purchase_year", "FY2023")], 7).units == 0


def test_a_long_set_is_cut_but_counted_whole(fleet) -> None:
    fleet.load("generic", ROWS)
    rows = cohort_rows(fleet.snapshot, [], 7, limit=1)
    assert (rows.units, len(rows.devices)) == (10, 1)


def test_a_name_that_selects_no_rows_is_refused(fleet) -> None:
    fleet.load("generic", ROWS)
    with pytest.raises(KeyError):
        cohort_rows(fleet.snapshot, [("in_service", "FY2027")], 7)
