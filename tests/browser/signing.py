"""What a person holds who signs in: an authenticator app (RFC 6238) and a passkey of the browser's own virtual device."""

import base64
import hashlib
import hmac
import struct
import time

from playwright.sync_api import Page

STEP = 30


def code(secret: str, now: float | None = None) -> str:
    """The six digits an authenticator app shows: HOTP (RFC 4226, 5.3) of the number of 30-second steps."""
    key = base64.b32decode(secret.strip().replace(" ", "").upper() + "=" * (-len(secret.strip()) % 8))
    counter = int((time.time() if now is None else now) // STEP)
    digest = hmac.new(key, struct.pack(">Q", counter), hashlib.sha1).digest()
    at = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[at : at + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def hold_a_passkey(page: Page) -> None:
    """From now on the browser answers for a device that keeps passkeys and knows its person (WebAuthn, section 11)."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send("WebAuthn.addVirtualAuthenticator", {"options": {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }})  # fmt: skip
