"""The backup that an upgrade makes by itself before it changes tables."""

from datetime import UTC, datetime
from pathlib import Path

from throughline.web.config.paths import data_folder, private

FOLDER = "backups"


def backup_before_upgrade() -> Path:
    """Back up into the data folder; the archive is of the tables as they are."""
    from throughline.web.ops.backup import back_up

    return back_up(private(data_folder() / FOLDER) / f"before-upgrade-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.zip").path
