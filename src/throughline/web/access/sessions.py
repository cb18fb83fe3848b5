"""How long a session lives, and what it has earned.

Idle 60 minutes, 30 for who may manage people or read the most sensitive class; 12 hours at the most (NIST SP 800-63B-3, 4.2.3). The number
of a session changes at sign-in, by the framework, and at a change of role: every change of a membership raises the account's
`access_stamp`, and a session that carries an older one is given a new number and asked again what it must prove. Signing out everywhere
raises `session_epoch`: sessions of an older epoch end, whether the list of sessions knows them or not.
"""

import time
from typing import Any

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.sessions.models import Session
from django.db.models import F
from django.utils.translation import gettext

from throughline.web.access.policy import policy
from throughline.web.access.roles import needs_second_factor, roles_of
from throughline.web.accounts.models import User

BEGAN, SEEN, IDLE, STAMP, EPOCH, LISTED = "began", "seen", "idle", "access stamp", "epoch", "listed as"
EARNED, NOT_NEEDED, MUST_ENROL = "has second factor", "second factor not needed", "must enrol"
IDLE_SECONDS, SHORT_IDLE_SECONDS, ABSOLUTE_SECONDS, FRESH_SECONDS = 3600, 1800, 12 * 3600, 600
SIGN_IN = "sign-in"
NOTED_EVERY = 60  # seconds; activity is written down no more often
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def begin(request: Any, user: User) -> None:
    """Note the start of a session, what was used to sign in, and when it must end."""
    now = time.time()
    session = request.session
    for name in (EARNED, NOT_NEEDED, MUST_ENROL):
        session.pop(name, None)
    session[BEGAN] = session[SEEN] = now
    session[STAMP], session[EPOCH] = user.access_stamp, user.session_epoch
    session[IDLE] = idle_seconds(user)
    if any(record.get("method") == "mfa" for record in get_authentication_records(request, user)):
        session[EARNED] = True
    record_authentication(request, user, SIGN_IN, reauthenticated=True)  # else the library asks again right away


def idle_seconds(user: User) -> int:
    """Seconds without activity after which the account's sessions end."""
    table = policy()
    strong = user.is_operator or any(table.may(role, action) for role in roles_of(user) for action in table.short_idle)
    return SHORT_IDLE_SECONDS if strong else IDLE_SECONDS


def keep_or_end(request: Any) -> str:
    """End the session when its time is over; returns why, in words for the person, or nothing."""
    if not request.user.is_authenticated:
        return ""
    session, now = request.session, time.time()
    began, seen = session.get(BEGAN), session.get(SEEN)
    if began is None or seen is None or now - began > ABSOLUTE_SECONDS:
        logout(request)
        return gettext("You were signed out, because a session lasts 12 hours at the most.")
    if session.get(EPOCH) != request.user.session_epoch:
        logout(request)
        return gettext("You were signed out everywhere.")
    if session.get(STAMP) != request.user.access_stamp:
        session.cycle_key()
        session[STAMP] = request.user.access_stamp
        session[IDLE] = idle_seconds(request.user)
        session.pop(NOT_NEEDED, None)
    idle = session.get(IDLE, SHORT_IDLE_SECONDS)
    if now - seen > idle:
        logout(request)
        return gettext("You were signed out after {idle} minutes without activity.").format(idle=idle // 60)
    return ""


def note_activity(request: Any) -> None:
    """A person did something: the idle time begins anew, and the list of sessions knows of it. No write for every page."""
    from allauth.usersessions.models import UserSession

    now, session = time.time(), request.session
    if now - session.get(SEEN, 0) > NOTED_EVERY or session.get(LISTED) != session.session_key:
        session[SEEN], session[LISTED] = now, session.session_key
        UserSession.objects.create_from_request(request)


def lacks_second_factor(request: Any, user: User) -> str:
    """Nothing, or what is missing: `prove` when the account has a second factor that this session did not use, else `enrol`."""
    session = request.session
    if session.get(EARNED) or session.get(NOT_NEEDED):
        return ""
    if Authenticator.objects.filter(user=user, type__in=FACTORS).exists():
        return "prove"
    if session.get(MUST_ENROL) or needs_second_factor(user):
        return "enrol"
    session[NOT_NEEDED] = True
    return ""


def fresh(request: Any) -> bool:
    """Whether the person proved who they are within ten minutes: by signing in, or again since. The sample asks nobody."""
    if settings.DEMO:
        return True
    records = get_authentication_records(request, request.user)
    times = [one["at"] for one in records if one.get("reauthenticated") and one.get("method") != SIGN_IN]
    return time.time() - float(max([request.session.get(BEGAN, 0), *times])) < FRESH_SECONDS


def end_sessions(user: User, keep: Any = None) -> None:
    """End every session of the account, except the one of that request."""
    from allauth.usersessions.models import UserSession

    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    kept = keep.session.session_key if keep is not None else None
    ended = UserSession.objects.filter(user=user).exclude(session_key=kept)
    Session.objects.filter(session_key__in=list(ended.values_list("session_key", flat=True))).delete()
    ended.delete()
    if keep is not None:
        keep.session[EPOCH] = User.objects.values_list("session_epoch", flat=True).get(pk=user.pk)
