"""The page of an agency: its districts and its own people."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from throughline.web.access.fresh import fresh_sign_in
from throughline.web.accounts.forms import AgencyInviteForm
from throughline.web.accounts.invitations import hand_out, invite, pending, withdraw
from throughline.web.accounts.members import MemberError, agency_members_of, end_membership
from throughline.web.accounts.models import AGENCY_ROLES, AgencyMembership
from throughline.web.districts.models import Agency

WORDS = dict(AGENCY_ROLES)


def home(request: Any, agency: Agency, form: AgencyInviteForm | None = None, link: str = "") -> HttpResponse:
    """Districts, people and pending invitations."""
    manages = request.role == "agency_admin"
    words = {
        "agency": agency,
        "districts": agency.districts.filter(retired_at=None).order_by("name"),
        "people": [{"row": one, "role": WORDS[one.role]} for one in agency_members_of(agency)],
        "pending": [{"row": one, "role": WORDS[one.role]} for one in pending(agency=agency)] if manages else [],
        "manages": manages,
        "form": form or AgencyInviteForm(),
        "link": link,
    }
    return render(request, "accounts/agency.html", words)


@fresh_sign_in
def send_invitation(request: Any, agency: Agency) -> HttpResponse:
    """Invite someone to the agency."""
    form = AgencyInviteForm(request.POST)
    if not form.is_valid():
        return home(request, agency, form)
    told = form.cleaned_data
    token = invite(told["email"], told["role"], request.user, agency=agency, until=told["until"])
    link, mailed = hand_out(token, told["email"], WORDS[told["role"]], agency.name, request.user)
    if mailed:
        messages.success(request, gettext("An invitation is on its way to {email}.").format(email=told["email"]))
        return redirect("agency", agency.slug)
    return home(request, agency, link=link)


def take_back(request: Any, agency: Agency, number: int) -> HttpResponse:
    """Withdraw an invitation."""
    offer = pending(agency=agency).filter(pk=number).first()
    if offer is None or not withdraw(offer):
        raise Http404
    messages.success(request, gettext("The invitation of {email} is withdrawn.").format(email=offer.email))
    return redirect("agency", agency.slug)


@fresh_sign_in
def end(request: Any, agency: Agency, number: int) -> HttpResponse:
    """End a person's role in the agency."""
    one = AgencyMembership.objects.filter(agency=agency, pk=number).select_related("user").first()
    if one is None:
        raise Http404
    try:
        end_membership(one, request.user)
        messages.success(
            request,
            gettext("{user} no longer belongs to {agency_name}.").format(user=one.user, agency_name=agency.name),
        )
    except MemberError as error:
        messages.error(request, str(error))
    return redirect("agency", agency.slug)
