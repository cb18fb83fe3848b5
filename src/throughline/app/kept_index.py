"""The device index of a plan folder, kept in `indexes/` beside its blocks and named by the snapshot's digest.

It is derived: nothing names it, so copies and transfers of the plan leave it out, and deleting it loses nothing. A folder
that cannot be written, or that is an adopted version and never changes, gets an index that lives as long as the answer.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from throughline.app.devices import device_index, prune_device_indexes
from throughline.app.plans import ADOPTED, OpenPlan
from throughline.fleet.index.devices import DeviceIndex

FOLDER = "indexes"


@contextmanager
def kept_index(opened: OpenPlan, as_of: date) -> Iterator[DeviceIndex | None]:
    """The index of the inventory in force, kept for the next time where it can be; None without an inventory."""
    if not (opened.root.parent / ADOPTED).is_file():
        folder = opened.root / FOLDER
        try:
            index = device_index(opened, folder, as_of)
            prune_device_indexes(folder, [opened.plan])
        except OSError:  # a disk that is full or not ours to write to
            pass
        else:
            yield index
            return
    with TemporaryDirectory(prefix="throughline-") as folder_for_once:
        yield device_index(opened, Path(folder_for_once), as_of)
