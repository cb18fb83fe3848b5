"""Inventory rows behind a count of an explanation: file, row and key of the first few devices."""

from throughline.app.explain_words import RowsOf
from throughline.app.plans import OpenPlan
from throughline.engine.refs import SetRef
from throughline.fleet.precedence import CORRECTION


def rows_of(opened: OpenPlan, most: int) -> RowsOf | None:
    """A resolver for device counts; None when no rows are wanted or there is no inventory."""
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
        found = cohort_rows(path, ref.key, month, most)
        shown = [
            f"correction {place.file}: {device.key}"
            if place.source == CORRECTION
            else f"{names.get(place.file[:12], place.file[:12])}, row {place.row}: {device.key}"
            for device in found.devices
            for place in device.sources
        ]
        left = found.units - len(found.devices)
        return [*shown, f"and {left:,} more"] if left > 0 else shown

    return resolve
