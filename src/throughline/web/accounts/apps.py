"""The app: what happens at sign-in and at a change of a role is wired here."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """People and sign-in."""

    name = "throughline.web.accounts"
    label = "accounts"

    def ready(self) -> None:
        """Listen to sign-ins, second factors and memberships; name the SAML provider to the sign-in library."""
        from throughline.web.accounts import watch
        from throughline.web.accounts.saml import provider

        watch.listen()
        provider.register()
