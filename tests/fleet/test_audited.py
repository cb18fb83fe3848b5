"""The two shares that state auditors publish, on a list of the size and faults that an audit stated.

New York Office of the State Comptroller, IT Asset Management (2022-MS-2), press release of March 16, 2023: auditors read
95,750 entries; nearly 4,400 had missing or duplicated serial numbers, about 4,800 lacked a location or an employee's name.
"""

from datetime import date
from pathlib import Path

import duckdb

from tests.fleet.conftest import AS_OF, Fleet
from throughline.engine.plan.inventory import STAGED
from throughline.fleet.quality import measure_quality

ENTRIES, BAD_SERIALS, NO_PLACE = 95_750, 4_400, 4_800
MISSING = 2_600  # of the bad serial numbers; the others are 900 pairs of entries with one number


def audited_list(path: Path) -> None:
    """A register as large and as faulty as those of the audit together."""
    row = {name: "''" if kind == "VARCHAR" else "null" for name, kind in STAGED.items()}
    pairs = BAD_SERIALS - MISSING
    row |= {
        "serial": f"case when n < {MISSING} then '' when n < {MISSING + pairs} then 'P' || (n // 2) else 'S' || n end",
        "asset_tag": "'T' || n",
        "place": f"case when n % 19 = 0 and n // 19 < {NO_PLACE} then '' else '/Lincoln/Students' end",
        "model_raw": "'HP 11 G9'",
        "status": "'in_use'",
        "quantity": "1",
        "source_row": "n + 2",
    }
    row["key"] = f"case when n < {MISSING} then 'tag:T' || n else 'serial:' || ({row['serial']}) end"
    columns = ", ".join(f'({value})::{STAGED[name]} as "{name}"' for name, value in row.items())
    with duckdb.connect() as connection:
        connection.execute(f"copy (select {columns} from range({ENTRIES}) r(n)) to '{path}' (format parquet)")


def test_a_list_like_the_audited_one_has_the_shares_the_audit_found(tmp_path: Path) -> None:
    def stage(name: str, _rows: list[dict[str, object]]) -> Path:
        audited_list(tmp_path / f"{name}.parquet")
        return tmp_path / f"{name}.parquet"

    fleet = Fleet(tmp_path, stage)
    fleet.load("snipe_it", [])
    quality = measure_quality(fleet.snapshot, AS_OF, 180)
    audited = {item.code: item.units for item in quality.audited}
    gaps = {item.code: item.units for item in quality.gaps}
    assert audited["entries"] == ENTRIES
    assert gaps["no_serial"] + gaps["duplicate_serial"] + audited["shares_serial"] == BAD_SERIALS
    # 4,800 lines lack a place; those among the repeated ones that were left out are not devices of their own
    assert NO_PLACE - 100 <= audited["no_place"] <= NO_PLACE


def test_a_place_that_no_site_explains_is_a_place_all_the_same(fleet: Fleet) -> None:
    fleet.load("snipe_it", [{"serial": "A", "place": "elsewhere"}, {"serial": "B", "place": ""}])
    quality = measure_quality(fleet.snapshot, date(2026, 1, 15), 180)
    assert [(item.code, item.units) for item in quality.audited] == [("entries", 2), ("no_place", 1)]
    assert {item.code: item.units for item in quality.gaps}["no_site"] == 2
