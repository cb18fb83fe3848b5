"""Page: take the whole plan away as a plan folder: a right of its own, a fresh sign-in, an entry in the log, word to administrators."""

import tempfile
import zipfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse

from throughline.app.records import FolderError
from throughline.app.transfer import export_plan
from throughline.web.access.exports import refusal
from throughline.web.access.fresh import fresh_sign_in
from throughline.web.access.scope import actor
from throughline.web.accounts.models import Membership
from throughline.web.audit.log import append
from throughline.web.districts.models import District
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead
from throughline.web.teamwork.mail import queue_template
from throughline.web.teamwork.sending import SANDBOX

MANY = 5000  # rows; above it the district's administrators are told
MARK = "RESTRICTED. Plan of {name}, exported {day} by {who}. It holds budgets, contracts and devices; keep it as you keep those.\n"


@fresh_sign_in
def export(request: Any, district: District) -> HttpResponseBase:
    """Say what is in it, then send it."""
    opened = store.open_district(district)
    devices = opened.plan.snapshot.rows if opened.plan.snapshot else 0
    if request.method == "GET":
        return render(request, "documents/export.html", {"devices": devices, "tab": "documents"})
    return _send(request, district, devices)


def _send(request: Any, district: District, devices: int) -> HttpResponseBase:
    too_many = refusal(request)
    if too_many:
        messages.error(request, too_many)
        return redirect("documents:home", district.slug)
    opened, day = store.open_district(district), store.day_of(PlanHead.objects.get())
    kept = tempfile.TemporaryFile(prefix="throughline-export-")  # noqa: SIM115 - closed with the answer
    with tempfile.TemporaryDirectory(prefix="throughline-export-") as scratch:
        folder = Path(scratch) / district.slug
        try:
            export_plan(opened, folder, day)
        except FolderError as error:
            kept.close()
            messages.error(request, str(error))
            return redirect("documents:home", district.slug)
        (folder / "READ-ME.txt").write_text(
            MARK.format(name=district.name, day=day, who=actor().name), encoding="utf-8"
        )
        with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as packed:
            for path in sorted(folder.rglob("*")):
                if path.is_file() and not path.name.startswith("."):
                    packed.write(path, path.relative_to(folder.parent).as_posix())
    kept.seek(0)
    entry = append("plan.exported", "plan", digest=opened.manifest.digest, devices=devices)
    if devices > MANY:
        _tell(district, entry.sequence)
    answer = FileResponse(
        kept, as_attachment=True, filename=f"{district.slug}-plan.zip", content_type="application/zip"
    )
    answer.headers["Content-Security-Policy"] = SANDBOX
    return answer


def _tell(district: District, number: int) -> None:
    words: dict[str, object] = {
        "district": district,
        "who": actor().name,
        "address": f"{settings.PUBLIC_URL}{reverse('audit:home', args=[district.slug])}",
    }
    admins = Membership.objects.filter(district=district, role="district_admin", user__is_active=True)
    for email in admins.values_list("user__email", flat=True):
        queue_template(
            email, "documents/mail/exported.txt", words, f"export/{district.pk}/{number}/{email}", district.pk
        )
