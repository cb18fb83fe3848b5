"""A service's answer, read and proved (OASIS SAML 2.0 profiles, 4.1.4.3): nothing of one that is not proved leaves this module.

On top of the library's checks the signed assertion itself must name this server as audience, the address it was sent to, an end of its
time and the request it answers, because the message around it may be unsigned.
"""

from dataclasses import asdict, dataclass
from typing import Any

from throughline.web.accounts.models import IdentityProvider
from throughline.web.accounts.saml.settings import library_settings, our_addresses, request_words

LARGEST = 256_000  # characters
CONFIRMATIONS = "/saml:Subject/saml:SubjectConfirmation/saml:SubjectConfirmationData"
BY_ADDRESS = "urn:oasis:names:tc:SAML:1.1:nameid-format:emailAddress"
PASSING = "urn:oasis:names:tc:SAML:2.0:nameid-format:transient"
SUBJECT = ("urn:oasis:names:tc:SAML:attribute:subject-id", "urn:oasis:names:tc:SAML:attribute:pairwise-id")
EMAIL = (
    "urn:oid:0.9.2342.19200300.100.1.3", "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", "email",
    "mail",
)  # fmt: skip
NAME = (
    "urn:oid:2.16.840.1.113730.3.1.241",
    "http://schemas.microsoft.com/identity/claims/displayname",
    "displayName",
    "name",
)


class RefusedError(ValueError):
    """The answer is not what the standard asks for; the text is for the log and for an administrator."""


@dataclass(frozen=True)
class Vouched:
    """What a proved answer says of a person, which request it answers, and its own number."""

    subject: str
    email: str
    name: str
    answers: str
    number: str
    at: float  # when the service made sure of the person

    def get_attributes(self) -> dict[str, list[str]]:
        """As the sign-in library asks for them."""
        return {"uid": [self.subject], "email": [self.email], "name": [self.name]}

    def get_nameid(self) -> str:
        """The subject once more; the library prefers the attribute."""
        return self.subject

    def get_nameid_format(self) -> str:
        """Not an address, whatever the service calls it: addresses link nobody."""
        return ""

    def as_words(self) -> dict[str, Any]:
        """For the cookie between the two steps."""
        return asdict(self)


def read(request: Any, row: IdentityProvider) -> Vouched:
    """Prove the answer in a request; raises RefusedError."""
    from onelogin.saml2.errors import OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError
    from onelogin.saml2.response import OneLogin_Saml2_Response
    from onelogin.saml2.settings import OneLogin_Saml2_Settings

    text = request.POST.get("SAMLResponse", "")
    if not text or len(text) > LARGEST:
        raise RefusedError("there is no answer in the request, or it is too long")
    try:
        told = OneLogin_Saml2_Response(OneLogin_Saml2_Settings(library_settings(request, row)), text)
        if not told.is_valid(request_words(request)):
            raise RefusedError(str(told.get_error() or "the answer is not valid"))
        return _vouched(told, *our_addresses(request, row))
    except (OneLogin_Saml2_Error, OneLogin_Saml2_ValidationError, SyntaxError) as error:
        raise RefusedError(str(error)) from None
    except ValueError as error:  # no base64, or XML with definitions of its own
        raise error if isinstance(error, RefusedError) else RefusedError("the answer cannot be read") from None


def _vouched(told: Any, audience: str, recipient: str) -> Vouched:
    if audience not in told.get_audiences():
        raise RefusedError("the assertion is not for this server")
    fitting = [
        one.get("InResponseTo", "")
        for one in told._query_assertion(CONFIRMATIONS)  # the library has no other way to the signed confirmation
        if one.get("Recipient") == recipient and one.get("NotOnOrAfter")
    ]
    answers = {one for one in fitting if one}
    if len(answers) != 1:
        raise RefusedError(
            "the assertion does not say which request it answers; sign-in begins here, not at the service"
        )
    kind, subject = told.get_nameid_format() or "", str(told.get_nameid() or "").strip()
    attributes = told.get_attributes()
    stated = _first(attributes, SUBJECT)
    if not stated and kind == PASSING:
        raise RefusedError("the service names people anew at each sign-in; let it send a persistent name identifier")
    email = _first(attributes, EMAIL) or (subject if kind == BY_ADDRESS else "")
    known = stated or (subject.lower() if kind == BY_ADDRESS else subject)
    number = str(told.get_assertion_id() or "")
    if not known or not number or len(known) > 190:
        raise RefusedError("the assertion names nobody")
    return Vouched(
        known, email[:254].lower(), _first(attributes, NAME)[:120], answers.pop(), number[:200], _proved_at(told)
    )


def _proved_at(told: Any) -> float:
    from onelogin.saml2.utils import OneLogin_Saml2_Utils

    stated = [one.get("AuthnInstant") for one in told._query_assertion("/saml:AuthnStatement")]
    return float(OneLogin_Saml2_Utils.parse_SAML_to_time(stated[0])) if stated and stated[0] else 0.0


def _first(attributes: dict[str, list[Any]], names: tuple[str, ...]) -> str:
    for name in names:
        for value in attributes.get(name, ()):
            if isinstance(value, str) and value.strip():
                return value.strip()
    return ""
