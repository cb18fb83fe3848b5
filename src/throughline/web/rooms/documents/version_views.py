"""Pages: adopted versions, adopting one, and what the working copy changed since."""

from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from throughline.app.compare import compare
from throughline.app.records import FolderError
from throughline.app.rooms.changes import changes
from throughline.web.audit.log import append
from throughline.web.districts.models import District
from throughline.web.jobs import jobs
from throughline.web.jobs.models import Job
from throughline.web.jobs.views import shown
from throughline.web.planning.models import PlanHead
from throughline.web.planning.reading import read
from throughline.web.teamwork import versions
from throughline.web.teamwork.models import PlanVersion
from throughline.web.teamwork.sending import send

KIND = "adopt"


class AdoptForm(forms.Form):
    """What the board did."""

    adopted_on = forms.DateField(
        label=gettext_lazy("Adopted on"),
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("The day of the board’s vote."),
    )
    label = forms.CharField(
        label=gettext_lazy("Name"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("For example Technology plan 2026 to 2031."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)

    def clean_adopted_on(self) -> date:
        """No day to come."""
        day: date = self.cleaned_data["adopted_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(gettext("A plan is adopted when the vote is over; this day is still to come."))
        return day


def listing(request: Any, district: District) -> HttpResponse:
    """Every version, and how far the working copy is from the last one."""
    return _listing(request, district, AdoptForm(initial={"seen": PlanHead.objects.get().digest}))


def adopt(request: Any, district: District) -> HttpResponse:
    """Begin to freeze the plan in force."""
    form = AdoptForm(request.POST)
    if not form.is_valid():
        return _listing(request, district, form, 422)
    told = form.cleaned_data
    jobs.start(
        KIND, label=told["label"], adopted_on=told["adopted_on"].isoformat(), note=told["note"], seen=told["seen"]
    )
    return redirect("documents:versions", district.slug)


def version(request: Any, district: District, number: int) -> HttpResponse:
    """One version: what it holds, whether it is untouched, what changed since."""
    row = get_object_or_404(PlanVersion, number=number)
    wrong: list[str] | None = None
    if request.GET.get("check") == "1":
        wrong = versions.verify(district, row)
        append("version.checked", f"version/{number}", wrong=len(wrong))
    context: dict[str, Any] = {"version": row, "wrong": wrong, "tab": "versions", "checked": wrong is not None}
    context["documents"] = [name for name in row.files if name.startswith("documents/")]
    context["decisions"] = row.decisions.order_by("-number")
    context |= _compared(district, row)
    return render(request, "documents/version.html", context)


def file(request: Any, district: District, number: int, name: str) -> HttpResponseBase:
    """A document of a version; only what its list of files names."""
    row = get_object_or_404(PlanVersion, number=number)
    if name not in row.files or not name.startswith("documents/"):
        raise Http404
    answer = send(
        versions.adopted_folder(district, row.folder) / name,
        f"{district.slug}-version-{number}-{name.rpartition('/')[2]}",
        "application/octet-stream",
    )
    append("document.downloaded", f"version/{number}", digest=row.files[name])
    return answer


def _listing(request: Any, district: District, form: AdoptForm, status: int = 200) -> HttpResponse:
    rows = list(PlanVersion.objects.order_by("-number"))
    head = PlanHead.objects.get()
    job = Job.objects.filter(kind=KIND).order_by("-pk").first()
    last = rows[0] if rows else None
    context: dict[str, Any] = {
        "versions": rows,
        "last": last,
        "same": last is not None and last.plan_digest == head.digest,
        "form": form,
        "job": shown(job) if job is not None and (job.open or job.state == "failed") else None,
        "tab": "versions",
    }
    if last is not None and not context["same"]:
        context |= _compared(district, last)
    return render(request, "documents/versions.html", context, status=status)


def _compared(district: District, row: PlanVersion) -> dict[str, Any]:
    """The working copy beside a version; words instead when the version's files cannot be read."""
    try:
        before = versions.result_of_version(district, row)
    except FolderError as error:
        return {"damaged": str(error)}
    now = read(district).result
    names = (f"Version {row.number}", gettext("Working copy"))
    return {"changes": changes(before.planning, now.planning), "comparison": compare(before, now, names)}
