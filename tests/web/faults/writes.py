"""What the fault tests write: through the product's use cases, marked so that a journal can be compared with what is there."""

import tempfile
from datetime import date
from pathlib import Path

from throughline.app.import_source import import_files
from throughline.app.plans import save_plan
from throughline.app.records import FolderError
from throughline.engine.plan.plan import with_records
from throughline.engine.plan.sites import Site
from throughline.web.districts.models import District
from throughline.web.planning import store

DAY = date(2026, 11, 16)
SITES, DEVICES = 12, 40
TRIES = 8


def write_site(district: District, mark: str) -> int:
    """One record in one step; returns the revision."""
    from throughline.web.planning.models import PlanHead

    opened = store.open_district(district)
    save_plan(opened, with_records(opened.plan, "sites", {mark: Site(mark, mark)}), f"journal {mark}", DAY)
    return int(PlanHead.objects.get().number)


def import_sites(district: District, mark: str) -> bool:
    """Twelve schools from a file, all or none."""
    rows = "".join(f"{mark} school {n},Elementary,K-5,yes,/{mark}{n}/\n" for n in range(SITES))
    return _import(district, f"{mark}-sites.csv", f"School Name,Level,Grades,E-Rate Entity,Org Unit\n{rows}")


def import_devices(district: District, mark: str) -> bool:
    """A console export of forty devices: a snapshot, its counts, and the record that points to them."""
    head = "deviceId,serialNumber,annotatedAssetId,orgUnitPath,model,status,firstEnrollmentTime,lastSync,osVersion\n"
    rows = "".join(
        f"{mark}{n:04},SN{mark}{n:04},TAG-{mark}{n:04},/A/,Lenovo 100e Chromebook 2nd Gen AST,ACTIVE,"
        "2021-10-04T13:05:00.000Z,2026-11-10T13:11:00.000Z,141.0\n"
        for n in range(DEVICES)
    )
    return _import(district, f"{mark}-devices.csv", head + rows)


def _import(district: District, name: str, text: str) -> bool:
    with tempfile.TemporaryDirectory(prefix="fault-") as folder:
        path = Path(folder) / name
        path.write_text(text, encoding="utf-8")
        for _ in range(TRIES):
            try:
                report = import_files(store.open_district(district), [path], DAY, {})
            except FolderError:  # somebody else's step came between; read again
                continue
            assert report.done, [item.status for item in report.files]
            return report.written
    raise FolderError("too many steps of others came between")
