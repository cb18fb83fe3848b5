"""What the SAML library is told, and a service's metadata as an administrator pastes it.

Signed assertions are demanded, SHA-1 is refused, and strict checks are on (OASIS SAML 2.0 profiles, 4.1.4).
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from django.conf import settings
from django.urls import reverse

from throughline.web.accounts.models import IdentityProvider

MISSING = "SAML is not installed on this server. Who runs it installs it with: pip install 'throughline[saml]'"
LARGEST_METADATA = 200_000
LEAST_BITS = 2048  # NIST SP 800-131A revision 2, RSA signatures


class MetadataError(ValueError):
    """The metadata cannot be used; the text says what to do."""


@dataclass(frozen=True)
class Metadata:
    """Who the service is, where it asks people to sign in, and the certificates it signs with (base64, one a line)."""

    issuer: str
    address: str
    certificates: str


def installed() -> bool:
    """Whether the extra is there."""
    return find_spec("onelogin") is not None


def read_metadata(text: str) -> Metadata:
    """The facts of a service's metadata document; raises MetadataError."""
    if not installed():
        raise MetadataError(MISSING)
    if len(text) > LARGEST_METADATA:
        raise MetadataError("This is too long for one service. Give the metadata of your service, not of a federation.")
    from onelogin.saml2.idp_metadata_parser import OneLogin_Saml2_IdPMetadataParser

    try:
        told = OneLogin_Saml2_IdPMetadataParser.parse(text.strip().encode()).get("idp", {})
    except (ValueError, SyntaxError):  # no XML, or XML with definitions of its own
        raise MetadataError(
            "This is not a metadata document. It is XML and begins with <EntityDescriptor or <?xml."
        ) from None
    certificates = told.get("x509certMulti", {}).get("signing") or [told.get("x509cert", "")]
    found = Metadata(
        told.get("entityId", ""), told.get("singleSignOnService", {}).get("url", ""), "\n".join(certificates)
    )
    if not found.issuer or not found.address:
        raise MetadataError(
            "The document names no sign-in address for redirects. Export the metadata of a SAML 2.0 service."
        )
    if len(found.issuer) > 300 or len(found.address) > 500:
        raise MetadataError("The service's name or address is longer than 300 and 500 characters.")
    if not found.address.startswith("https://") and not settings.OUTBOUND_LOOPBACK:
        raise MetadataError("The service's sign-in address must begin with https://.")
    for one in certificates:
        _check_certificate(one)
    return found


def _check_certificate(text: str) -> None:
    try:
        key = x509.load_der_x509_certificate(base64.b64decode(text, validate=True)).public_key()
    except ValueError:
        raise MetadataError("The document has no certificate that can be read. Export it again.") from None
    if isinstance(key, RSAPublicKey) and key.key_size < LEAST_BITS:
        raise MetadataError(
            f"The service signs with a key of {key.key_size} bits. Renew its certificate with {LEAST_BITS}."
        )


def our_addresses(request: Any, row: IdentityProvider) -> tuple[str, str]:
    """The name of this server for a service, which is where its metadata stands, and the address that takes its answers."""
    return (
        request.build_absolute_uri(reverse("saml_metadata", args=[row.word])),
        request.build_absolute_uri(reverse("saml_acs", args=[row.word])),
    )


def library_settings(request: Any, row: IdentityProvider) -> Mapping[str, Any]:
    """Both sides, and the strictest checks the library has."""
    from onelogin.saml2.constants import OneLogin_Saml2_Constants as Words

    name, answers = our_addresses(request, row)
    return {
        "strict": True,
        "sp": {
            "entityId": name,
            "assertionConsumerService": {"url": answers, "binding": Words.BINDING_HTTP_POST},
            "NameIDFormat": Words.NAMEID_UNSPECIFIED,
        },
        "idp": {
            "entityId": row.issuer,
            "singleSignOnService": {"url": row.address, "binding": Words.BINDING_HTTP_REDIRECT},
            "x509certMulti": {"signing": row.certificates.split()},
        },
        "security": {
            "wantAssertionsSigned": True,
            "wantNameId": True,
            "wantAttributeStatement": False,
            "allowRepeatAttributeName": True,
            "rejectDeprecatedAlgorithm": True,
            "requestedAuthnContext": False,
            "allowSingleLabelDomains": True,
        },
    }


def request_words(request: Any) -> dict[str, Any]:
    """The request as the library wants it."""
    return {
        "https": "on" if request.is_secure() else "off",
        "http_host": request.get_host(),
        "script_name": "",
        "path_info": request.path,
        "get_data": {},
        "post_data": {},
    }
