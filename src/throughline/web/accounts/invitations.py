"""Invitations: bound to a place, a role and an address, valid for seven days, used once."""

import secrets
from datetime import date, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from throughline.web.access.scope import within_district
from throughline.web.accounts.links import fingerprint
from throughline.web.accounts.mail import send
from throughline.web.accounts.models import AgencyMembership, Invitation, Membership, User
from throughline.web.audit.log import append
from throughline.web.districts.models import Agency, District

LIFE = timedelta(days=7)


def invite(
    email: str, role: str, by: User | None, district: District | None = None, agency: Agency | None = None,
    until: date | None = None,
) -> str:  # fmt: skip
    """Make an invitation; returns the token for its link. An earlier one of the same address and place is withdrawn."""
    token = secrets.token_urlsafe(32)
    now = timezone.now()
    with transaction.atomic():
        waiting = Invitation.objects.filter(email=email.lower(), district=district, agency=agency, used_at=None)
        waiting.filter(withdrawn_at=None).update(withdrawn_at=now)
        made = Invitation.objects.create(
            token_hash=fingerprint(token), email=email.lower(), role=role, district=district, agency=agency,
            until=until, made_by=by, made_at=now, expires_at=now + LIFE,
        )  # fmt: skip
        append("invitation.made", f"invitation/{made.pk}", role=role)
    return token


def pending(district: District | None = None, agency: Agency | None = None) -> QuerySet[Invitation]:
    """Invitations to a place that were neither accepted nor withdrawn, those whose time is over included."""
    found = Invitation.objects.filter(district=district, agency=agency, used_at=None, withdrawn_at=None)
    return found.select_related("made_by").order_by("-made_at")


def withdraw(offer: Invitation) -> bool:
    """Take an invitation back; False when it was used or withdrawn before."""
    with transaction.atomic():
        done = Invitation.objects.filter(pk=offer.pk, used_at=None, withdrawn_at=None).update(
            withdrawn_at=timezone.now()
        )
        if done:
            append("invitation.withdrawn", f"invitation/{offer.pk}")
    return bool(done)


def hand_out(token: str, email: str, role: str, place: str, by: User) -> tuple[str, bool]:
    """The link of an invitation, and whether it was mailed; when it was not, the inviter hands it over."""
    address = f"{settings.PUBLIC_URL}{reverse('invitation', args=[token])}"
    words: dict[str, object] = {"address": address, "role": role, "place": place, "by": str(by), "days": LIFE.days}
    return address, send(email, "invitation", words)


def open_invitation(token: str) -> Invitation | None:
    """The invitation of a token, when it may still be accepted."""
    return (
        Invitation.objects.select_related("district", "agency")
        .filter(
            token_hash=fingerprint(token), used_at=None, withdrawn_at=None, expires_at__gt=timezone.now()
        )
        .first()
    )  # fmt: skip


def accept(offer: Invitation, user: User) -> bool:
    """Give the account its role; False when the invitation was used meanwhile. Only the invited address may accept."""
    if user.email != offer.email:
        return False
    with transaction.atomic():
        now = timezone.now()
        if not Invitation.objects.filter(
            pk=offer.pk, used_at=None, withdrawn_at=None, expires_at__gt=now
        ).update(used_at=now):  # fmt: skip
            return False
        if offer.district_id:
            Membership.objects.update_or_create(
                user=user, district_id=offer.district_id, defaults={"role": offer.role, "until": offer.until}
            )
            with within_district(offer.district_id):
                append("invitation.accepted", f"invitation/{offer.pk}", role=offer.role)
        elif offer.agency_id:
            AgencyMembership.objects.update_or_create(
                user=user, agency_id=offer.agency_id, defaults={"role": offer.role, "until": offer.until}
            )
            append("invitation.accepted", f"invitation/{offer.pk}", role=offer.role)
    return True
