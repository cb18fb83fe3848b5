"""Pages before a district is entered: start, first set-up, one-time sign-in, invitation, new district."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from throughline.engine.plan.district import District as DistrictRecord
from throughline.web.access.roles import districts_of
from throughline.web.access.scope import Actor, acting, within_district
from throughline.web.accounts.forms import DistrictForm, FirstPersonForm, PersonForm
from throughline.web.accounts.invitations import accept, open_invitation
from throughline.web.accounts.links import find_link, use_link
from throughline.web.accounts.models import Membership, User
from throughline.web.audit.log import append
from throughline.web.districts.models import District
from throughline.web.planning.store import begin

BACKEND = settings.AUTHENTICATION_BACKENDS[0]


def start(request: Any) -> HttpResponse:
    """The districts one may enter; the only one opens by itself."""
    found = districts_of(request.user)
    if len(found) == 1 and not request.user.is_operator:
        return redirect("plan:home", found[0].district.slug)
    return render(request, "accounts/start.html", {"standings": found})


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
        raise Http404
    known = User.objects.filter(email=offer.email.lower()).first()
    if known is not None:
        if request.user.is_authenticated and request.user.pk == known.pk:
            if request.method == "POST" and accept(offer, known):
                return redirect("start")
            return render(request, "accounts/invitation.html", {"offer": offer, "person": known})
        return redirect(f"{reverse(settings.LOGIN_URL)}?next={request.path}")
    form = PersonForm(request.POST or None, email=offer.email)
    if form.is_valid():
        with transaction.atomic():
            told = form.cleaned_data
            user = User.objects.create_user(offer.email, told["password"], name=told["name"])
            if not accept(offer, user):
                raise Http404
        login(request, user, BACKEND)
        return redirect("start")
    return render(request, "accounts/invitation.html", {"offer": offer, "form": form})


def new_district(request: Any) -> HttpResponse:
    """Create a district; whoever creates it is its first administrator."""
    form = DistrictForm(request.POST or None)
    if form.is_valid():
        made = create_district(form, request.user)
        return redirect("plan:home", made.slug)
    return render(request, "accounts/new_district.html", {"form": form})


def create_district(form: DistrictForm, user: User) -> District:
    """The district with its empty plan and first member, all or nothing."""
    told = form.cleaned_data
    with transaction.atomic():
        made = District.objects.create(slug=form.free_slug(), name=told["name"])
        Membership.objects.create(user=user, district=made, role="district_admin")
        record = DistrictRecord(made.slug, told["name"], told["state"].upper(), int(told["fiscal_year_start_month"]))
        with within_district(made.pk), acting(Actor(user.email, user.pk)):
            begin(made, record)
            append("district.created", f"district/{made.pk}")
    return made
