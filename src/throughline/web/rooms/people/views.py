"""Pages of the room."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from throughline.web.access.fresh import fresh_sign_in
from throughline.web.access.policy import policy
from throughline.web.access.sessions import end_sessions
from throughline.web.accounts import members
from throughline.web.accounts.forms import InviteForm, RoleForm
from throughline.web.accounts.invitations import hand_out, invite, pending, withdraw
from throughline.web.accounts.models import AGENCY_ROLES, ROLES, IdentityProvider, Invitation, Membership
from throughline.web.accounts.service_views import removed, services_page
from throughline.web.audit.log import append
from throughline.web.districts.models import District

WORDS = dict((*ROLES, *AGENCY_ROLES))
DOES = (
    ("district_admin", "manages people, sign-in and everything in the plan"),
    ("tech_leader", "keeps inventory and plan, adopts versions"),
    ("business_office", "keeps funds, costs and contracts"),
    ("cabinet", "compares what-ifs, decides, approves publishing"),
    ("board", "reads plan and documents"),
    ("staff", "answers tasks"),
    ("auditor", "reads everything of record until a last day"),
)


def home(request: Any, district: District) -> HttpResponse:
    """Members, invitations and the agency's people."""
    return _page(request, district, InviteForm())


def _page(request: Any, district: District, form: InviteForm, link: str = "", invited: str = "") -> HttpResponse:
    people = [_row(one, request.user.pk) for one in members.members_of(district)]
    active = [one for one in people if one["state"] == "active"]
    now = timezone.now()
    words = {
        "people": people,
        "active": len(active),
        "strong_without": [one["name"] for one in active if one["strong"] and not one["factor"]],
        "pending": [
            {"row": one, "role": WORDS[one.role], "over": one.expires_at <= now} for one in pending(district=district)
        ],
        "agency_people": [
            {"name": str(one.user), "email": one.user.email, "role": WORDS[one.role]}
            for one in members.agency_members_of(district.agency)
            if not members.has_ended(one) and one.user.is_active
        ],
        "services": IdentityProvider.objects.filter(district=district).order_by("name"),
        "form": form,
        "roles": [(WORDS[role], does) for role, does in DOES],
        "link": link,
        "invited": invited,
    }
    return render(request, "people/home.html", words)


def _row(one: Membership, me: int) -> dict[str, Any]:
    from allauth.mfa.models import Authenticator

    state = "deactivated" if not one.user.is_active else "ended" if members.has_ended(one) else "active"
    return {
        "id": one.pk,
        "name": one.user.name or one.user.email,
        "email": one.user.email,
        "role": WORDS[one.role],
        "until": one.until,
        "seen": one.user.last_login,
        "factor": Authenticator.objects.filter(user=one.user).exists(),
        "strong": one.role in policy().second_factor,
        "state": state,
        "me": one.user_id == me,
    }


@fresh_sign_in
def send_invitation(request: Any, district: District) -> HttpResponse:
    """Invite someone to the district."""
    form = InviteForm(request.POST)
    if not form.is_valid():
        return _page(request, district, form)
    told = form.cleaned_data
    if Membership.objects.filter(district=district, user__email=told["email"].lower()).exists():
        form.add_error("email", gettext("This person is a member already. Change the role in the list instead."))
        return _page(request, district, form)
    token = invite(told["email"], told["role"], request.user, district=district, until=told["until"])
    return _handed_out(request, district, token, told["email"], told["role"])


@fresh_sign_in
def resend(request: Any, district: District, number: int) -> HttpResponse:
    """A new link for a pending invitation; the old one stops working."""
    offer = _pending(district, number)
    token = invite(offer.email, offer.role, request.user, district=district, until=offer.until)
    return _handed_out(request, district, token, offer.email, offer.role)


def _handed_out(request: Any, district: District, token: str, email: str, role: str) -> HttpResponse:
    link, mailed = hand_out(token, email, WORDS[role], district.name, request.user)
    if mailed:
        messages.success(request, gettext("An invitation is on its way to {email}.").format(email=email))
        return redirect("people:home", district.slug)
    return _page(request, district, InviteForm(), link, email)


def take_back(request: Any, district: District, number: int) -> HttpResponse:
    """Withdraw an invitation."""
    offer = _pending(district, number)
    withdraw(offer)
    messages.success(request, gettext("The invitation of {email} is withdrawn.").format(email=offer.email))
    return redirect("people:home", district.slug)


def _pending(district: District, number: int) -> Invitation:
    offer = pending(district=district).filter(pk=number).first()
    if offer is None:
        raise Http404
    return offer


def _member(district: District, number: int) -> Membership:
    one = Membership.objects.filter(district=district, pk=number).select_related("user", "district").first()
    if one is None:
        raise Http404
    return one


@fresh_sign_in
def member(request: Any, district: District, number: int) -> HttpResponse:
    """One person: role, last day, and what else may be done."""
    one = _member(district, number)
    form = RoleForm(request.POST if request.method == "POST" else None, initial={"role": one.role, "until": one.until})
    if form.is_valid():
        try:
            members.change_role(one, form.cleaned_data["role"], form.cleaned_data["until"], request.user)
        except members.MemberError as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, gettext("{user} is now {lower}.").format(user=one.user, lower=WORDS[one.role].lower())
            )
            return redirect("people:home", district.slug)
    alone = members.belongs_only_to(one.user, district)
    words = {"one": _row(one, request.user.pk), "form": form, "alone": alone}
    return render(request, "people/member.html", words)


@fresh_sign_in
def end(request: Any, district: District, number: int) -> HttpResponse:
    """End a person's access to the district."""
    one = _member(district, number)
    return _done(
        request,
        district,
        gettext("{user} may no longer enter.").format(user=one.user),
        lambda: members.end_membership(one, request.user),
    )


@fresh_sign_in
def close_account(request: Any, district: District, number: int) -> HttpResponse:
    """Deactivate the account of someone who belongs to this district alone."""
    user = _member(district, number).user
    words = gettext("The account of {user} is deactivated, and its sessions have ended.").format(user=user)
    return _done(request, district, words, lambda: members.deactivate(user, request.user, district))


@fresh_sign_in
def open_account(request: Any, district: District, number: int) -> HttpResponse:
    """Activate it again."""
    user = _member(district, number).user
    return _done(
        request,
        district,
        gettext("{user} may sign in again.").format(user=user),
        lambda: members.reactivate(user, district),
    )


@fresh_sign_in
def clear_factors(request: Any, district: District, number: int) -> HttpResponse:
    """Remove the second factors of someone who lost them."""
    user = _member(district, number).user
    words = gettext(
        "{user} signs in by password or service next time, and adds a second factor again where the role needs one."
    ).format(user=user)
    return _done(request, district, words, lambda: members.clear_factors(user, request.user, district))


def sign_out(request: Any, district: District, number: int) -> HttpResponse:
    """End every session of a member."""
    user = _member(district, number).user
    end_sessions(user, keep=request if user.pk == request.user.pk else None)
    append("sessions.ended", f"user/{user.pk}")
    messages.success(request, gettext("{user} is signed out everywhere.").format(user=user))
    return redirect("people:home", district.slug)


def _done(request: Any, district: District, words: str, action: Any) -> HttpResponse:
    try:
        action()
        messages.success(request, words)
    except members.MemberError as error:
        messages.error(request, str(error))
    return redirect("people:home", district.slug)


@fresh_sign_in
def services(request: Any, district: District) -> HttpResponse:
    """The district's own sign-in services."""
    return services_page(request, district, "people/services.html", reverse("people:services", args=[district.slug]))


@fresh_sign_in
def remove_service(request: Any, district: District, number: int) -> HttpResponse:
    """Remove one of them."""
    return removed(request, district, number, reverse("people:services", args=[district.slug]))
