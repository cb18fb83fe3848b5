"""Requests to sign-in services: https to public addresses only, each name resolved once and the checked address used, no redirects.

An administrator types the address of a service, so without this the server could be made to ask inside its own network.
"""

import socket
from ipaddress import ip_address
from typing import Any

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.exceptions import NewConnectionError

SECONDS = 15
BYTES = 2 << 20


def checked_address(host: str, port: int) -> str:
    """An address of the host that may be asked; raises OSError."""
    found = {str(row[4][0]) for row in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)}
    for text in sorted(found):
        address = ip_address(text.partition("%")[0])
        mapped = getattr(address, "ipv4_mapped", None)
        if not (mapped or address).is_global and not (settings.OUTBOUND_LOOPBACK and address.is_loopback):
            raise OSError(f"{host} is not a public address")
    return min(found)


class _Pinned:
    """A connection to the checked address; the certificate is still checked for the name."""

    def _new_conn(self: Any) -> socket.socket:
        try:
            self._dns_host = checked_address(self.host, self.port)
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error
        return super()._new_conn()  # type: ignore[misc, no-any-return]  # of the connection it is mixed into


class _PlainConnection(_Pinned, HTTPConnection):
    """For a loopback service of the tests."""


class _SecureConnection(_Pinned, HTTPSConnection):
    """For every other service."""


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _SecurePool(HTTPSConnectionPool):
    ConnectionCls = _SecureConnection


class _Adapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        self.poolmanager.pool_classes_by_scheme = {"http": _PlainPool, "https": _SecurePool}


class GuardedSession(requests.Session):
    """A session of one sign-in."""

    def __init__(self) -> None:
        super().__init__()
        self.trust_env = False
        self.mount("https://", _Adapter())
        self.mount("http://", _Adapter())

    def request(self, method: Any, url: Any, *args: Any, **kwargs: Any) -> requests.Response:
        """One request; a redirect is an answer like any other, and fails."""
        if not str(url).startswith("https://") and not settings.OUTBOUND_LOOPBACK:
            raise requests.exceptions.InvalidURL("only https is asked")
        kwargs.update(timeout=SECONDS, allow_redirects=False, stream=True)
        answer = super().request(method, url, *args, **kwargs)
        body = answer.raw.read(BYTES + 1, decode_content=True)
        if len(body) > BYTES:
            raise requests.exceptions.ContentDecodingError("the answer is too long")
        answer._content = body
        if answer.is_redirect:
            raise requests.exceptions.TooManyRedirects("the service answered with another address")
        return answer
