"""Forms of the library with what it leaves open: tries at a second factor and at a reset are limited across processes."""

from typing import Any

from allauth.account.adapter import get_adapter
from allauth.account.forms import ResetPasswordForm
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils.translation import gettext

from throughline.web.access import limits


class _Limited:
    """Ten wrong codes in 15 minutes for an account, and no code twice (RFC 6238, 5.2)."""

    user: Any

    def clean_code(self) -> str:
        """Count the try, ask the library, give back what was right."""
        taken = limits.take(limits.SECOND_FACTOR, str(self.user.pk))
        if taken.wait:
            raise get_adapter().validation_error("too_many_login_attempts")
        code: str = super().clean_code()  # type: ignore[misc]  # of the form it is mixed into
        if not limits.once(f"code {self.user.pk} {code.strip()}", 90):
            raise get_adapter().validation_error("too_many_login_attempts")
        taken.give_back()
        return code


class CodeForm(_Limited, AuthenticateForm):  # type: ignore[misc]  # the library ships no types
    """The code at sign-in."""


class CodeAgainForm(_Limited, ReauthenticateForm):  # type: ignore[misc]  # the library ships no types
    """The code once more."""


class ActivateForm(_Limited, ActivateTOTPForm):  # type: ignore[misc]  # the library ships no types
    """The first code of a new app."""


class PasskeyForm(AddWebAuthnForm):  # type: ignore[misc]  # the library ships no types
    """A new passkey. It signs in without a password unless the person wants a bare security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = gettext("Name of this passkey")
        self.fields["passwordless"].label = gettext("Sign in with it alone")
        self.fields["passwordless"].initial = True
        self.fields["passwordless"].help_text = gettext(
            "The passkey asks for your fingerprint, face or PIN, so no password is needed. "
            "Take this off for a security key that has no PIN."
        )


class ResetForm(ResetPasswordForm):  # type: ignore[misc]  # the library ships no types
    """Three mails an hour to an address, whether it has an account or not."""

    def clean_email(self) -> str:
        """Count the request."""
        email: str = super().clean_email()
        if limits.take(limits.RESET, email.lower()).wait:
            raise get_adapter().validation_error("rate_limited")
        return email
