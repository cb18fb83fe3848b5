"""Pages before a district is entered: start, first set-up, one-time sign-in, invitation, new district."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from throughline.engine.plan.district import District as DistrictRecord
from throughline.web.access.roles import districts_of, founds, valid
from throughline.web.access.scope import Actor, acting, within_district
from throughline.web.access.sessions import MUST_ENROL
from throughline.web.accounts.forms import DistrictForm, FirstPersonForm, PersonForm
from throughline.web.accounts.invitations import accept, open_invitation
from throughline.web.accounts.links import find_link, use_link
from throughline.web.accounts.models import AGENCY_ROLES, ROLES, IdentityProvider, Invitation, Membership, User
from throughline.web.audit.log import append
from throughline.web.districts.models import Agency, District
from throughline.web.ops.status import warnings
from throughline.web.planning.store import begin

BACKEND = settings.AUTHENTICATION_BACKENDS[0]
ROLE_WORDS = dict((*ROLES, *AGENCY_ROLES))


def start(request: Any) -> HttpResponse:
    """The districts one may enter; the only one opens by itself."""
    found = districts_of(request.user)
    agencies = request.user.agency_memberships.filter(valid()).select_related("agency").order_by("agency__name")
    if len(found) == 1 and not request.user.is_operator and not agencies:
        return redirect("plan:home", found[0].district.slug)
    own = set(request.user.memberships.filter(valid()).values_list("district_id", flat=True))
    words = {
        "standings": [
            {"district": one.district, "role": ROLE_WORDS[one.role], "own": one.district.pk in own,
             "open": one.may("plan.read")} for one in found
        ],
        "agencies": [{"agency": one.agency, "role": ROLE_WORDS[one.role]} for one in agencies],
        "founds": founds(request.user),
        "notices": warnings() if request.user.is_operator and not settings.DEMO else [],
    }  # fmt: skip
    return render(request, "accounts/start.html", words)


@never_cache
def setup(request: Any, token: str) -> HttpResponse:
    """The first administrator of an empty installation, by the link the server printed."""
    link = find_link(token, "setup")
    if link is None or User.objects.exists():
        raise Http404
    form = FirstPersonForm(request.POST or None)
    if form.is_valid():
        with transaction.atomic():
            if not use_link(link):
                raise Http404
            told = form.cleaned_data
            user = User.objects.create_user(told["email"], told["password"], name=told["name"], is_operator=True)
            append("account.first", f"user/{user.pk}")
        login(request, user, BACKEND)
        return redirect("new-district")
    return render(request, "accounts/setup.html", {"form": form})


@never_cache
def enter_by_link(request: Any, token: str) -> HttpResponse:
    """Sign in to the sample on this machine; a link opened by a preview of the browser signs nobody in."""
    link = find_link(token, "demo")
    if link is None or link.user is None or not settings.DEMO:
        raise Http404
    if request.method == "POST":
        if not use_link(link):
            raise Http404
        login(request, link.user, BACKEND)
        return redirect("start")
    return render(request, "accounts/enter.html", {"person": link.user})


@never_cache
def invitation(request: Any, token: str) -> HttpResponse:
    """Accept an invitation: with the account one has, or with a new one for the invited address."""
    offer = open_invitation(token)
    if offer is None:
        return render(request, "accounts/invitation_over.html", status=404)
    known = User.objects.filter(email=offer.email).first()
    if known is not None and has_credentials(known):
        return _accept_as(request, offer, known)
    if request.user.is_authenticated:
        return _another(request, offer)
    passkey = request.POST.get("with") == "passkey"
    form = PersonForm(request.POST or None, email=offer.email, passkey=passkey)
    if form.is_valid():
        user = _new_person(offer, known, form.cleaned_data)
        login(request, user, BACKEND)
        if passkey:
            request.session[MUST_ENROL] = True
            return redirect("mfa_add_webauthn")
        return redirect("start")
    services = IdentityProvider.objects.filter(Q(district=None) | Q(district__isnull=False, district=offer.district))
    words = {"offer": offer, "place": offer.district or offer.agency, "role": ROLE_WORDS[offer.role], "form": form}
    more = {"services": [] if known else services, "token": token}
    return render(request, "accounts/invitation.html", {**words, **more})


def has_credentials(user: User) -> bool:
    """Whether the account has any way to sign in; one that was begun with a passkey and left has none."""
    return (
        user.has_usable_password()
        or Authenticator.objects.filter(user=user).exists()
        or SocialAccount.objects.filter(user_id=user.pk).exists()
    )


def _accept_as(request: Any, offer: Invitation, known: User) -> HttpResponse:
    if not request.user.is_authenticated:
        return redirect(f"{reverse(settings.LOGIN_URL)}?{urlencode({'next': request.path})}")
    if request.user.pk != known.pk:
        return _another(request, offer)
    if request.method == "POST" and accept(offer, known):
        return redirect("start")
    words = {"offer": offer, "place": offer.district or offer.agency, "role": ROLE_WORDS[offer.role]}
    return render(request, "accounts/invitation.html", words)


def _another(request: Any, offer: Invitation) -> HttpResponse:
    return render(request, "accounts/invitation_other.html", {"offer": offer}, status=403)


def _new_person(offer: Invitation, known: User | None, told: dict[str, Any]) -> User:
    with transaction.atomic():
        user = known or User.objects.create_user(offer.email, None, name=told["name"])
        user.name = told["name"]
        if told.get("password"):
            user.set_password(told["password"])
        user.save()
        if not accept(offer, user):
            raise Http404
    return user


def new_district(request: Any) -> HttpResponse:
    """Create a district: an operator becomes its first administrator; an agency's administrator creates it for the agency."""
    form = DistrictForm(request.POST or None)
    through = request.user.agency_memberships.filter(valid(), role="agency_admin").select_related("agency").first()
    agency = None if request.user.is_operator or through is None else through.agency
    if form.is_valid():
        made = create_district(form, request.user, agency)
        return redirect("plan:home", made.slug)
    return render(request, "accounts/new_district.html", {"form": form, "agency": agency})


def create_district(form: DistrictForm, user: User, agency: Agency | None = None) -> District:
    """The district with its empty plan and first member, all or nothing. An agency's own people enter through the agency."""
    told = form.cleaned_data
    with transaction.atomic():
        made = District.objects.create(slug=form.free_slug(), name=told["name"], agency=agency)
        if agency is None:
            Membership.objects.create(user=user, district=made, role="district_admin")
        record = DistrictRecord(made.slug, told["name"], told["state"].upper(), int(told["fiscal_year_start_month"]))
        with within_district(made.pk), acting(Actor(user.email, user.pk)):
            begin(made, record)
            append("district.created", f"district/{made.pk}")
    return made
