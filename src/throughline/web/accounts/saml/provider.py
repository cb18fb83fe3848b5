"""The sign-in library's provider of SAML, with our addresses instead of its own."""

from typing import Any

from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.saml.provider import SAMLProvider


class Provider(SAMLProvider):  # type: ignore[misc]  # the library ships no types
    """Facts arrive proved, under three names of ours."""

    package = __package__

    def extract_uid(self, data: Any) -> str:
        """The subject."""
        return str(data.subject)

    def extract_common_fields(self, data: Any) -> dict[str, Any]:
        """Address and name; neither links to an account."""
        return {"email": data.email, "name": data.name}


def register() -> None:
    """Tell the library; it builds the addresses in `urls.py` beside this file."""
    registry.register(Provider)
