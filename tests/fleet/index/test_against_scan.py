"""Lists, counts, facets and search of an index equal a plain scan of the Parquet file, for any filters."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fleet.conftest import AS_OF, Fleet, stage_rows
from throughline.engine.lifecycle.clocks import NO_END
from throughline.fleet.index.build import Releases, build_index
from throughline.fleet.index.devices import DeviceIndex
from throughline.fleet.index.filters import FACETS, ORDERS, Filters, Order, Reading
from throughline.fleet.index.layout import GAPS, SUPPORT_STATES

SUPPORT = {"hp-11-g9": 2026 * 12 + 5, "dell-3110": NO_END}
RELEASES = {("Windows", "10.0.19045.1"): "ten", ("macOS", "12.7"): "twelve"}
SUPPORT_OF_SYSTEMS = {"ten": 2025 * 12 + 9}  # of `ten` the district says that it ends its devices
READING = Reading(AS_OF, SUPPORT | SUPPORT_OF_SYSTEMS, {"model": {"hp-11-g9": "HP Chromebook 11 G9 EE"}})
WORDS = ("s1", "S20", "t7", "chromebook 11", "hp", "lincoln", "11 g9", "0", "nothing like it", "edge")


def a_list(draw: Random, serials: range, mdm: bool) -> list[dict[str, Any]]:
    rows = []
    for n in serials:
        serial = "" if not mdm and draw.random() < 0.2 else f"S{n}"
        rows.append(
            {
                "serial": serial,
                "asset_tag": f"T{n}" if draw.random() < 0.8 or not serial else "",
                "quantity": draw.choice([1, 1, 30]) if not serial else 1,
                "place": draw.choice(["/Lincoln/Students", "/Roosevelt", "Lincoln ES", "elsewhere"]),
                "model_raw": draw.choice(["HP 11 G9", "Dell 3110", "EdgeBoard 75", "Mystery"]),
                "status": draw.choice(["in_use", "in_use", "stored", "retired", "missing", "on_order"]),
                "condition": draw.choice(["", "good", "poor"]),
                "purchase_date": draw.choice([None, date(2021, 6, 30), date(2021, 7, 1), date(2024, 2, 29)]),
                "price_cents": draw.choice([None, 31_000, 85_050]),
                "support_end": draw.choice([None, date(2025, 6, 1), date(2026, 1, 1), date(2031, 6, 1)]),
                "last_seen": draw.choice([None, AS_OF - timedelta(days=draw.randrange(400))]),
                **dict(zip(("os", "os_version"), draw.choice([("", ""), ("Linux", "6"), *RELEASES]), strict=True)),
            }
        )
    return rows


@pytest.fixture(scope="module", params=[1, 2])
def known(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[DeviceIndex, Path]]:
    folder = tmp_path_factory.mktemp("index")
    draw = Random(request.param)
    fleet = Fleet(folder, lambda name, rows: stage_rows(folder / f"{name}.parquet", rows))
    managed = a_list(draw, range(160), True)
    fleet.load("google_chromeos", [*managed, *managed[:9]])
    fleet.load("snipe_it", a_list(draw, range(80, 260), False))
    assert fleet.snapshot is not None
    target = folder / "snapshot.v1.sqlite"
    build_index(fleet.snapshot, target, releases=Releases(lambda name, version: RELEASES.get((name, version), "")))
    index = DeviceIndex.open(target, READING)
    yield index, fleet.snapshot
    index.close()


def scan(snapshot: Path) -> list[dict[str, Any]]:
    """Every device of the file with what filters ask, worked out a row at a time."""
    connection = duckdb.connect()
    read = connection.execute(f"select * from read_parquet('{snapshot}')")
    names = [column[0] for column in read.description]
    rows = [dict(zip(names, row, strict=True)) for row in read.fetchall()]
    connection.close()
    kinds: dict[str, dict[str, dict[str, Any]]] = {"google_chromeos": {}, "snipe_it": {}}
    for row in rows:
        if row["part"] in ("sole", "record") and row["quantity"] == 1:
            kinds[row["source"]][row["device"] or row["key"]] = row
    managed, registered = kinds["google_chromeos"], kinds["snipe_it"]
    managed_classes = {row["asset_class"] for row in managed.values()}
    twice = Counter(row["key"] for row in rows if row["part"] in ("duplicate", "sole", "record") and row["serial"])
    tags = Counter(row["asset_tag"] for row in rows if row["part"] in ("sole", "device"))
    out = []
    for row in rows:
        if row["part"] not in ("sole", "device"):
            continue
        m, r = managed.get(row["key"]), registered.get(row["key"])
        bought = row["purchase_date"]
        month = _month(row["support_end"]) if row["support_end"] else SUPPORT.get(row["model"], -1)
        system = RELEASES.get((row["os"], row["os_version"])) or row["os"]
        if system in SUPPORT_OF_SYSTEMS:
            month = min(month, SUPPORT_OF_SYSTEMS[system]) if month >= 0 else SUPPORT_OF_SYSTEMS[system]
        said = [m, r] if m and r else []
        gaps = {
            "no_serial": row["serial"] == "" and row["quantity"] == 1,
            "no_site": row["site"] == "UNASSIGNED",
            "no_purchase_date": bought is None,
            "no_price": row["price_cents"] is None,
            "no_model": row["model"] == "",
            "repeated": any(p["part"] == "duplicate" and p["key"] == row["key"] for p in rows),
            "tag_shared": bool(row["asset_tag"]) and tags[row["asset_tag"]] > 1,
            "sources_disagree": row["part"] == "device"
            and (len({s["site"] for s in said} - {"UNASSIGNED"}) > 1 or len({s["model"] for s in said} - {""}) > 1),
            "only_managed": bool(m and not r and _fleet(m)),
            "only_registered": bool(r and not m and _fleet(r) and r["asset_class"] in managed_classes),
            "differs_site": bool(said) and len({s["site"] for s in said} - {"UNASSIGNED"}) > 1,
            "differs_model": bool(said) and len({s["model"] for s in said} - {""}) > 1,
            "differs_status": bool(said) and len({_fleet(s) for s in said}) > 1,
            "differs_support_end": bool(said) and len({_month(s["support_end"]) for s in said if s["support_end"]}) > 1,
            "corrected": False,
        }
        out.append(
            row
            | {
                "year": str(bought.year + (bought.month >= 7)) if bought else "",
                "month": month,
                "system": system,
                "support": _state(month),
                "gap": {gap for gap, held in gaps.items() if held},
                "fleet": _fleet(row) and row["quantity"] > 0,
                "contact": m["last_seen"] if m and r and _fleet(r) else None,
            }
        )
    assert max(twice.values()) > 1
    return sorted(out, key=lambda row: (row["key"], row["source"]))


def _month(day: date) -> int:
    return day.year * 12 + day.month - 1


def _fleet(row: dict[str, Any]) -> bool:
    return row["status"] in ("in_use", "stored", "repair", "on_order")


def _state(month: int) -> str:
    now = _month(AS_OF)
    if month < 0:
        return "no_end" if month == NO_END else "unknown"
    return "past" if month < now else "within_a_year" if month < now + 12 else "later"


def fits(row: dict[str, Any], f: Filters) -> bool:
    for name in FACETS:
        wanted = getattr(f, name)
        if wanted and not (set(wanted) & row["gap"] if name == "gap" else row[name] in wanted):
            return False
    if f.in_fleet is not None and row["fleet"] != f.in_fleet:
        return False
    if f.unseen_before is not None and not (row["contact"] and row["contact"] < f.unseen_before):
        return False
    return found(row, " ".join(f.text.split()).lower(), f.anywhere)


def found(row: dict[str, Any], text: str, anywhere: bool) -> bool:
    if not text:
        return True
    own = (row["serial"].lower(), row["asset_tag"].lower())
    named = f"{row['model']} {READING.name('model', row['model'])}".lower() if row["model"] else ""
    parts = text.split()
    return any(value.startswith(text) or (anywhere and text in value) for value in own) or any(
        all(part in words for part in parts) for words in (named, row["model_raw"].lower(), row["place"].lower())
    )


VALUES: dict[str, list[str]] = {
    "site": ["lincoln", "roosevelt", "UNASSIGNED", "no-such-site"],
    "asset_class": ["chromebook", "panel", ""],
    "model": ["hp-11-g9", "dell-3110", "edgeboard-75", ""],
    "status": ["in_use", "stored", "retired", "missing", "on_order"],
    "role": ["student", ""],
    "condition": ["", "good", "poor"],
    "system": ["", "ten", "twelve", "Linux", "another"],
    "year": ["", "2021", "2022", "2024"],
    "support": list(SUPPORT_STATES),
    "gap": list(GAPS),
}
FILTERS = st.builds(
    Filters,
    **{
        n: st.one_of(st.just(()), st.lists(st.sampled_from(v), max_size=2, unique=True).map(tuple))
        for n, v in VALUES.items()
    },
    in_fleet=st.sampled_from([None, None, True, False]),
    unseen_before=st.sampled_from([None, None, AS_OF - timedelta(days=180)]),
    text=st.sampled_from(["", "", "", *WORDS]),
    anywhere=st.booleans(),
)
SCANS: dict[Path, list[dict[str, Any]]] = {}


def devices_of(snapshot: Path) -> list[dict[str, Any]]:
    if snapshot not in SCANS:
        SCANS[snapshot] = scan(snapshot)
    return SCANS[snapshot]


@settings(max_examples=150)
@given(filters=FILTERS)
def test_counts_and_facets_equal_a_scan_of_every_row(known: tuple[DeviceIndex, Path], filters: Filters) -> None:
    index, snapshot = known
    rows = devices_of(snapshot)
    left = [row for row in rows if fits(row, filters)]
    count = index.count(filters)
    assert (count.rows, count.units) == (len(left), sum(row["quantity"] for row in left))
    for name, values in index.facets(filters).items():
        others = [row for row in rows if fits(row, replace(filters, **{name: ()}))]
        expected: Counter[str] = Counter()
        units: Counter[str] = Counter()
        for row in others:
            for value in row["gap"] if name == "gap" else [row[name]]:
                expected[value] += 1
                units[value] += row["quantity"]
        assert {v.value: (v.rows, v.units) for v in values} == {v: (expected[v], units[v]) for v in expected}


@settings(max_examples=60)
@given(filters=FILTERS, by=st.sampled_from(ORDERS), descending=st.booleans(), limit=st.sampled_from([1, 7, 50]))
def test_walking_page_by_page_gives_every_device_exactly_once_and_offsets_agree(
    known: tuple[DeviceIndex, Path], filters: Filters, by: str, descending: bool, limit: int
) -> None:
    index, snapshot = known
    expected = Counter((row["key"], row["source"]) for row in devices_of(snapshot) if fits(row, filters))
    order, seen, after = Order(by, descending), [], None
    while True:
        page = index.page(filters, order, limit, after=after)
        assert page.devices == index.page(filters, order, limit, offset=len(seen)).devices
        seen += page.devices
        after = page.after
        if after is None:
            break
        assert len(page.devices) == limit
    assert Counter((d.key, d.source) for d in seen) == expected
    values = [_sorts_by(device, by) for device in seen]
    known_values = [value for value in values if value is not None]
    assert values[: len(known_values)] == known_values, "what is not known stands last"
    assert known_values == sorted(known_values, reverse=descending)


def _sorts_by(device: Any, by: str) -> Any:
    if by == "support":
        return device.support_month if device.support_month >= 0 else None
    value = getattr(device, by)
    if by in ("serial", "asset_tag"):
        value = value.lower()
    return READING.name(by, value).casefold() if by in ("model", "site") and value else None if value == "" else value


def test_every_column_of_a_device_is_the_one_of_the_file(known: tuple[DeviceIndex, Path]) -> None:
    index, snapshot = known
    listed = index.page(limit=1000).devices
    rows = devices_of(snapshot)
    assert len(listed) == len(rows) == index.devices
    for device, row in zip(listed, rows, strict=True):
        same = {f.name for f in fields(device)} & row.keys() - {"gap", "support"}
        assert len(same) == 33
        assert {name: getattr(device, name) for name in same} == {name: row[name] for name in same}
        assert (set(device.gaps), device.support, device.in_fleet) == (row["gap"], row["support"], row["fleet"])


@settings(max_examples=40)
@given(filters=FILTERS, names=st.lists(st.sampled_from(FACETS[:-1]), min_size=1, max_size=3, unique=True))
def test_tallies_by_several_fields_equal_a_scan(
    known: tuple[DeviceIndex, Path], filters: Filters, names: list[str]
) -> None:
    index, snapshot = known
    rows: Counter[tuple[str, ...]] = Counter()
    units: Counter[tuple[str, ...]] = Counter()
    for row in devices_of(snapshot):
        if fits(row, filters):
            kind = tuple(row[name] for name in names)
            rows[kind] += 1
            units[kind] += row["quantity"]
    found = index.tally(filters, names)
    assert {kind: (count.rows, count.units) for kind, count in found.items()} == {k: (rows[k], units[k]) for k in rows}


def test_an_index_asks_for_no_filter_it_does_not_know(known: tuple[DeviceIndex, Path]) -> None:
    with pytest.raises(KeyError):
        known[0].page(order=Order("nonsense"))
