"""Tokens: how a client gets one for each request, and how it puts it there. Never logged, never printed."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from typing import Protocol

import httpx
from pydantic import SecretStr

Secret = SecretStr
"""A credential that hides itself from ``repr``, logs and tracebacks."""


class TokenSource(Protocol):
    """Where a client gets its token from for each request."""

    def token(self) -> Secret:
        """A token that should be accepted now."""
        ...

    def renew(self, refused: Secret) -> bool:
        """Called when ``refused`` was not accepted; whether there is another one to try."""
        ...


@dataclass(frozen=True, slots=True)
class FixedToken:
    """A token that does not run out."""

    value: Secret = field(repr=False)

    def token(self) -> Secret:
        """The token."""
        return self.value

    def renew(self, refused: Secret) -> bool:  # noqa: ARG002 there is nothing to compare it with
        """There is no other."""
        return False


class TokenAuth(httpx.Auth):
    """Puts a source's token on each request, and tries once more with a renewed one when it is refused.

    ``header`` and ``scheme`` say how: ``Authorization: Bearer ...`` unless the platform wants it otherwise.
    """

    def __init__(self, source: TokenSource, *, header: str = "Authorization", scheme: str = "Bearer ") -> None:
        self._source = source
        self._header = header
        self._scheme = scheme

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """One request, or two."""
        token = self._source.token()
        request.headers[self._header] = self._scheme + token.get_secret_value()
        response = yield request
        if response.status_code == 401 and self._source.renew(token):
            request.headers[self._header] = self._scheme + self._source.token().get_secret_value()
            yield request


def same_place(base: httpx.URL, path: str) -> bool:
    """Whether a request for ``path`` stays at ``base``, so that its token may go along.

    Some platforms name the next page of a list by a whole address, which may be anybody's.
    """
    try:
        url = httpx.URL(path)
    except httpx.InvalidURL:
        return False
    return not url.is_absolute_url or (url.scheme, url.host, url.port) == (base.scheme, base.host, base.port)
