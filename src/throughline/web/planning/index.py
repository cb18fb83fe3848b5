"""The index of the district's inventory: derived, kept beside its blocks, built when it is first wanted."""

from datetime import date

from throughline.app.devices import device_index
from throughline.app.plans import OpenPlan
from throughline.app.rooms.inventory import Index
from throughline.web.config.paths import district_folder, private
from throughline.web.districts.models import District


def index_of(district: District, opened: OpenPlan, day: date) -> Index | None:
    """The index of the inventory in force; None without an inventory."""
    return device_index(opened, private(district_folder(district.key) / "indexes"), day)
