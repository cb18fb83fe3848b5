"""Rows of an inventory that name an award, for the property record; retired and missing ones too."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from throughline.engine.property.record import Unitary
from throughline.fleet.database import database, literal, statement
from throughline.fleet.layout import DEVICES_SQL

# Held equipment first learned of without a model text is described by its category, else by its class.
_ROWS = """
select key, serial, asset_tag, quantity,
    trim(coalesce(nullif(trim(manufacturer || ' ' || model_raw), ''), nullif(category_raw, ''), asset_class)) as description,
    award, federal_share_bp, purchase_date, price_cents, site, place, role, program, condition, status, held_as
from read_parquet({snapshot})
where part in ({devices}) and award <> '' and quantity > 0
order by award, key
"""


def awarded_rows(snapshot: Path) -> tuple[Unitary, ...]:
    """Every device or counted row with an award, in the order of award and key."""
    with database() as connection:
        rows = connection.execute(statement(_ROWS, snapshot=literal(snapshot), devices=DEVICES_SQL)).fetchall()
    make: Callable[..., Unitary] = Unitary
    return tuple(make(*(_value(cell) for cell in row)) for row in rows)


def _value(cell: Any) -> str | int | date | None:
    assert cell is None or isinstance(cell, str | int | date)
    return cell
