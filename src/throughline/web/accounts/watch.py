"""What follows from a sign-in, a second factor or a changed membership: the session's state, and an entry in the log."""

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed, authenticator_used
from allauth.socialaccount.signals import social_account_added, social_account_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.db.models import F
from django.db.models.signals import post_delete, post_save

from throughline.web.access import sessions
from throughline.web.access.scope import Actor, acting
from throughline.web.accounts.models import AgencyMembership, Membership, User
from throughline.web.audit.log import append


def listen() -> None:
    """Connect everything."""
    user_logged_in.connect(_signed_in)
    user_logged_out.connect(_signed_out)
    authenticator_used.connect(_factor_used)
    authenticator_added.connect(_factor_added)
    authenticator_removed.connect(_factor_removed)
    social_account_added.connect(_identity_added)
    social_account_removed.connect(_identity_removed)
    for table in (Membership, AgencyMembership):
        post_save.connect(_access_changed, sender=table)
        post_delete.connect(_access_changed, sender=table)


def _note(request: Any, user: User, action: str, **facts: str | int | bool | None) -> None:
    with acting(Actor(user.email, user.pk, getattr(request, "request_id", ""))):
        append(action, f"user/{user.pk}", **facts)


def _signed_in(sender: Any, request: Any, user: User, **_: Any) -> None:
    sessions.begin(request, user)
    _note(request, user, "session.began", second_factor=bool(request.session.get(sessions.EARNED)))


def _signed_out(sender: Any, request: Any, user: User | None, **_: Any) -> None:
    if user is not None:
        _note(request, user, "session.ended")


def _factor_used(sender: Any, request: Any, user: User, authenticator: Authenticator, **_: Any) -> None:
    if request.user.is_authenticated and request.user.pk == user.pk:
        request.session[sessions.EARNED] = True


def _factor_added(sender: Any, request: Any, user: User, authenticator: Authenticator, **_: Any) -> None:
    """The first one is proved by adding it; a further one proves nothing about the first."""
    if authenticator.type not in sessions.FACTORS:
        return
    others = Authenticator.objects.filter(user=user, type__in=sessions.FACTORS).exclude(pk=authenticator.pk)
    if not others.exists():
        request.session[sessions.EARNED] = True
        request.session.pop(sessions.MUST_ENROL, None)
    _stamp(user)
    _note(request, user, "second-factor.added", kind=str(authenticator.type))


def _factor_removed(sender: Any, request: Any, user: User, authenticator: Authenticator, **_: Any) -> None:
    if not Authenticator.objects.filter(user=user, type__in=sessions.FACTORS).exists():
        request.session.pop(sessions.EARNED, None)
    _stamp(user)
    _note(request, user, "second-factor.removed", kind=str(authenticator.type))


def _identity_added(sender: Any, request: Any, sociallogin: Any, **_: Any) -> None:
    _note(request, sociallogin.user, "identity.connected", service=sociallogin.account.provider)


def _identity_removed(sender: Any, request: Any, socialaccount: Any, **_: Any) -> None:
    _note(request, socialaccount.user, "identity.removed", service=socialaccount.provider)


def _access_changed(sender: Any, instance: Membership | AgencyMembership, **_: Any) -> None:
    _stamp(instance.user)


def _stamp(user: User) -> None:
    User.objects.filter(pk=user.pk).update(access_stamp=F("access_stamp") + 1)
    user.refresh_from_db(fields=["access_stamp"])
