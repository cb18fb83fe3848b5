"""Inventory rows behind a count of an explanation: file, row and key of the first few devices, and the list that shows them all.

The device list knows fewer conditions than a count may have. Its query names those it knows, so it finds at least the devices
counted; when it counts as many units, it finds exactly these, and only then is it offered.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Any
from urllib.parse import urlencode

from throughline.app.explain_words import RowsOf
from throughline.app.plans import OpenPlan
from throughline.engine.refs import SetRef
from throughline.fleet.index.devices import DeviceIndex
from throughline.fleet.index.filters import Filters
from throughline.fleet.precedence import CORRECTION
from throughline.packs.os_names import os_release

FILTERS = {
    "asset_class": "asset_class", "site": "site", "role": "role", "model": "model", "purchase_year": "year",
    "condition": "condition", "status": "status", "os_release": "system",
}  # fmt: skip
IndexOf = Callable[[], DeviceIndex | None]


def rows_of(opened: OpenPlan, most: int, index: IndexOf | None = None) -> RowsOf | None:
    """A resolver for device counts; None when no rows are wanted or there is no inventory. `index` is asked for once, when needed."""
    snapshot = opened.plan.snapshot
    if most <= 0 or snapshot is None:
        return None
    path = opened.block(snapshot.block)
    names = {name.rpartition(" ")[2]: name.rpartition(" ")[0] for name in snapshot.files}
    month = opened.plan.district.fiscal_year_start_month

    def resolve(ref: SetRef) -> list[str]:
        from throughline.fleet.rows import cohort_rows

        if not any(name == "model" for name, _ in ref.key):
            return []
        found = cohort_rows(path, ref.key, month, most, os_release)
        shown = [
            f"correction {place.file}: {device.key}"
            if place.source == CORRECTION
            else f"{names.get(place.file[:12], place.file[:12])}, row {place.row}: {device.key}"
            for device in found.devices
            for place in device.sources
        ]
        left = found.units - len(found.devices)
        return [*shown, f"and {left:,} more"] if left > 0 else shown

    return RowsOf(resolve, _query_of(cache(index))) if index is not None else RowsOf(resolve)


def _query_of(index: IndexOf) -> Callable[[SetRef, int], str]:
    @cache
    def query(ref: SetRef, units: int) -> str:
        listed = index()
        if listed is None or not units:
            return ""
        told = {
            FILTERS[name]: "" if value == "unknown" else value.removeprefix("FY")
            for name, value in ref.key
            if name in FILTERS
        }
        fields: dict[str, Any] = {name: (value,) for name, value in told.items()}
        wanted = replace(Filters(in_fleet=True), **fields)
        if listed.count(wanted).units != units:
            return ""
        return urlencode([*told.items(), ("fleet", "yes")])

    return query
