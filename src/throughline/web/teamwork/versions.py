"""Adopted versions: frozen with plan, run, ledger and documents in a folder of their own, and never changed.

A version is a number, the day the board adopted it, and the digest of the list of all its files; `verify` reads every file again.
"""

import json
import shutil
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext

from throughline.app.freeze import freeze, touched
from throughline.app.plans import ADOPTED, OpenPlan, open_plan
from throughline.app.records import FolderError
from throughline.app.run_plan import PlanResult
from throughline.web.access.scope import actor
from throughline.web.audit.log import append
from throughline.web.config.paths import district_folder
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.planning.adopted import Adopted, finds_adopted
from throughline.web.planning.models import PlanHead
from throughline.web.planning.results import result_of
from throughline.web.teamwork.models import PlanVersion

Tell = Callable[[int, str], None]


def adopt(
    district: District, label: str, adopted_on: date, note: str = "", seen: str = "",
    tell: Tell = lambda _percent, _words: None,
) -> PlanVersion:  # fmt: skip
    """Freeze the plan in force. `seen` is the digest of the plan that was decided on: another one raises FolderError."""
    head = PlanHead.objects.get()
    if seen and head.digest != seen:
        raise FolderError(gettext("The plan was changed after you asked to adopt it. Look at it again, then adopt it."))
    opened, day = store.open_district(district), store.day_of(head)
    number = (PlanVersion.objects.order_by("-number").values_list("number", flat=True).first() or 0) + 1
    folder = f"version-{number}"
    tell(10, gettext("Computing the plan and writing its documents"))
    place = adopted_folder(district, folder)
    if place.exists():  # of an attempt that ended before its row was written; nothing names it
        shutil.rmtree(place)
    made = freeze(opened, folder, day)
    tell(90, gettext("Keeping the version"))
    listed = (made / ADOPTED).read_bytes()
    body = json.loads(listed)
    who = actor()
    with transaction.atomic():
        now = PlanHead.objects.select_for_update().get()
        if now.digest != head.digest:
            shutil.rmtree(made)
            raise FolderError(
                gettext("The plan was changed while it was being adopted. Look at it again, then adopt it.")
            )
        version: PlanVersion = PlanVersion.objects.create(
            district=district, number=number, label=label.strip() or f"Version {number}", note=note,
            adopted_on=adopted_on, as_of=day, plan_digest=head.digest, run=body["run"], folder=folder,
            files_digest=sha256(listed).hexdigest(), files=body["files"], user_id=who.user, by=who.name,
        )  # fmt: skip
        append(
            "plan.adopted", f"version/{number}", plan=head.digest, run=body["run"], files=version.files_digest,
            adopted_on=adopted_on.isoformat(),
        )  # fmt: skip
    return version


def adopted_folder(district: District, folder: str) -> Path:
    """The folder of a version."""
    return district_folder(district.key) / "adopted" / folder


def verify(district: District, version: PlanVersion) -> list[str]:
    """What of a version's files is missing, changed or new; nothing when all is as it was adopted."""
    place = adopted_folder(district, version.folder)
    try:
        listed = sha256((place / ADOPTED).read_bytes()).hexdigest()
    except OSError:
        listed = ""
    return [*([] if listed == version.files_digest else [ADOPTED]), *touched(place, version.files)]


def open_version(district: District, version: PlanVersion) -> OpenPlan:
    """The plan as it was adopted; raises FolderError when its files were touched."""
    return open_plan(adopted_folder(district, version.folder))


def result_of_version(district: District, version: PlanVersion) -> PlanResult:
    """The run of a version, as it was on its day."""
    return result_of(open_version(district, version), version.as_of)


def latest() -> PlanVersion | None:
    """The version in force of the district in scope."""
    found: PlanVersion | None = PlanVersion.objects.order_by("-number").first()
    return found


@finds_adopted
def in_force(district: District) -> Adopted | None:
    """For pages that compare with what was adopted; None when nothing was, or its files cannot be read."""
    version = latest()
    if version is None:
        return None
    try:
        return Adopted(version.number, version.adopted_on, result_of_version(district, version))
    except FolderError:
        return None  # the versions page says what is missing


def version_words(version: PlanVersion | None, digest: str) -> str:
    """What the top bar says of the plan of that digest."""
    if version is None:
        return gettext("Working copy, nothing adopted yet")
    day = f"{version.adopted_on:%B} {version.adopted_on.day}, {version.adopted_on.year}"
    if version.plan_digest == digest:
        return f"Version {version.number} as adopted {day}"
    return f"Working copy, based on version {version.number} adopted {day}"
