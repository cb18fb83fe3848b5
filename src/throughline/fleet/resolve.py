"""Resolutions: what the texts of a source mean, place -> site and role, model text -> catalog model and asset class.

The texts are few where devices are many: they are listed, resolved by people and rules outside, and joined back.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from throughline.engine.refs import UNASSIGNED
from throughline.fleet.database import database, literal, statement
from throughline.fleet.layout import DEVICE, DEVICES_SQL, FLEET_SQL
from throughline.fleet.precedence import CORRECTION

if TYPE_CHECKING:
    import duckdb

ModelText = tuple[str, str, str]  # model_raw, category_raw, manufacturer


@dataclass(frozen=True, slots=True)
class Resolutions:
    """`places`: place text -> (site id, role or ''); `models`: (model, category, maker) -> (model id or '', asset class).

    What is not listed stands under UNASSIGNED, or without a model and class.
    """

    places: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    models: Mapping[ModelText, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Texts:
    """The distinct texts to resolve with the units they stand for, most units first."""

    places: tuple[tuple[str, int], ...]
    models: tuple[tuple[ModelText, int], ...]


def texts(staged: Path | None, previous: Path | None = None) -> Texts:
    """Every place and model text of a staged file and of the records of the snapshot before."""
    files = []
    columns = "place, model_raw, category_raw, manufacturer, quantity"
    if staged is not None:
        files.append(statement("select {c} from read_parquet({p})", c=columns, p=literal(staged)))
    if previous is not None:
        text = "select {c} from read_parquet({p}) where part <> '{d}' and source <> '{s}'"
        files.append(statement(text, c=columns, p=literal(previous), d=DEVICE, s=CORRECTION))
    return _listed(" union all ".join(files))


def fleet_texts(snapshot: Path) -> Texts:
    """Every place and model text of the devices in the fleet of a snapshot, each device once."""
    text = (
        "select place, model_raw, category_raw, manufacturer, quantity from read_parquet({p}) "
        "where part in ({devices}) and status in ({fleet}) and quantity > 0"
    )
    return _listed(statement(text, p=literal(snapshot), devices=DEVICES_SQL, fleet=FLEET_SQL))


def _listed(rows: str) -> Texts:
    with database() as connection:
        connection.execute("create view read as " + rows)
        places = connection.execute(_PLACES).fetchall()
        models = connection.execute(_MODELS).fetchall()
    return Texts(
        tuple((str(place), int(units)) for place, units in places),
        tuple(((str(model), str(category), str(maker)), int(units)) for model, category, maker, units in models),
    )


_PLACES = """
select coalesce(place, '') as place, sum(coalesce(quantity, 1)) as units from read group by 1 order by units desc, place
"""

_MODELS = """
select coalesce(model_raw, '') as model, coalesce(category_raw, '') as category, coalesce(manufacturer, '') as maker,
    sum(coalesce(quantity, 1)) as units
from read group by 1, 2, 3 order by units desc, model, category, maker
"""

_RESOLVED = """
create view resolved as
select r.* replace (
    coalesce(p.site, '{unassigned}') as site,
    case when r.role_stated <> '' then r.role_stated else coalesce(p.role, '') end as role,
    coalesce(m.model, '') as model,
    coalesce(m.asset_class, '') as asset_class)
from records r
left join places p on r.place = p.place
left join models m on r.model_raw = m.model_raw and r.category_raw = m.category_raw and r.manufacturer = m.maker
"""


def resolve(connection: "duckdb.DuckDBPyConnection", resolutions: Resolutions) -> None:
    """Show table `records` with its texts resolved, as view `resolved`."""
    run = connection.execute
    run("create table places (place varchar, site varchar, role varchar)")
    run(
        "create table models (model_raw varchar, category_raw varchar, maker varchar, model varchar, asset_class varchar)"
    )
    places = [(place, *found) for place, found in resolutions.places.items()]
    models = [(*text, *found) for text, found in resolutions.models.items()]
    load(connection, "places", ("place", "site", "role"), places)
    load(connection, "models", ("model_raw", "category_raw", "maker", "model", "asset_class"), models)
    run(statement(_RESOLVED, unassigned=UNASSIGNED))


def load(
    connection: "duckdb.DuckDBPyConnection", table: str, columns: tuple[str, ...], rows: Sequence[tuple[str, ...]]
) -> None:
    """Insert small rows of text in one statement."""
    import numpy as np

    if not rows:
        return
    values = {name: np.array([row[i] for row in rows], dtype=object) for i, name in enumerate(columns)}
    connection.register("loading", values)
    connection.execute(statement("insert into {t} select {c} from loading", t=table, c=", ".join(columns)))
    connection.unregister("loading")
