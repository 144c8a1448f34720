"""Access tokens that run out: renewed before they do, kept across restarts, never logged.

A platform that rotates refresh tokens makes the old one worthless with each renewal, so the new pair is on disk
before it is used; two threads never renew at once.
"""

from __future__ import annotations

import hashlib
import json
import os
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import structlog

from connectors.credentials import Secret
from connectors.errors import TerminalError, TransientError

log = structlog.get_logger()

_EARLY = timedelta(minutes=2)
_TIMEOUT = httpx.Timeout(15.0, connect=5.0)


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """The application as the platform knows it. ``setting`` is named in messages."""

    platform: str
    token_url: str
    client_id: str
    client_secret: Secret = field(repr=False)
    refresh_token: Secret = field(repr=False)
    setting: str = ""


class RefreshedToken:
    """An OAuth 2 access token kept fresh with its refresh token (RFC 6749, section 6).

    Args:
        client: the application and the first refresh token.
        path: where the current pair is kept, readable by this user alone.
        now: the present instant.
    """

    def __init__(self, client: OAuthClient, path: Path, *, now: Callable[[], datetime] | None = None) -> None:
        self._client = client
        self._path = path
        self._now = now or (lambda: datetime.now(UTC))
        self._lock = threading.Lock()
        self._access = ""
        self._refresh = client.refresh_token.get_secret_value()
        self._expires_at = datetime.min.replace(tzinfo=UTC)
        self._load()

    def token(self) -> Secret:
        """A token that is good for some minutes yet.

        Raises:
            TransientError: the platform's token service did not answer.
            TerminalError: the refresh token is not accepted any more.
        """
        with self._lock:
            if not self._access or self._now() >= self._expires_at - _EARLY:
                self._renew()
            return Secret(self._access)

    def renew(self, refused: Secret) -> bool:
        """Fetch another token unless somebody did so meanwhile. Raises as ``token`` does."""
        with self._lock:
            if self._access == refused.get_secret_value():
                self._renew()
            return True

    def _renew(self) -> None:
        form = {
            "grant_type": "refresh_token",
            "refresh_token": self._refresh,
            "client_id": self._client.client_id,
            "client_secret": self._client.client_secret.get_secret_value(),
        }
        name = self._client.platform
        try:
            reply = httpx.post(self._client.token_url, data=form, timeout=_TIMEOUT, follow_redirects=False)
        except httpx.HTTPError as error:
            raise TransientError(
                f"{name}'s token service is not answering. Try again in a few minutes.", detail=type(error).__name__
            ) from error
        if reply.status_code == 429 or reply.status_code >= 500:
            raise TransientError(
                f"{name}'s token service is not answering. Try again in a few minutes.", detail=str(reply.status_code)
            )
        answer = _answer(reply)
        if not reply.is_success or not answer.get("access_token"):
            raise TerminalError(
                f"{name} does not accept the refresh token any more. Connect the account again and put the new one "
                f"into {self._client.setting}.",
                detail=str(reply.status_code),
            )
        self._access = str(answer["access_token"])
        self._refresh = str(answer.get("refresh_token") or self._refresh)
        self._expires_at = self._now() + timedelta(seconds=_seconds(answer.get("expires_in")))
        self._store()
        log.info("token.renewed", platform=name)

    def _load(self) -> None:
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return
        # A refresh token that an operator has set anew replaces what was kept for the old one.
        if isinstance(kept, dict) and kept.get("first") == self._first():
            self._access = str(kept.get("access") or "")
            self._refresh = str(kept.get("refresh") or self._refresh)
            self._expires_at = datetime.fromisoformat(str(kept["expires_at"]))

    def _store(self) -> None:
        kept = {
            "first": self._first(),
            "access": self._access,
            "refresh": self._refresh,
            "expires_at": self._expires_at.isoformat(),
        }
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self._path.with_suffix(".new")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            json.dump(kept, file)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._path)

    def _first(self) -> str:
        """Tells refresh tokens of the settings apart without keeping them twice."""
        return hashlib.sha256(self._client.refresh_token.get_secret_value().encode()).hexdigest()[:16]


def _answer(reply: httpx.Response) -> Mapping[str, Any]:
    try:
        parsed = reply.json()
    except ValueError:
        return {}
    return parsed if isinstance(parsed, dict) else {}


def _seconds(value: Any) -> float:
    try:
        return max(60.0, float(value))
    except (TypeError, ValueError):
        return 1800.0
