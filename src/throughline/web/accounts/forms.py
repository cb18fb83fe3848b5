"""Forms of set-up, invitation, people, sign-in services and a new district."""

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone
from django.utils.dates import MONTHS as NAMES
from django.utils.text import slugify
from django.utils.translation import gettext, gettext_lazy

from throughline.web.accounts.models import AGENCY_ROLES, ROLES, User
from throughline.web.accounts.providers import KINDS, SAML, ServiceError, issuer_of
from throughline.web.accounts.saml.settings import Metadata, MetadataError, read_metadata
from throughline.web.districts.models import District

MONTHS = [(str(number), name) for number, name in NAMES.items()]


class PersonForm(forms.Form):
    """Name and password of a new account whose address is already known."""

    name = forms.CharField(
        max_length=120, label=gettext_lazy("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"})
    )  # fmt: skip
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        label=gettext_lazy("Password"),
        help_text=gettext_lazy("At least 12 characters. A few unrelated words work well."),
    )

    def __init__(self, *args: Any, email: str = "", passkey: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = email
        if passkey:
            del self.fields["password"]

    def clean(self) -> dict[str, Any]:
        """Check the password against name and address."""
        found = super().clean() or {}
        if found.get("password"):
            try:
                validate_password(
                    found["password"], User(email=found.get("email") or self.address, name=found.get("name", ""))
                )
            except forms.ValidationError as error:
                self.add_error("password", error)
        return found


class FirstPersonForm(PersonForm):
    """The first administrator of an installation."""

    email = forms.EmailField(
        max_length=254, label=gettext_lazy("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )  # fmt: skip
    field_order = ("name", "email", "password")


class NameForm(forms.Form):
    """The name others see."""

    name = forms.CharField(
        max_length=120, label=gettext_lazy("Your name"), widget=forms.TextInput(attrs={"autocomplete": "name"})
    )  # fmt: skip


class RoleForm(forms.Form):
    """A role, and until when."""

    role = forms.ChoiceField(choices=(("", gettext_lazy("Choose a role")), *ROLES), label=gettext_lazy("Role"))
    until = forms.DateField(
        required=False, label=gettext_lazy("Last day"), widget=forms.DateInput(attrs={"type": "date"}),
        help_text=gettext_lazy("Access ends by itself after this day, for an auditor's weeks. Leave it empty for no " "end."),
    )  # fmt: skip

    def clean_until(self) -> date | None:
        """A day that is not over."""
        told: date | None = self.cleaned_data["until"]
        if told is not None and told < timezone.localdate():
            raise forms.ValidationError(gettext("This day is over. Choose today or a later day."))
        return told

    def clean(self) -> dict[str, Any]:
        """An auditor's access always ends."""
        found = super().clean() or {}
        if found.get("role") == "auditor" and not found.get("until") and "until" not in self.errors:
            self.add_error("until", gettext("An auditor needs a last day."))
        return found


class InviteForm(RoleForm):
    """Whom to invite."""

    email = forms.EmailField(
        max_length=254, label=gettext_lazy("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "off"})
    )  # fmt: skip
    field_order = ("email", "role", "until")


class AgencyInviteForm(InviteForm):
    """Whom to invite to an agency."""

    role = forms.ChoiceField(choices=(("", gettext_lazy("Choose a role")), *AGENCY_ROLES), label=gettext_lazy("Role"))


class ServiceForm(forms.Form):
    """A service that signs people in."""

    kind = forms.ChoiceField(
        choices=[(kind.id, gettext(kind.name)) for kind in KINDS.values()], label=gettext_lazy("Service")
    )
    name = forms.CharField(max_length=40, label=gettext_lazy("Name on the button"))
    issuer = forms.CharField(
        max_length=300, required=False, label=gettext_lazy("Issuer or tenant"),
        help_text=gettext_lazy("For Microsoft the tenant id; for another service the issuer's address. Google and " "Clever need none."),
    )  # fmt: skip
    client_id = forms.CharField(
        max_length=191,
        required=False,
        label=gettext_lazy("Client id"),
        help_text=gettext_lazy("Every service but SAML needs it, and the secret."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    secret = forms.CharField(
        max_length=500, required=False, label=gettext_lazy("Client secret"), widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Kept encrypted, and never shown again."),
    )  # fmt: skip
    metadata = forms.CharField(
        max_length=200_000, required=False, label=gettext_lazy("Metadata, for SAML only"),
        widget=forms.Textarea(attrs={"rows": 3, "spellcheck": "false"}),
        help_text=gettext_lazy("The XML document that the service offers for download. It holds its address and " "certificate."),
    )  # fmt: skip
    domains = forms.CharField(
        max_length=500, required=False, label=gettext_lazy("Mail domains"),
        help_text=gettext_lazy("Separated by spaces, for example district.org. Who types such an address is led to " "this service."),
    )  # fmt: skip

    def clean_domains(self) -> list[str]:
        """Each domain once, in lower case."""
        return sorted({word.lower().lstrip("@") for word in self.cleaned_data["domains"].replace(",", " ").split()})

    def clean(self) -> dict[str, Any]:
        """Each kind needs its own: SAML the metadata, the others issuer, client id and secret."""
        found = super().clean() or {}
        self.saml: Metadata | None = None
        if found.get("kind") == SAML:
            try:
                self.saml = read_metadata(found.get("metadata", ""))
            except MetadataError as error:
                self.add_error("metadata", str(error))
        elif found.get("kind"):
            for name in ("client_id", "secret"):
                if not found.get(name) and name not in self.errors:
                    self.add_error(name, gettext("This service needs it."))
            try:
                issuer_of(found["kind"], found.get("issuer", ""))
            except ServiceError as error:
                self.add_error("issuer", str(error))
        return found


class DistrictForm(forms.Form):
    """A new district."""

    name = forms.CharField(max_length=200, label=gettext_lazy("Name of the district"))
    state = forms.RegexField(
        r"^[A-Za-z]{2}$",
        label=gettext_lazy("State"),
        help_text=gettext_lazy("Two letters, for example NJ."),
        required=False,
    )
    fiscal_year_start_month = forms.ChoiceField(
        choices=MONTHS, initial="7", label=gettext_lazy("The fiscal year starts in")
    )

    def free_slug(self) -> str:
        """An address word that no district has."""
        base = slugify(self.cleaned_data["name"])[:60] or "district"
        slug, number = base, 1
        while District.objects.filter(slug=slug).exists():
            number += 1
            slug = f"{base}-{number}"
        return slug
