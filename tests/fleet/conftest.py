"""Small inventories written the way importers stage them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

from throughline.engine.plan.inventory import STAGED
from throughline.fleet.resolve import Resolutions
from throughline.fleet.snapshot import Built, build_snapshot

AS_OF = date(2026, 1, 15)
PLACES = {"/Lincoln/Students": ("lincoln", "student"), "/Roosevelt": ("roosevelt", ""), "Lincoln ES": ("lincoln", "")}
MODELS = {
    ("HP 11 G9", "", ""): ("hp-11-g9", "chromebook"),
    ("HP Chromebook 11 G9 EE", "", ""): ("hp-11-g9", "chromebook"),
    ("Dell 3110", "", ""): ("dell-3110", "chromebook"),
    ("EdgeBoard 75", "", ""): ("edgeboard-75", "panel"),
}
RESOLUTIONS = Resolutions(PLACES, MODELS)

Row = dict[str, Any]
Stage = Callable[[str, list[Row]], Path]


def stage_rows(path: Path, rows: list[Row]) -> Path:
    """Write rows as a staged file to `path`."""
    connection = duckdb.connect()
    connection.execute("create table t (" + ", ".join(f'"{k}" {v}' for k, v in STAGED.items()) + ")")
    for number, row in enumerate(rows, start=2):
        blank = {column: "" if kind == "VARCHAR" else None for column, kind in STAGED.items()}
        full = blank | {"quantity": 1, "status": "in_use", "source_row": number} | row
        full["key"] = full["key"] or (f"serial:{full['serial']}" if full["serial"] else f"tag:{full['asset_tag']}")
        connection.execute(f"insert into t values ({', '.join('?' * len(STAGED))})", [full[k] for k in STAGED])
    connection.execute(f"copy t to '{path}' (format parquet)")
    connection.close()
    return path


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    """Write rows (missing columns blank) as a staged Parquet file; row numbers start below a header."""

    return lambda name, rows: stage_rows(tmp_path / f"{name}.parquet", rows)


class Fleet:
    """A sequence of imports, each building on the snapshot before."""

    def __init__(self, folder: Path, stage: Stage) -> None:
        self.folder, self.stage, self.snapshot = folder, stage, None
        self.imports = 0

    def load(self, importer: str, rows: list[Row] | None, **options: Any) -> Built:
        self.imports += 1
        staged = None if rows is None else self.stage(f"staged{self.imports}", rows)
        target = self.folder / f"snapshot{self.imports}.parquet"
        settings: dict[str, Any] = {
            "resolutions": RESOLUTIONS,
            "taken_on": AS_OF,
            "unseen_days": 180,
            "file_digest": f"file{self.imports}",
        }
        built = build_snapshot(staged, self.snapshot, target, importer=importer, **(settings | options))
        self.snapshot = target
        return built

    def rows(self, columns: str, where: str = "part in ('sole', 'device')") -> list[tuple[Any, ...]]:
        connection = duckdb.connect()
        found = connection.execute(
            f"select {columns} from read_parquet('{self.snapshot}') where {where} order by all"
        ).fetchall()
        connection.close()
        return found


@pytest.fixture
def fleet(tmp_path: Path, stage: Stage) -> Fleet:
    return Fleet(tmp_path, stage)
