"""Give refused rows back as a file to mend: with the file's own columns, row, reason and remedy, as text or as a workbook."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.http import content_disposition_header
from django.utils.translation import gettext

from throughline.app.preview import Brought
from throughline.app.refused_rows import RefusedRows, as_csv, as_xlsx, refused_rows
from throughline.web.audit.log import append
from throughline.web.districts.models import District
from throughline.web.intake.models import Upload
from throughline.web.intake.store import path_of
from throughline.web.planning import store
from throughline.web.planning.models import PlanHead

FORMS: dict[str, tuple[Callable[[RefusedRows], bytes], str]] = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def refused(request: Any, district: District, ref: str, position: int, form: str) -> HttpResponse:
    """The refused rows of one file of a delivery."""
    upload = Upload.objects.filter(delivery__ref=ref, position=position, removed_at=None).first()
    if upload is None or form not in FORMS or not path_of(district, upload).is_file():
        raise Http404
    brought = Brought(path_of(district, upload), upload.name, upload.answers)
    found = refused_rows(store.open_district(district), brought, store.day_of(PlanHead.objects.get()))
    if found is None:
        messages.info(
            request, gettext("No row of this file can be given back by itself. Mend the file and bring it again.")
        )
        return redirect("inventory:delivery", district.slug, ref)
    write, kind = FORMS[form]
    append("rows.given back", f"delivery/{upload.delivery_id}", position=position, rows=len(found.rows))
    stem = upload.name.rpartition(".")[0] or upload.name
    answer = HttpResponse(write(found), content_type=kind)
    answer.headers["Content-Disposition"] = (
        content_disposition_header(as_attachment=True, filename=f"{stem}-refused.{form}") or "attachment"
    )
    answer.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return answer
