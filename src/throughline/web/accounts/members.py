"""What may be done with the people of a district or agency; each rule that would lock everybody out is kept here."""

from datetime import date
from typing import TypeVar

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext

from throughline.web.access.roles import valid
from throughline.web.access.sessions import end_sessions
from throughline.web.accounts.mail import send
from throughline.web.accounts.models import AgencyMembership, Membership, User
from throughline.web.audit.log import append
from throughline.web.districts.models import Agency, District

ADMINS = ("district_admin", "agency_admin")
M = TypeVar("M", Membership, AgencyMembership)


class MemberError(ValueError):
    """What was asked would lock people out or reach beyond the place; the text says what to do instead."""


def change_role(one: Membership, role: str, until: date | None, by: User) -> None:
    """Another role, or another last day."""
    if one.user_id == by.pk:
        raise MemberError(
            gettext("Another administrator must change your own role, so that nobody locks themselves out.")
        )
    with transaction.atomic():
        if role not in ADMINS or until is not None:
            _keep_an_admin(one)
        before = one.role
        one.role, one.until = role, until
        one.save()
        append("member.changed", f"user/{one.user_id}", before=before, role=role, until=str(until or ""))


def end_membership(one: Membership | AgencyMembership, by: User) -> None:
    """The person may no longer enter the place; the account stays, because it may belong elsewhere."""
    if one.user_id == by.pk:
        raise MemberError(
            gettext("Another administrator must end your own access, so that nobody locks themselves out.")
        )
    with transaction.atomic():
        _keep_an_admin(one)
        user, role = one.user, one.role
        one.delete()
        append("member.ended", f"user/{user.pk}", role=role)


def deactivate(user: User, by: User, district: District | None = None) -> None:
    """Nobody signs in with the account any more, and its sessions end at once. A district may do it to those who are only its own."""
    with transaction.atomic():
        if district is not None and not belongs_only_to(user, district):
            raise MemberError(gettext("This account also belongs elsewhere. End its access to this district instead."))
        if district is not None and user.pk == by.pk:
            raise MemberError(gettext("Deactivate your own account under Sign-in and security."))
        for own in user.memberships.filter(valid()):
            _keep_an_admin(own)
        for through in user.agency_memberships.filter(valid()):
            _keep_an_admin(through)
        if user.is_operator and not User.objects.filter(is_operator=True, is_active=True).exclude(pk=user.pk).exists():
            raise MemberError(gettext("You are the only one who runs this installation. Name another first."))
        user.is_active = False
        user.save(update_fields=["is_active"])
        end_sessions(user)
        append("account.deactivated", f"user/{user.pk}")


def reactivate(user: User, district: District) -> None:
    """The account may sign in again, with the credentials it had."""
    if not belongs_only_to(user, district):
        raise MemberError(
            gettext("This account also belongs elsewhere. Whoever runs the installation can activate it.")
        )
    with transaction.atomic():
        user.is_active = True
        user.save(update_fields=["is_active"])
        append("account.reactivated", f"user/{user.pk}")


def clear_factors(user: User, by: User, district: District) -> int:
    """Remove the second factors and passkeys of someone who lost them; where the role demands one, it is asked for at the next sign-in."""
    if not belongs_only_to(user, district):
        raise MemberError(
            gettext("This account also belongs elsewhere. Whoever runs the installation can remove its second factors.")
        )
    if user.pk == by.pk:
        raise MemberError(gettext("Change your own second factors under Sign-in and security."))
    return forget_factors(user, f"{by} of {district.name}")[0]


def forget_factors(user: User, by: str) -> tuple[int, bool]:
    """Remove them, end every session, and tell the person by mail: how many there were, and whether the mail could be sent."""
    with transaction.atomic():
        gone = Authenticator.objects.filter(user=user).delete()[0]
        end_sessions(user)
        append("second-factor.cleared", f"user/{user.pk}", number=int(gone))
        words: dict[str, object] = {"person": user, "by": by, "at": timezone.now(), "address": settings.PUBLIC_URL}
        mailed = send(user.email, "factors_removed", words)
    return int(gone), mailed


def belongs_only_to(user: User, district: District) -> bool:
    """Whether the account has no role outside the district."""
    elsewhere = user.memberships.exclude(district=district).exists() or user.agency_memberships.exists()
    return not elsewhere and not user.is_operator


def members_of(district: District) -> list[Membership]:
    """The district's people, by name."""
    found = Membership.objects.filter(district=district).select_related("user")
    return sorted(found, key=lambda one: (not one.user.is_active, str(one.user).casefold()))


def agency_members_of(agency: Agency | None) -> list[AgencyMembership]:
    """The agency's people, by name; nobody when there is no agency."""
    found = AgencyMembership.objects.filter(agency=agency).select_related("user") if agency else []
    return sorted(found, key=lambda one: str(one.user).casefold())


def has_ended(one: Membership | AgencyMembership) -> bool:
    """Whether its last day is over."""
    return one.until is not None and one.until < timezone.localdate()


def _keep_an_admin(one: Membership | AgencyMembership) -> None:
    """Raise MemberError when nobody would be left to manage people; an agency's administrator counts for its districts."""
    if one.role not in ADMINS or has_ended(one) or not one.user.is_active:
        return
    if isinstance(one, Membership):
        left = _others(Membership, one).filter(district_id=one.district_id).exists() or _agency_admins(one.district)
    else:
        left = _others(AgencyMembership, one).filter(agency_id=one.agency_id).exists()
    if not left:
        raise MemberError(gettext("This is the last administrator. Give another person that role first."))


def _others(table: type[M], one: M) -> QuerySet[M]:
    return table._default_manager.filter(valid(), role__in=ADMINS, user__is_active=True).exclude(pk=one.pk)


def _agency_admins(district: District) -> bool:
    if district.agency is None:
        return False
    return district.agency.memberships.filter(valid(), role__in=ADMINS, user__is_active=True).exists()
