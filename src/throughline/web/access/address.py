"""The address a request came from: believed from a proxy only as far as proxies are trusted.

With n trusted proxies the n-th entry of X-Forwarded-For from the right is the one that the outermost of them saw; what stands left of it
was written by the client. Without trusted proxies the header is ignored.
"""

from ipaddress import IPv6Address, ip_address
from typing import Any

from django.conf import settings

UNKNOWN = "0.0.0.0"


def client_address(request: Any) -> str:
    """The client's address; UNKNOWN when the server was not told any."""
    if settings.TRUSTED_PROXIES:
        told = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
        if len(told) >= settings.TRUSTED_PROXIES:
            found = _valid(told[-settings.TRUSTED_PROXIES])
            if found:
                return found
    return _valid(request.META.get("REMOTE_ADDR", "")) or UNKNOWN


def network_of(address: str) -> str:
    """What limits count by: the address, or its /64 for IPv6, because one customer is given as much."""
    found = ip_address(address)
    if isinstance(found, IPv6Address) and found.ipv4_mapped is None:
        return f"{found.exploded[:19]}::/64"
    return address


def _valid(text: str) -> str:
    try:
        return str(ip_address(text.strip()))
    except ValueError:
        return ""
