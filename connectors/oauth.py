"""Access tokens that run out: renewed before they do, kept across restarts, never logged.

A platform that rotates refresh tokens makes the old one worthless with each renewal, so the new pair is on disk
before it is used; two threads never renew at once. Of a crash while the pair was being stored, the newer of the two
files counts.
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
_LATER = timedelta(seconds=20)
"""When to try again after a renewal that failed while the token is still good."""

_USUAL_SECONDS = 1800.0
_TIMEOUT = httpx.Timeout(15.0, connect=5.0)
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class OAuthClient:
    """The application as the platform knows it. ``setting`` is named in messages."""

    platform: str
    token_url: str
    client_id: str
    client_secret: Secret = field(repr=False)
    refresh_token: Secret = field(repr=False)
    setting: str = ""


@dataclass(frozen=True, slots=True)
class _Pair:
    """An access token, the refresh token that came with it, and when to renew them at the latest and better before."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    renew_at: datetime
    expires_at: datetime


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
        self._is_stored = True
        self._pair = self._kept() or _Pair("", client.refresh_token.get_secret_value(), _NEVER, _NEVER)

    def token(self) -> Secret:
        """A token that is good for some minutes yet.

        Raises:
            TransientError: the platform's token service did not answer, or the new token could not be kept.
            TerminalError: the refresh token is not accepted any more.
        """
        with self._lock:
            if not self._is_stored:
                self._store()
            if self._now() >= self._pair.renew_at:
                self._renew_early()
            return Secret(self._pair.access)

    def renew(self, refused: Secret) -> bool:
        """Fetch another token unless somebody did so meanwhile. Raises as ``token`` does."""
        with self._lock:
            if self._pair.access == refused.get_secret_value():
                self._renew()
            return True

    def _renew_early(self) -> None:
        """Renew; a token service that is down does no harm while the token is still good."""
        try:
            self._renew()
        except TransientError:
            now = self._now()
            if not self._is_stored or now >= self._pair.expires_at:
                raise
            self._pair = _Pair(self._pair.access, self._pair.refresh, now + _LATER, self._pair.expires_at)

    def _renew(self) -> None:
        kept = self._kept()
        if kept is not None and kept.access != self._pair.access and self._now() < kept.renew_at:
            # Somebody else in this installation renewed it: ours would be refused.
            self._pair = kept
            return
        answer = self._asked()
        now, lifetime = self._now(), timedelta(seconds=_seconds(answer.get("expires_in")))
        self._pair = _Pair(
            str(answer["access_token"]),
            str(answer.get("refresh_token") or self._pair.refresh),
            now + lifetime - min(_EARLY, lifetime / 4),
            now + lifetime,
        )
        self._store()
        log.info("token.renewed", platform=self._client.platform)

    def _asked(self) -> Mapping[str, Any]:
        name = self._client.platform
        form = {
            "grant_type": "refresh_token",
            "refresh_token": self._pair.refresh,
            "client_id": self._client.client_id,
            "client_secret": self._client.client_secret.get_secret_value(),
        }
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
        if reply.status_code in (400, 401, 403):
            raise TerminalError(
                f"{name} does not accept the refresh token any more. Connect the account again and put the new one "
                f"into {self._client.setting}.",
                detail=str(reply.status_code),
            )
        answer = _answer(reply)
        if not reply.is_success or not answer.get("access_token"):
            raise TerminalError(
                f"{name}'s token service answered with something that is no token. Check its address.",
                detail=str(reply.status_code),
            )
        return answer

    def _kept(self) -> _Pair | None:
        """The stored pair; the one that was about to replace it when that is whole, for it is newer."""
        return self._read(self._fresh_path()) or self._read(self._path)

    def _read(self, path: Path) -> _Pair | None:
        try:
            kept = json.loads(path.read_text(encoding="utf-8"))
            # A refresh token that an operator has set anew replaces what was kept for the old one.
            if kept["first"] != self._first():
                return None
            renew_at, expires_at = (datetime.fromisoformat(str(kept[name])) for name in ("renew_at", "expires_at"))
            if renew_at.tzinfo is None or expires_at.tzinfo is None or not kept["access"] or not kept["refresh"]:
                return None
            return _Pair(str(kept["access"]), str(kept["refresh"]), renew_at, expires_at)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _store(self) -> None:
        pair = self._pair
        kept = {
            "first": self._first(),
            "access": pair.access,
            "refresh": pair.refresh,
            "renew_at": pair.renew_at.isoformat(),
            "expires_at": pair.expires_at.isoformat(),
        }
        self._is_stored = False
        fresh = self._fresh_path()
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
                json.dump(kept, file)
                file.flush()
                os.fsync(file.fileno())
            fresh.replace(self._path)
        except OSError as error:
            raise TransientError(
                f"{self._client.platform}'s new token cannot be stored. Make room in the state folder and let it be "
                "written, before this process ends.",
                detail=type(error).__name__,
            ) from error
        self._is_stored = True

    def _fresh_path(self) -> Path:
        return self._path.with_name(f"{self._path.name}.new")

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
        seconds = float(value)
    except (TypeError, ValueError):
        return _USUAL_SECONDS
    return seconds if 1.0 <= seconds <= 10 * 365 * 86_400 else _USUAL_SECONDS
