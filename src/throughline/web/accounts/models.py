"""Tables: accounts, memberships, invitations and the one-time links that begin a session."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.utils import timezone

from throughline.web.access.encrypted import EncryptedTextField
from throughline.web.access.policy import policy
from throughline.web.districts.models import Agency, District

ROLES = tuple(policy().district_roles.items())
AGENCY_ROLES = tuple(policy().agency_roles.items())


class UserManager(BaseUserManager["User"]):
    """Accounts by address; addresses are compared without regard to case."""

    def create_user(self, email: str, password: str | None = None, **more: Any) -> "User":
        """A new account; without a password it signs in by passkey or single sign-on only."""
        if not email:
            raise ValueError("an account needs an e-mail address")
        user = self.model(email=self.normalize_email(email).lower(), **more)
        user.set_password(password)
        user.save()
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account of an address."""
        return self.get(email=(username or "").lower())


class User(AbstractBaseUser):
    """A person. `is_operator` marks those who run the installation: they create districts and see no plan by that."""

    email = models.EmailField(max_length=254, unique=True)
    name = models.CharField(max_length=120, blank=True)
    is_active = models.BooleanField(default=True)
    is_operator = models.BooleanField(default=False)
    made_at = models.DateTimeField(default=timezone.now)
    access_stamp = models.PositiveIntegerField(default=0)  # raised when a membership changes: sessions get a new number
    session_epoch = models.PositiveIntegerField(default=0)  # raised to end all sessions

    USERNAME_FIELD = "email"
    objects = UserManager()

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Keep the address in lower case, so that one person cannot have two accounts."""
        self.email = self.email.lower()
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        """The name, or the address when none was given."""
        return self.name or self.email


class Membership(models.Model):
    """A role of a person in a district; `until` ends it by itself (an auditor's weeks)."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships")
    district = models.ForeignKey(District, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=ROLES)
    until = models.DateField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "district"], name="one_role_in_a_district")]

    def __str__(self) -> str:
        return f"{self.role} of {self.district_id}"


class AgencyMembership(models.Model):
    """A role of a person in an agency, for all districts it serves."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="agency_memberships")
    agency = models.ForeignKey(Agency, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=20, choices=AGENCY_ROLES)
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "agency"], name="one_role_in_an_agency")]

    def __str__(self) -> str:
        return f"{self.role} of {self.agency_id}"


class Invitation(models.Model):
    """A bound offer of a role: one district (or agency), one role, one address, seven days, once. Only a hash is kept."""

    token_hash = models.CharField(max_length=64, unique=True)
    email = models.EmailField(max_length=254)
    district = models.ForeignKey(District, null=True, on_delete=models.CASCADE, related_name="invitations")
    agency = models.ForeignKey(Agency, null=True, on_delete=models.CASCADE, related_name="invitations")
    role = models.CharField(max_length=20)
    until = models.DateField(null=True, blank=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(district__isnull=False, agency__isnull=True)
                | Q(district__isnull=True, agency__isnull=False),
                name="an_invitation_is_to_one_place",
            )
        ]

    def __str__(self) -> str:
        return f"invitation of {self.email}"


class IdentityProvider(models.Model):
    """A service that vouches for people: of one district for its own, or of the installation. `word` names it in addresses.

    An identity is the pair of this row and the service's subject; the issuer of a row never changes, so neither does what a pair means.
    """

    word = models.CharField(max_length=40, unique=True)
    kind = models.CharField(max_length=20)
    name = models.CharField(max_length=40)
    district = models.ForeignKey(District, null=True, on_delete=models.CASCADE, related_name="identity_providers")
    issuer = models.CharField(max_length=300)
    client_id = models.CharField(max_length=191)
    secret = EncryptedTextField("accounts.IdentityProvider.secret")
    address = models.CharField(max_length=500, blank=True, default="")  # SAML: where it asks people to sign in
    certificates = models.TextField(blank=True, default="")  # SAML: what it signs with, base64, one a line
    domains = models.JSONField(default=list)  # mail domains of its people; they only lead to the right button
    made_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name


class OneTimeLink(models.Model):
    """A link that works once: `setup` makes the first administrator, `demo` signs in to the sample on loopback."""

    token_hash = models.CharField(max_length=64, unique=True)
    purpose = models.CharField(max_length=10)
    user = models.ForeignKey(User, null=True, on_delete=models.CASCADE, related_name="+")
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.purpose
