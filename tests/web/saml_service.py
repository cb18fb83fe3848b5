"""A SAML sign-in service of our own: keys, metadata, and signed answers that a test can bend."""

import base64
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from secrets import token_hex
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

ISSUER, ADDRESS = "https://sign-in.home.example/saml", "https://sign-in.home.example/saml/redirect"
PERSISTENT = "urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"
EMAIL = "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress"


def new_key(bits: int = 2048) -> tuple[str, str]:
    """A private key and its certificate, as PEM."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=bits)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "sign-in.home.example")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=9))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return private.decode(), made.public_bytes(serialization.Encoding.PEM).decode()


@dataclass
class SamlService:
    """Who is signed in there, and how it misbehaves; a test changes these."""

    key: str
    certificate: str
    subject: str = "48217"
    format: str = PERSISTENT
    email: str = "new@home.example"
    issuer: str = ISSUER
    signed: bool = True
    signed_by: tuple[str, str] | None = None
    algorithm: str = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256"
    changes: dict[str, str] = field(default_factory=dict)  # audience, recipient, answers, until, of the assertion
    after: tuple[str, str] = ("", "")  # words replaced when everything is signed
    proved: timedelta = timedelta()
    last: str = ""

    def metadata(self, address: str = ADDRESS) -> str:
        """What an administrator downloads there."""
        body = "".join(self.certificate.split("-----")[2].split())
        return (
            f'<EntityDescriptor xmlns="urn:oasis:names:tc:SAML:2.0:metadata" entityID="{ISSUER}"><IDPSSODescriptor '
            'protocolSupportEnumeration="urn:oasis:names:tc:SAML:2.0:protocol"><KeyDescriptor use="signing"><KeyInfo '
            f'xmlns="http://www.w3.org/2000/09/xmldsig#"><X509Data><X509Certificate>{body}</X509Certificate></X509Data>'
            '</KeyInfo></KeyDescriptor><SingleSignOnService Binding="urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect" '
            f'Location="{address}"/></IDPSSODescriptor></EntityDescriptor>'
        )

    def authorize(self, address: str) -> str:
        """What the person's browser brings back: the answer to the request in an address."""
        told = parse_qs(urlsplit(address).query)
        assert address.startswith(ADDRESS)
        request = ElementTree.fromstring(zlib.decompress(base64.b64decode(told["SAMLRequest"][0]), -15))
        issuer = request.find("{urn:oasis:names:tc:SAML:2.0:assertion}Issuer")
        assert issuer is not None
        self.last = request.get("ForceAuthn", "")
        return self.answer(request.attrib["ID"], str(issuer.text), request.attrib["AssertionConsumerServiceURL"])

    def answer(self, request: str, audience: str, recipient: str) -> str:
        """A signed answer, base64."""
        from onelogin.saml2.utils import OneLogin_Saml2_Utils

        now = datetime.now(UTC)
        words = {
            "audience": audience, "recipient": recipient, "answers": request,
            "until": f"{now + timedelta(minutes=5):%Y-%m-%dT%H:%M:%SZ}", "number": f"_{token_hex(16)}", **self.changes,
        }  # fmt: skip
        answers = f' InResponseTo="{words["answers"]}"' if words["answers"] else ""
        at = f"{now:%Y-%m-%dT%H:%M:%SZ}"
        assertion = (
            f'<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" Version="2.0" ID="{words["number"]}" '
            f'IssueInstant="{at}"><saml:Issuer>{self.issuer}</saml:Issuer><saml:Subject><saml:NameID Format="{self.format}">'
            f'{self.subject}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">'
            f'<saml:SubjectConfirmationData NotOnOrAfter="{words["until"]}" Recipient="{words["recipient"]}"{answers}/>'
            f'</saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{at}" NotOnOrAfter="{words["until"]}">'
            f"<saml:AudienceRestriction><saml:Audience>{words['audience']}</saml:Audience></saml:AudienceRestriction>"
            f'</saml:Conditions><saml:AuthnStatement AuthnInstant="{now - self.proved:%Y-%m-%dT%H:%M:%SZ}"><saml:AuthnContext>'
            "<saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>"
            "</saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>"
            f'<saml:Attribute Name="{EMAIL}"><saml:AttributeValue>{self.email}</saml:AttributeValue></saml:Attribute>'
            '<saml:Attribute Name="displayName"><saml:AttributeValue>Nora New</saml:AttributeValue></saml:Attribute>'
            "</saml:AttributeStatement></saml:Assertion>"
        )
        if self.signed:
            key, certificate = self.signed_by or (self.key, self.certificate)
            sealed = OneLogin_Saml2_Utils.add_sign(assertion, key, certificate, sign_algorithm=self.algorithm)
            assertion = sealed.decode() if isinstance(sealed, bytes) else sealed
        assertion = (
            assertion.removeprefix('<?xml version="1.0"?>\n').replace(*self.after) if self.after[0] else assertion
        )
        message = (
            '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" '
            f'xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_{token_hex(16)}" Version="2.0" IssueInstant="{at}" '
            f'Destination="{recipient}" InResponseTo="{request}"><saml:Issuer>{self.issuer}</saml:Issuer><samlp:Status>'
            '<samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>'
            f"{assertion}</samlp:Response>"
        )
        return base64.b64encode(message.encode()).decode()
