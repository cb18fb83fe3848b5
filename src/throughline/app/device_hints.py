"""How many devices the inventory in force has, for lists that give rates of devices and do not say of how many.

Counted are end-user devices in service, all of them and by band of the repair rates; what is on order is not.
"""

import numpy as np

from throughline.app.plans import OpenPlan
from throughline.app.run_plan import load_fleet
from throughline.engine.lifecycle.groups import BANDS, band_of_cells
from throughline.engine.lifecycle.policies import END_USER
from throughline.importers.localrates import COUNTED, DEVICES
from throughline.packs.loader import load_rulebook
from throughline.workspace.folder import FolderError

ANY = "default"  # the band of devices that none of the others names


def device_hints(opened: OpenPlan) -> dict[str, str]:
    """What importers are told: devices, devices of each band, and where they were counted; nothing without an inventory."""
    snapshot = opened.plan.snapshot
    if snapshot is None:
        return {}
    try:
        cohorts = load_fleet(opened)
    except FolderError:
        return {}
    if not cohorts.devices:
        return {}
    known = load_rulebook(opened.plan.district.state).asset_classes
    is_end_user = np.array([name in known and known[name].category == END_USER for name in cohorts.classes], bool)
    bands = band_of_cells(cohorts, opened.plan.site_by_id, tuple(known.values()))
    units = (cohorts.count - cohorts.on_order) * is_end_user[cohorts.cell_class][cohorts.entry_cell]
    counts = {band: int(units[bands[cohorts.entry_cell] == place].sum()) for place, band in enumerate(BANDS)}
    if not (total := sum(counts.values())):
        return {}
    named = {f"{DEVICES}:{band}": str(count) for band, count in counts.items() if band != ANY and count}
    return {DEVICES: str(total), **named, COUNTED: f"the inventory of {snapshot.taken_on}"}
