"""Pages: decision records."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from throughline.web.districts.models import District
from throughline.web.planning.reading import read
from throughline.web.teamwork.decisions import NOTHING, DecisionError, Vote, options_of, record, vote_words
from throughline.web.teamwork.models import Decision, PlanVersion


class DecisionForm(forms.Form):
    """What was decided, when, and how the vote went."""

    question = forms.CharField(
        label=gettext_lazy("Question"),
        max_length=300,
        initial=gettext_lazy("Which technology plan does the district adopt?"),
    )
    reasons = forms.CharField(label=gettext_lazy("Reasons"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    decided_on = forms.DateField(label=gettext_lazy("Decided on"), widget=forms.DateInput(attrs={"type": "date"}))
    agenda_item = forms.CharField(label=gettext_lazy("Agenda item"), max_length=40, required=False)
    votes_for = forms.IntegerField(label=gettext_lazy("Votes for"), min_value=0, max_value=999, required=False)
    votes_against = forms.IntegerField(label=gettext_lazy("Votes against"), min_value=0, max_value=999, required=False)
    abstained = forms.IntegerField(label=gettext_lazy("Abstained"), min_value=0, max_value=999, required=False)
    vote_words = forms.CharField(
        label=gettext_lazy("About the vote"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("For example what those against asked for."),
    )

    def clean_decided_on(self) -> Any:
        """No day to come."""
        if self.cleaned_data["decided_on"] > timezone.localdate():
            raise forms.ValidationError(gettext("This day is still to come; record a decision when it was made."))
        return self.cleaned_data["decided_on"]


def listing(request: Any, district: District) -> HttpResponse:
    """Every record, the latest first."""
    rows = list(Decision.objects.select_related("version").prefetch_related("replaced_by").order_by("-number"))
    return render(request, "documents/decisions.html", {"decisions": rows, "tab": "decisions"})


def new(request: Any, district: District) -> HttpResponse:
    """Record a decision."""
    reading = read(district)
    number, old = request.GET.get("version", ""), request.GET.get("replaces", "")
    version = PlanVersion.objects.filter(number=int(number)).first() if _whole(number) else None
    replaces = Decision.objects.filter(number=int(old)).first() if _whole(old) else None
    start = {"decided_on": version.adopted_on} if version else {}
    if replaces is not None:
        start |= {"question": replaces.question, "reasons": replaces.reasons, "decided_on": replaces.decided_on}
    form = DecisionForm(request.POST or None, initial=start)
    considered = set(request.POST.getlist("considered")) if request.method == "POST" else {"plan", NOTHING}
    chosen = request.POST.get("chosen", "plan")
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        vote = Vote(told["votes_for"], told["votes_against"], told["abstained"], told["vote_words"])
        try:
            made = record(
                district, told["question"], considered, chosen, told["reasons"], told["decided_on"], vote,
                told["agenda_item"], version, replaces, reading,
            )  # fmt: skip
            messages.success(request, gettext("Recorded. A record never changes; a later one can take its place."))
            return redirect("documents:decision", district.slug, made.number)
        except DecisionError as error:
            form.add_error(None, str(error))
    context = {
        "form": form, "options": options_of(reading), "considered": considered, "chosen": chosen, "version": version,
        "replaces": replaces, "tab": "decisions", **reading.foot,
    }  # fmt: skip
    return render(request, "documents/decision_form.html", context, status=422 if form.errors else 200)


def decision(request: Any, district: District, number: int) -> HttpResponse:
    """One record, to read and to print."""
    row = get_object_or_404(Decision.objects.select_related("version", "replaces"), number=number)
    context = {
        "decision": row,
        "vote": vote_words(row),
        "later": row.replaced_by.order_by("number").first(),
        "tab": "decisions",
    }
    return render(request, "documents/decision.html", {**context, "run": row.run, "run_day": row.as_of})


def _whole(text: str) -> bool:
    return text.isdecimal() and len(text) < 9
