"""An installation with a generated district: `python -m benchmarks.pages.furnish ROWS` prints the session of its administrator.

THROUGHLINE_DATA names the folder. The plan is that of the fleet benchmark: pupils, staff, contracts, funds and all drivers.
"""

import hashlib
import json
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from benchmarks.fleet import generate
from benchmarks.fleet.plan import whole_plan

SLUG = "bench"


def installed() -> None:
    """Django with an up-to-date database in the data folder."""
    from throughline.web.ops.start import start

    start()
    from throughline.web.ops.schema import bring_up_to_date

    bring_up_to_date()


def district_of(rows: int, slug: str = SLUG) -> Any:
    """A user who administers a new district of so many devices."""
    from dataclasses import replace

    from throughline.app.plans import save_plan
    from throughline.engine.plan.plan import with_records
    from throughline.web.access.scope import Actor, acting, within_district
    from throughline.web.accounts.models import Membership, User
    from throughline.web.districts.models import District
    from throughline.web.planning.store import begin

    plan = whole_plan(rows)
    made = District.objects.create(slug=slug, name=f"{rows:,} devices")
    user = User.objects.create_user(f"director@{slug}.example", None, name="Director")
    Membership.objects.create(user=user, district=made, role="district_admin")
    with tempfile.TemporaryDirectory() as name, within_district(made.pk), acting(Actor(user.email, user.pk)):
        opened = begin(made, replace(plan.district, id=slug, name=made.name, state="NJ"), generate.AS_OF)
        blocks: dict[str, str] = {}
        snapshot = _snapshot(rows, Path(name), blocks)
        whole = with_records(replace(plan, district=opened.plan.district), "snapshots", {snapshot.id: snapshot})
        save_plan(opened, whole, "generated", generate.AS_OF, blocks)
    return user


def _snapshot(rows: int, folder: Path, blocks: dict[str, str]) -> Any:
    from throughline.engine.plan.assumptions import SnapshotRef
    from throughline.fleet.quality import measure_quality
    from throughline.fleet.resolve import Resolutions
    from throughline.fleet.snapshot import build_snapshot
    from throughline.fleet.store import save_cohorts

    generate.staged(rows, folder / "staged.parquet")
    built = build_snapshot(
        folder / "staged.parquet", None, folder / "snapshot.parquet",
        resolutions=Resolutions(generate.places(rows), generate.models()), importer="google_chromeos",
        file_digest="bench", taken_on=generate.AS_OF, unseen_days=180, scratch=folder,
    )  # fmt: skip
    cohorts = save_cohorts(built.cohorts)
    (folder / "cohorts.bin").write_bytes(cohorts)
    names = f"{built.digest}.parquet", f"{hashlib.sha256(cohorts).hexdigest()}.cohorts"
    blocks |= dict(zip(names, (str(folder / "snapshot.parquet"), str(folder / "cohorts.bin")), strict=True))
    measured = measure_quality(folder / "snapshot.parquet", generate.AS_OF, 180, folder)
    lacking = tuple((gap.code, gap.asset_class, str(gap.units)) for gap in measured.gaps)
    return SnapshotRef("generated", *names, generate.AS_OF.isoformat(), measured.devices_read, (), lacking)


def session_of(user: Any) -> str:
    """A session of that person, past the second factor."""
    return str(client_of(user).session.session_key)


def client_of(user: Any) -> Any:
    """Someone signed in, without a browser."""
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    client.force_login(user)
    session = client.session
    session["has second factor"] = True
    session["began"] += 3600
    session.save()
    return client


def made(rows: int) -> Mapping[str, str]:
    """The installation; where to enter it and with which session."""
    installed()
    return {"slug": SLUG, "session": session_of(district_of(rows))}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(made(int(sys.argv[1]))))
