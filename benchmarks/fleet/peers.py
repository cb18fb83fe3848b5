"""How it is done without counts: one row per device and year, in SQL and in pandas, from the same unit costs.

Both follow the rules of the clock by themselves (first replacement in the year the earliest known clock runs out, then
every planned life) and share only the inputs: unit cents by class, repair band, age class and year, and support months.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.fleet.stages import Key, Prices
from throughline.engine.plan.plan import Plan

if TYPE_CHECKING:
    import duckdb

NEVER = 9999

_DEVICES = """
select site, asset_class, role, condition, quantity, model,
    year(purchase_date) + case when month(purchase_date) >= 7 then 1 else 0 end as bought,
    year(support_end) * 12 + month(support_end) - 1 as stated
from read_parquet('{path}') where status in ('in_use', 'stored', 'repair', 'on_order')
"""

_CROSS_JOIN = """
with devices as ({devices}),
clocked as (
    select d.*, p.life, case when d.role = 'staff' or d.asset_class like 'staff%' then 'staff'
            when d.role = 'shared' or d.asset_class like '%cart%' then 'cart'
            when p.kind = 'desktop' then 'default' else s.level end as band,
        coalesce(d.stated, m.last_month) as support,
        bought + p.life - {first} as by_policy
    from devices d join policy p using (asset_class) join site_level s using (site) left join support m using (model)),
due as (
    select *, greatest(0, least(coalesce((support + 1 - {first_month}) // 12, {never}), coalesce(by_policy, {never}),
        case when condition = 'poor' then 0 else {never} end)) as due
    from clocked),
years as (
    select d.*, t, t >= due as replaced, t >= due and (t - due) % life = 0 as buys,
        case when t >= due then (t - due) % life when bought is null then -1
            else t - least(bought - {first}, 0) end as age
    from due d cross join range({years}) as y(t))
select y.site, y.asset_class, u.kind, y.t, sum(y.quantity * u.cents)::bigint as cents
from years y join unit u on u.asset_class = y.asset_class and u.band = y.band and u.t = y.t
    and (u.applies = 'service' or y.buys)
    and u.age_class = case when u.ages = 1 or u.applies <> 'service' or y.age = -1 then 0
        else least(y.age, u.ages - 2) + 1 end
group by all having cents <> 0
"""


def tables(connection: "duckdb.DuckDBPyConnection", plan: Plan, known: Prices, support: Mapping[str, int]) -> None:
    """The small inputs as tables."""
    lives = [(p.standard.asset_class, p.life_years, p.asset_class.device_kind) for p in known.chosen]
    unit = [row for rows in unit_rows(known).values() for row in rows]
    _load(connection, "policy", ("asset_class", "life", "kind"), lives)
    _load(connection, "site_level", ("site", "level"), [(site.id, site.level) for site in plan.sites])
    _load(connection, "support", ("model", "last_month"), list(support.items()))
    _load(connection, "unit", ("asset_class", "band", "kind", "applies", "ages", "age_class", "t", "cents"), unit)


def unit_rows(known: Prices) -> dict[tuple[str, str, str], list[tuple[Any, ...]]]:
    """Unit cents as rows by (class, band, kind)."""
    found = {}
    classes = {policy.id: policy.standard.asset_class for policy in known.chosen}
    for (policy, band), costs in known.costs.items():
        for k, kind in enumerate(costs.kinds):
            found[classes[policy], band, kind.id] = [
                (classes[policy], band, kind.id, kind.when, kind.ages, age, year, int(cents))
                for age, row in enumerate(costs.cents[k])
                for year, cents in enumerate(row)
            ]
    return found


def by_sql(connection: "duckdb.DuckDBPyConnection", snapshot: Path, known: Prices) -> dict[Key, int]:
    """Cents by site, class, kind and year from one row per device and year."""
    first = known.horizon.first
    text = _CROSS_JOIN
    for name, value in {
        "devices": _DEVICES.replace("{path}", str(snapshot)),
        "first": first.end_year,
        "first_month": first.first_month,
        "never": NEVER,
        "years": len(known.horizon),
    }.items():
        text = text.replace("{" + name + "}", str(value))
    return {tuple(row[:4]): row[4] for row in connection.execute(text).fetchall()}


def by_pandas(
    connection: "duckdb.DuckDBPyConnection", snapshot: Path, plan: Plan, known: Prices, support: Mapping[str, int]
) -> dict[Key, int]:
    """The same as an analyst's script: one frame of devices, a loop over years and kinds."""
    import pandas as pd

    frame = connection.execute(_DEVICES.replace("{path}", str(snapshot))).df()
    first = known.horizon.first
    level = {site.id: site.level for site in plan.sites}
    lives = {p.standard.asset_class: p.life_years for p in known.chosen}
    frame["life"] = frame["asset_class"].map(lives)
    band = frame["site"].map(level)
    desks = {p.standard.asset_class for p in known.chosen if p.asset_class.device_kind == "desktop"}
    band = band.where(~frame["asset_class"].isin(desks), "default")
    band = band.where(~(frame["asset_class"].str.contains("cart") | (frame["role"] == "shared")), "cart")
    frame["band"] = band.where(~(frame["asset_class"].str.startswith("staff") | (frame["role"] == "staff")), "staff")
    month = frame["stated"].fillna(frame["model"].map(support))
    vendor = ((month + 1 - first.first_month) // 12).fillna(NEVER)
    policy = (frame["bought"] + frame["life"] - first.end_year).fillna(NEVER)
    poor = pd.Series(np.where(frame["condition"] == "poor", 0, NEVER), frame.index)
    frame["due"] = np.minimum(np.minimum(vendor, policy), poor).clip(lower=0).astype(int)
    offset = (frame["bought"] - first.end_year).clip(upper=0)
    units = unit_rows(known)
    totals: dict[Key, int] = {}
    for (name, band_name), part in frame.groupby(["asset_class", "band"], sort=False):
        for year in range(len(known.horizon)):
            since = year - part["due"]
            own = (year - offset[part.index]).fillna(-1)
            age = np.where(since >= 0, since % part["life"], own).astype(int)
            buys = (since >= 0) & (since % part["life"] == 0)
            for (of_class, of_band, kind), rows in units.items():
                if (of_class, of_band) != (name, band_name):
                    continue
                _, _, _, when, ages, *_ = rows[0]
                cents = np.array([row[7] for row in rows if row[6] == year])
                if when == "service":
                    klass = (
                        np.zeros(len(part), int) if ages == 1 else np.where(age < 0, 0, np.minimum(age, ages - 2) + 1)
                    )
                    amount = part["quantity"] * cents[klass]
                else:
                    amount = part["quantity"] * cents[0] * buys
                for site, total in amount.groupby(part["site"]).sum().items():
                    if total:
                        key = (str(site), str(name), kind, year)
                        totals[key] = totals.get(key, 0) + int(total)
    return totals


def _load(connection: "duckdb.DuckDBPyConnection", table: str, columns: tuple[str, ...], rows: list[Any]) -> None:
    values = {
        name: np.array([row[i] for row in rows], dtype=object if isinstance(rows[0][i], str) else np.int64)
        for i, name in enumerate(columns)
    }
    connection.register("loading", values)
    connection.execute(f"create or replace table {table} as select * from loading")
    connection.unregister("loading")
