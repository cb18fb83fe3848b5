"""Sign-in by password as the product wants it: nobody signs up, failures are limited, mail leaves by our seam."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from throughline.web.access import limits
from throughline.web.access.address import client_address, network_of
from throughline.web.access.encrypted import decrypt, encrypt
from throughline.web.access.scope import Actor, acting
from throughline.web.accounts.mail import deliver
from throughline.web.accounts.models import User
from throughline.web.audit.log import append

PLACE = "mfa.Authenticator.secret"


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library ships no types
    """Accounts begin with an invitation."""

    def is_open_for_signup(self, request: Any) -> bool:
        """Never."""
        return False

    def get_client_ip(self, request: Any) -> str:
        """The address that trusted proxies vouch for."""
        return client_address(request)

    def pre_authenticate(self, request: Any, **credentials: Any) -> None:
        """Count the try before the password is looked at, so that many at once do not slip through."""
        email = str(credentials.get("email") or "").strip().lower()
        self.taken = []
        for limit, whose in (
            (limits.SIGN_IN_ADDRESS, network_of(client_address(request))),
            (limits.SIGN_IN_ACCOUNT, email),
        ):
            taken = limits.take(limit, whose)
            if taken.wait:
                self._give_back()
                raise self.validation_error("too_many_login_attempts")
            self.taken.append(taken)

    def _give_back(self) -> None:
        for taken in self.taken:
            taken.give_back()

    def _rollback_login_failed_rl_usage(self) -> None:
        """The library calls this when the password was right: successes are never counted."""
        self._give_back()

    def authentication_failed(self, request: Any, **credentials: Any) -> None:
        """A line in the log; the address that was typed stands in it only when it is an account's."""
        user = User.objects.filter(email=str(credentials.get("email") or "").lower()).first()
        with acting(Actor("anonymous", None, getattr(request, "request_id", ""))):
            append("session.refused", f"user/{user.pk}" if user else "user/unknown")

    def reauthenticate(self, user: Any, password: str) -> bool:
        """The password once more, with the limits of a sign-in."""
        found = self.authenticate(self.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Render as the library does, send as we do."""
        words = {"request": self.request, "email": email, "product": "Throughline", "address": settings.PUBLIC_URL}
        deliver(self.render_mail(template_prefix, email, {**words, **context}))

    def send_notification_mail(
        self, template_prefix: str, user: Any, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Tell the person what changed about signing in; the account's own address is the one to write to."""
        super().send_notification_mail(template_prefix, user, context, email or user.email)

    def format_email_subject(self, subject: str) -> str:
        """The product's name before it."""
        return f"Throughline: {subject}"


class FactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # the library ships no types
    """Second factors: secrets are encrypted, and names are ours."""

    def encrypt(self, text: str) -> str:
        """The kept form of a secret."""
        return encrypt(text, PLACE)

    def decrypt(self, encrypted_text: str) -> str:
        """The secret."""
        return decrypt(encrypted_text, PLACE)

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """Passkeys belong to the public name of the installation."""
        return {**super().get_public_key_credential_rp_entity(), "name": "Throughline"}

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002  the library names it so
        """A first name for a passkey; the person can change it."""
        return "Passkey"
