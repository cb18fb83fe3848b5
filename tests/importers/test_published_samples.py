"""Snipe-IT's own sample files, which may be read but not copied (AGPL-3.0)."""

from pathlib import Path

import pytest

from tests.importers.inventories.shown import staged
from throughline.importers.detect import importers, matches
from throughline.importers.reading.book import open_book
from throughline.importers.reading.upload import Upload
from throughline.importers.run import read_here

pytestmark = pytest.mark.needs_shared_data
FOLDER = Path("inventory") / "snipe-it_AGPL"


def test_the_asset_sample_is_read_whole_without_a_name(shared_data: Path, tmp_path: Path) -> None:
    sample = shared_data / FOLDER / "assets-sample.csv"
    outcome = read_here(Upload.of(sample), {}, {}, {}, tmp_path)
    rows = staged(outcome)
    assert outcome.importer == "snipe_it"
    assert (outcome.lines_read, outcome.accepted, outcome.blank) == (22, 22, 0)
    dropped = {item.column: item.filled for item in outcome.dropped_columns}
    assert dropped["Checked Out To: Username"] == dropped["Checked Out To: Email"] > 0
    assert {row["price_cents"] for row in rows} >= {226613, 129294}
    assert all(row["purchase_date"] for row in rows)
    assert sum(1 for row in rows if row["support_end"]) == 11
    assert "mccrackem" not in repr(rows).casefold()


@pytest.mark.parametrize("name", ["models", "licenses", "locations"])
def test_its_other_samples_are_not_taken_for_assets(name: str, shared_data: Path) -> None:
    claims = matches(open_book(Upload.of(shared_data / FOLDER / f"{name}-sample.csv")), importers())
    assert all(claim.importer.id not in {"snipe_it", "google_chromeos"} for claim in claims)
