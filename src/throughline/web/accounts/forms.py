"""Forms of set-up, invitation and a new district."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.utils.text import slugify

from throughline.web.accounts.models import User
from throughline.web.districts.models import District

MONTHS = [(str(n), name) for n, name in enumerate(
    "January February March April May June July August September October November December".split(), start=1
)]  # fmt: skip


class PersonForm(forms.Form):
    """Name and password of a new account whose address is already known."""

    name = forms.CharField(max_length=120, label="Your name")
    password = forms.CharField(
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        label="Password",
        help_text="At least 12 characters. A few unrelated words work well.",
    )

    def __init__(self, *args: Any, email: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = email

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

    email = forms.EmailField(max_length=254, label="E-mail address")
    field_order = ("name", "email", "password")


class DistrictForm(forms.Form):
    """A new district."""

    name = forms.CharField(max_length=200, label="Name of the district")
    state = forms.RegexField(r"^[A-Za-z]{2}$", label="State", help_text="Two letters, for example NJ.", required=False)
    fiscal_year_start_month = forms.ChoiceField(choices=MONTHS, initial="7", label="The fiscal year starts in")

    def free_slug(self) -> str:
        """An address word that no district has."""
        base = slugify(self.cleaned_data["name"])[:60] or "district"
        slug, number = base, 1
        while District.objects.filter(slug=slug).exists():
            number += 1
            slug = f"{base}-{number}"
        return slug
