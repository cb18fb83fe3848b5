"""A synthetic inventory of any size, staged the way importers stage one; no real district's data.

Devices come in purchase lots: one site, class, model, month, award and role, with a heavy tail of single purchases. Per
class and year a district buys at most six models. Condition is assessed for some lots and worsens with age. Seeded:
the same size gives the same bytes.
"""

from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

FIRST_YEAR, LAST_YEAR = 2016, 2026  # purchases from the first to the year before the last
AS_OF = date(2026, 1, 15)
MODELS = 300

# class, share of devices, mean lot, share of lots that are one device, models, list price in dollars, share for pupils
CLASSES: tuple[tuple[str, float, float, float, int, int, float], ...] = (
    ("student-chromebook", 0.50, 45, 0.05, 50, 320, 1.0),
    ("cart-chromebook", 0.10, 28, 0.05, 20, 310, 1.0),
    ("staff-laptop", 0.09, 8, 0.15, 50, 950, 0.0),
    ("desktop", 0.06, 14, 0.12, 36, 780, 0.7),
    ("tablet", 0.05, 20, 0.08, 24, 410, 1.0),
    ("access-point", 0.045, 10, 0.10, 28, 620, 0.0),
    ("access-switch", 0.025, 3, 0.30, 24, 2400, 0.0),
    ("interactive-panel", 0.05, 6, 0.20, 26, 2800, 0.0),
    ("printer", 0.02, 1.6, 0.70, 20, 450, 0.0),
    ("phone-system", 0.055, 9, 0.15, 14, 210, 0.0),
    ("server", 0.005, 1.3, 0.80, 8, 7200, 0.0),
)
PROGRAMS = ("", "", "", "", "", "", "special-education", "career-technical")
AWARDS = ("", "", "", "", "bond-2019", "esser", "title-i", "levy-2024")


def sites_of(rows: int) -> int:
    """About 1,100 devices a site."""
    return max(3, rows // 1100)


def staged(rows: int, target: Path, seed: int = 20260701) -> None:
    """Write the staged Parquet file of `rows` devices."""
    import duckdb

    columns = draw(rows, np.random.default_rng(seed))
    connection = duckdb.connect()
    connection.execute("set enable_progress_bar = false")
    connection.register("drawn", columns)
    connection.execute(_STAGE.replace("{target}", str(target).replace("'", "''")))
    connection.close()


def places(rows: int) -> dict[str, tuple[str, str]]:
    """What the place texts mean: site and role."""
    roles = {"Students": "student", "Staff": "staff", "Shared": "shared"}
    return {
        f"/District/Site {site:04d}/{word}": (f"site-{site:04d}", role)
        for site in range(sites_of(rows))
        for word, role in roles.items()
    }


def models() -> dict[tuple[str, str, str], tuple[str, str]]:
    """What the model texts mean: model and asset class."""
    return {(f"Maker Model {m:03d}", "", "Maker"): (f"model-{m:03d}", name) for m, name in enumerate(_model_class())}


def support() -> dict[str, int]:
    """Last supported month by model, as a catalog states it: eight years from release, for five models in six."""
    return {f"model-{m:03d}": (FIRST_YEAR - 2 + _release(m) + 8) * 12 + 5 for m in range(MODELS) if m % 6}


def draw(rows: int, rng: np.random.Generator) -> dict[str, NDArray[np.generic]]:
    """Columns of codes, one element per device."""
    share = np.array([c[1] for c in CLASSES])
    mean = np.array([c[2] for c in CLASSES])
    single = np.array([c[3] for c in CLASSES])
    average = mean * (1 - single) + single
    lots = int(rows / (1 / (share / average).sum()) * 1.4) + 64
    kind = rng.choice(len(CLASSES), lots, p=(share / average) / (share / average).sum())
    size = np.where(rng.random(lots) < single[kind], 1, 1 + rng.gamma(1.6, (mean[kind] - 1) / 1.6 + 1e-9).astype(int))
    lot = np.repeat(np.arange(lots), size)
    if len(lot) < rows:
        raise ValueError("too few lots were drawn for the number of devices")
    # whole lots in random order, cut at the number of rows
    lot = lot[:rows]
    student = np.array([c[6] for c in CLASSES])[kind]
    age = np.minimum(LAST_YEAR - FIRST_YEAR - 1, rng.exponential(np.where(student > 0.5, 2.6, 4.2), lots)).astype(int)
    summer = rng.random(lots) < np.where(student > 0.5, 0.8, 0.3)
    month = np.where(summer, rng.choice([6, 7, 5], lots), rng.integers(0, 12, lots))
    year = LAST_YEAR - 1 - age
    unknown = rng.random(lots) < 0.02
    first = np.cumsum([0, *(c[4] for c in CLASSES)])
    width = np.array([c[4] for c in CLASSES])[kind]
    era = (year - FIRST_YEAR) * width // (LAST_YEAR - FIRST_YEAR)
    model = first[kind] + np.minimum(era + np.minimum(5, rng.geometric(0.5, lots) - 1), width - 1)
    sites = sites_of(rows)
    site = np.minimum(sites - 1, (sites * rng.random(lots) ** 1.35).astype(int))
    role = np.where(rng.random(lots) < student, 0, np.where(rng.random(lots) < 0.75, 1, 2))
    old = rng.random(rows) < np.clip((LAST_YEAR - year[lot]) / 40, 0, 0.3)
    assessed = rng.random(lots) < 0.6
    condition = np.where(assessed[lot], np.where(old, 2, 1), 0)
    price = (np.array([c[5] for c in CLASSES])[kind] * rng.integers(93, 108, lots)).astype(np.int64)
    status = rng.choice(7, rows, p=[0.915, 0.03, 0.02, 0.0, 0.01, 0.005, 0.02])
    return {
        "n": np.arange(rows),
        "site": site[lot].astype(np.int32),
        "role": role[lot].astype(np.int32),
        "model": model[lot].astype(np.int32),
        "days": ((year[lot] - 1970) * 372 + month[lot] * 31 + rng.integers(0, 28, rows)).astype(np.int32),
        "unknown": unknown[lot],
        "price": price[lot],
        "condition": condition.astype(np.int32),
        "status": status.astype(np.int32),
        "program": rng.integers(0, len(PROGRAMS), lots)[lot].astype(np.int32),
        "award": rng.integers(0, len(AWARDS), lots)[lot].astype(np.int32),
    }


def _model_class() -> list[str]:
    return [c[0] for c in CLASSES for _ in range(c[4])]


def _release(model: int) -> int:
    """Years after the first year in which a model came out; later models of a class are newer."""
    start = 0
    for item in CLASSES:
        if model < start + item[4]:
            return (model - start) * (LAST_YEAR - FIRST_YEAR) // item[4]
        start += item[4]
    raise ValueError(model)


def _array(values: tuple[str, ...]) -> str:
    return "[" + ", ".join(f"'{value}'" for value in values) + "]"


_STATUS = ("in_use", "stored", "repair", "on_order", "missing", "disabled", "retired")
SYSTEMS = (
    ("", ""),
    *(("ChromeOS", f"{milestone}.0.7204.255") for milestone in range(136, 142)),
    *(("Windows Education", f"10.0.{build}.4652") for build in (19045, 22631, 26100, 26200, 19044)),
    *(("iPadOS", version) for version in ("15.8.4", "16.7.11", "17.7.10", "18.6.2")),
)
_STAGE = f"""
copy (
    with drawn_ as (select *, make_date(1970 + days // 372, 1 + days % 372 // 31, 1 + days % 31) as bought from drawn)
    select 'serial:' || serial as key, serial, 'T' || lpad(n::varchar, 8, '0') as asset_tag, 1::integer as quantity,
        {_array(_STATUS)}[status + 1] as status,
        '/District/Site ' || lpad(site::varchar, 4, '0') || {_array(("/Students", "/Staff", "/Shared"))}[role + 1] as place,
        '' as category_raw, 'Maker Model ' || lpad(model::varchar, 3, '0') as model_raw, 'Maker' as manufacturer,
        '' as role, '' as grade_band, {_array(PROGRAMS)}[program + 1] as program, 'owned' as held_as,
        null::date as leased_until, {_array(AWARDS)}[award + 1] as award, null::integer as federal_share_bp,
        case when unknown then null else bought end as purchase_date, price as price_cents,
        {_array(("", "good", "poor"))}[condition + 1] as condition,
        case when model < 70 and model % 3 > 0
            then make_date({FIRST_YEAR - 2} + model % 50 * {LAST_YEAR - FIRST_YEAR} // 50 + 8, 6, 30) end as support_end,
        {_array(tuple(name for name, _ in SYSTEMS))}[system + 1] as os,
        {_array(tuple(version for _, version in SYSTEMS))}[system + 1] as os_version, 'PO-' || (n // 40) as order_number,
        case when unknown then null else bought + 20 end as enrolled_on,
        date '2026-01-14' - (n * 7919 % 61)::integer as last_seen, (n + 2)::integer as source_row
    from (select *, case when model % 10 = 9 then 0 when model < 120 then 1 + n * 7919 % 6 when model % 2 = 0
            then 7 + n * 104729 % 5 else 12 + n * 1299709 % 4 end as system,
            'SN' || upper(lpad(to_hex(n * 2654435761 % 4294967296), 8, '0')) as serial from drawn_) order by n
) to '{{target}}' (format parquet, compression zstd)
"""
