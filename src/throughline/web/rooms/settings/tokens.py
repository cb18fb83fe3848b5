"""Tokens of the programming interface: made, shown once, listed with their last use, revoked."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, gettext_lazy

from throughline.web.api.models import ApiToken
from throughline.web.api.tokens import LONGEST_DAYS, make_token
from throughline.web.api.tokens import revoke as end
from throughline.web.districts.models import District

VERBS = [
    ("read", gettext_lazy("Read the plan, its records and figures")),
    ("write", gettext_lazy("Change records, set values, undo")),
    ("import", gettext_lazy("Import files")),
    ("build", gettext_lazy("Build documents")),
]


class TokenForm(forms.Form):
    """A new token."""

    name = forms.CharField(
        max_length=80,
        label=gettext_lazy("What it is for"),
        help_text=gettext_lazy("For example: nightly inventory from the device console."),
    )
    verbs = forms.MultipleChoiceField(
        choices=VERBS, label=gettext_lazy("What it may do"), widget=forms.CheckboxSelectMultiple, initial=["read"]
    )
    days = forms.IntegerField(
        min_value=1,
        max_value=LONGEST_DAYS,
        initial=30,
        label=gettext_lazy("Days until it ends"),
        help_text=f"At most {LONGEST_DAYS}.",
    )


def tokens(request: Any, district: District) -> HttpResponse:
    """The tokens of the district; a new one is shown on this answer and never again."""
    form = TokenForm(request.POST or None)
    made = ""
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        made = make_token(district, request.user, told["name"], told["verbs"], told["days"])
        form = TokenForm()
    found = ApiToken.objects.select_related("made_by").order_by("revoked_at", "-made_at")[:100]
    status = 422 if form.errors else 200
    return render(request, "settings/tokens.html", {"form": form, "made": made, "tokens": found}, status=status)


def revoke(request: Any, district: District, token: int) -> HttpResponse:
    """End a token at once."""
    found = ApiToken.objects.filter(pk=token).first()
    if found is None:
        raise Http404
    end(found)
    messages.success(request, gettext("The token {found_name} no longer works.").format(found_name=found.name))
    return redirect("settings:tokens", district.slug)
