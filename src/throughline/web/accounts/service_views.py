"""Sign-in services of the whole installation; those of a district stand in its People room."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from throughline.web.access.fresh import fresh_sign_in
from throughline.web.accounts.forms import ServiceForm
from throughline.web.accounts.models import IdentityProvider
from throughline.web.accounts.providers import KINDS, SAML, add_provider, remove_provider
from throughline.web.accounts.saml.settings import our_addresses
from throughline.web.districts.models import District


@fresh_sign_in
def services(request: Any) -> HttpResponse:
    """List them, and add one."""
    return services_page(request, None, "accounts/services.html", reverse("sign-in-services"))


@fresh_sign_in
def remove(request: Any, number: int) -> HttpResponse:
    """Remove one, with the identities it vouched for."""
    return removed(request, None, number, reverse("sign-in-services"))


def services_page(request: Any, district: District | None, template: str, back: str) -> HttpResponse:
    """The page of a place's services; POST adds one."""
    form = ServiceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        told = form.cleaned_data
        made = add_provider(
            told["kind"], told["name"], told["issuer"], told["client_id"], told["secret"], told["domains"], district,
            form.saml,
        )  # fmt: skip
        messages.success(
            request,
            gettext("{made_name} is added. Enter the return address below at the service.").format(made_name=made.name),
        )
        return redirect(back)
    rows = [
        {"row": row, "kind": KINDS[row.kind].name, "addresses": _addresses(request, row)}
        for row in IdentityProvider.objects.filter(district=district).order_by("name")
    ]  # fmt: skip
    words = {"form": form, "services": rows, "kinds": KINDS.values()}
    return render(request, template, words)


def _addresses(request: Any, row: IdentityProvider) -> list[tuple[str, str]]:
    """What to enter at the service: words and address."""
    if row.kind == SAML:
        name, answers = our_addresses(request, row)
        return [(gettext("Metadata and entity id"), name), (gettext("Return address (ACS)"), answers)]
    return [
        (gettext("Return address"), request.build_absolute_uri(reverse("openid_connect_callback", args=[row.word])))
    ]


def removed(request: Any, district: District | None, number: int, back: str) -> HttpResponse:
    """Remove a service of that place; another place's is not found."""
    found = IdentityProvider.objects.filter(district=district, pk=number).first()
    if found is None:
        raise Http404
    gone = remove_provider(found)
    messages.success(
        request,
        gettext("{found_name} is removed, with {gone} connected identities.").format(found_name=found.name, gone=gone),
    )
    return redirect(back)
