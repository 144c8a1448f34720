"""The one HTTP client of every POS connector.

Reads are retried within a deadline: refused connections, 429, 500, 502, 503 and 504, after the time the platform
asks for (Retry-After in seconds or as a date, or milliseconds) or a jittered back-off. A write is sent exactly once;
its answer says whether it surely did not leave, was answered, or may have taken effect. Numbers are parsed as
Decimal. Neither a token nor a body is ever logged or put into an error.
"""

from __future__ import annotations

import json
import math
import random
import re
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from email.utils import parsedate_to_datetime
from enum import StrEnum
from functools import cache
from types import TracebackType
from typing import Any, Self

import httpx
import orjson
import structlog

from connectors.credentials import FixedToken, Secret, TokenAuth, TokenSource, same_place
from connectors.errors import TerminalError, TransientError
from connectors.fitting import LARGEST_ANSWER, TooLargeError, too_large
from connectors.pacing import Pacer

__all__ = ["Account", "Delivery", "HttpClient", "Policy", "RejectedError", "Reply", "Secret", "WriteReply", "trusted"]

log = structlog.get_logger()

Params = Mapping[str, str | Sequence[str]]

_RETRY_READS = frozenset({429, 500, 502, 503, 504})
_NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
AS_IT_IS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS
_CODE = re.compile(r"^[A-Z][A-Z0-9_]{1,60}$")


class RejectedError(TerminalError):
    """The platform understood a request and refused it. ``codes`` are its own error codes, safe to show."""

    def __init__(self, user_message: str, *, status: int, codes: Sequence[str] = (), detail: str = "") -> None:
        super().__init__(user_message, detail=detail)
        self.status = status
        self.codes = tuple(codes)


class Delivery(StrEnum):
    """What became of a write."""

    NOT_SENT = "not_sent"
    ANSWERED = "answered"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer to a read. ``date`` is the platform's own clock, where it says it."""

    status: int
    body: Any
    date: datetime | None = None


@dataclass(frozen=True, slots=True)
class WriteReply:
    """What became of a write; ``status`` and ``body`` are set when it was answered."""

    delivery: Delivery
    status: int = 0
    body: Any = None
    codes: tuple[str, ...] = ()
    retry_after: float | None = None

    @property
    def accepted(self) -> bool:
        """The platform said yes."""
        return self.delivery is Delivery.ANSWERED and 200 <= self.status < 300


@dataclass(frozen=True, slots=True)
class Policy:
    """How patient the client is. All values are seconds, except ``attempts``; ``cap`` bounds our own back-off."""

    attempts: int = 6
    base: float = 0.5
    cap: float = 60.0
    deadline: float = 180.0
    connect_timeout: float = 5.0
    read_timeout: float = 20.0
    write_timeout: float = 15.0


@dataclass(frozen=True, slots=True)
class Account:
    """Who is called and what to mend when they refuse: ``setting`` is the name of the setting of the token.

    ``token`` is None where the platform wants none; ``token_header`` and ``token_scheme`` say how it is sent.
    ``throttled`` finds a request to slow down in the parsed body of a 200, where a platform hides it there: the seconds
    to wait, or None.
    """

    platform: str
    base_url: str
    token: Secret | TokenSource | None = field(repr=False)
    setting: str
    headers: Mapping[str, str] = field(default_factory=dict)
    token_header: str = "Authorization"  # noqa: S105 the name of a header
    token_scheme: str = "Bearer "  # noqa: S105 a word before the token, not a token
    throttled: Callable[[Any], float | None] | None = None


@cache
def trusted() -> ssl.SSLContext:
    """Whom our clients trust: one context for all of them, as reading the certificates takes longer than a request."""
    return httpx.create_ssl_context()


class HttpClient:
    """A thin client of one account. Safe to share between threads; close it when done."""

    def __init__(
        self,
        account: Account,
        *,
        policy: Policy | None = None,
        sleep: Callable[[float], None] = time.sleep,
        seed: int | None = None,
        pacer: Pacer | None = None,
    ) -> None:
        self._account = account
        self._pacer = pacer
        self._policy = policy or Policy()
        self._sleep = sleep
        self._random = random.Random(seed)  # noqa: S311 - jitter, not a secret
        self._client = httpx.Client(
            base_url=account.base_url.rstrip("/"),
            headers={"Accept": "application/json", **account.headers},
            auth=None if account.token is None else _auth(account, account.token),
            follow_redirects=False,
            verify=trusted(),
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def get(self, path: str, params: Params | None = None, *, cost: float = 1.0) -> Reply:
        """Read ``path``; a parameter may be there more than once. ``cost`` is what the pacer counts for it.

        Raises:
            TransientError: no usable answer within the deadline.
            TerminalError: credentials or permissions are wrong, or the platform refused the request.
        """
        return self._read("GET", path, params=params, cost=cost)

    def search(self, path: str, body: Mapping[str, Any], *, cost: float = 1.0) -> Reply:
        """Read by POST: a query that changes nothing, so it is retried as a read. Raises as ``get`` does."""
        return self._read("POST", path, body=body, cost=cost)

    def write(self, method: str, path: str, body: Mapping[str, Any], *, cost: float = 1.0) -> WriteReply:
        """Send a change once and say what became of it. Never retries, never raises for what the network does.

        Raises:
            TerminalError: a token could not be renewed, so nothing was sent.
        """
        timeout = self._timeout(self._policy.write_timeout)
        deadline = time.monotonic() + self._policy.connect_timeout + self._policy.write_timeout
        try:
            response, content = self._paced(method, path, None, body, timeout, deadline, cost)
        except _NOT_SENT as error:
            log.warning("write.not_sent", platform=self._account.platform, path=path, error=type(error).__name__)
            return WriteReply(Delivery.NOT_SENT)
        except (httpx.HTTPError, TransientError, TooLargeError) as error:
            log.warning("write.unknown", platform=self._account.platform, path=path, error=type(error).__name__)
            return WriteReply(Delivery.UNKNOWN)
        parsed = parse_json(content)
        retry_after = retry_after_seconds(response.headers, now=datetime.now(UTC))
        codes = error_codes(parsed)
        if response.status_code >= 500 or (response.is_success and parsed is None):
            # A server error, or a proxy's page in place of an answer, proves nothing about the change.
            return WriteReply(Delivery.UNKNOWN, response.status_code, parsed, codes, retry_after)
        wait = self._account.throttled(parsed) if self._account.throttled else None
        if wait is not None:
            return WriteReply(Delivery.ANSWERED, 429, parsed, codes, wait)
        return WriteReply(Delivery.ANSWERED, response.status_code, parsed, codes, retry_after)

    def _read(
        self,
        method: str,
        path: str,
        *,
        params: Params | None = None,
        body: Mapping[str, Any] | None = None,
        cost: float = 1.0,
    ) -> Reply:
        policy = self._policy
        deadline = time.monotonic() + policy.deadline
        timeout = self._timeout(policy.read_timeout)
        why = ""
        for attempt in range(policy.attempts):
            asked: float | None = None
            try:
                response, content = self._paced(method, path, params, body, timeout, deadline, cost)
            except httpx.HTTPError as error:
                why = type(error).__name__
            else:
                asked = self._asked_to_wait(response, content)
                if response.status_code not in _RETRY_READS and asked is None:
                    return self._accept(response, content)
                why = str(response.status_code)
            wait = self._wait(attempt, asked)
            if attempt + 1 == policy.attempts or time.monotonic() + wait > deadline:
                break
            log.info("read.retried", platform=self._account.platform, path=path, why=why, wait=round(wait, 2))
            self._sleep(wait)
        raise TransientError(
            f"{self._account.platform} is not answering at the moment. Try again in a few minutes.",
            detail=f"{method} {path}: {why}",
        )

    def _asked_to_wait(self, response: httpx.Response, content: bytes) -> float | None:
        if response.is_success:
            throttled = self._account.throttled
            return throttled(parse_json(content)) if throttled else None
        if response.status_code in _RETRY_READS:
            return retry_after_seconds(response.headers, now=datetime.now(UTC))
        return None

    def _paced(
        self,
        method: str,
        path: str,
        params: Params | None,
        body: Mapping[str, Any] | None,
        timeout: httpx.Timeout,
        deadline: float,
        cost: float,
    ) -> tuple[httpx.Response, bytes]:
        if self._pacer is None:
            return self._exchange(method, path, params, body, timeout, deadline)
        with self._pacer.slot(cost):
            response, content = self._exchange(method, path, params, body, timeout, deadline)
        self._pacer.learn(response.headers, parse_json(content))
        return response, content

    def _exchange(
        self,
        method: str,
        path: str,
        params: Params | None,
        body: Mapping[str, Any] | None,
        timeout: httpx.Timeout,
        deadline: float,
    ) -> tuple[httpx.Response, bytes]:
        if not same_place(self._client.base_url, path):
            raise TerminalError(
                f"{self._account.platform} named another address to go on at; the token was not sent there. Check the "
                f"base URL of {self._account.setting}."
            )
        content = None if body is None else to_json(body)
        headers = {"Content-Type": "application/json"} if content is not None else {}
        chunks: list[bytes] = []
        size = 0
        with self._client.stream(
            method, path, params=params, content=content, headers=headers, timeout=timeout
        ) as response:
            for chunk in response.iter_bytes():
                chunks.append(chunk)
                size += len(chunk)
                if size > LARGEST_ANSWER:
                    raise too_large(self._account.platform, f"{method} {path}")
                # A read timeout only bounds the gap between bytes; a dripping answer needs its own end.
                if time.monotonic() > deadline:
                    raise TransientError(
                        f"{self._account.platform} is too slow at the moment. Try again in a few minutes.",
                        detail=f"{method} {path}: too slow",
                    )
        return response, b"".join(chunks)

    def _accept(self, response: httpx.Response, content: bytes) -> Reply:
        name, setting, status = self._account.platform, self._account.setting, response.status_code
        parsed = parse_json(content)
        codes = error_codes(parsed)
        detail = f"{response.request.url.path}: {status} {' '.join(codes)}"
        if status == 401:
            raise RejectedError(
                f"{name} does not accept the access token. Put a valid one into {setting}.",
                status=status,
                codes=codes,
                detail=detail,
            )
        if status == 403:
            raise RejectedError(
                f"{name} refused access: the token in {setting} lacks a permission it needs.",
                status=status,
                codes=codes,
                detail=detail,
            )
        if response.is_success and parsed is not None:
            return Reply(status, parsed, _http_date(response.headers.get("date", "")))
        if parsed is None:
            raise TerminalError(
                f"{name} answered with something that is not JSON. Check that the base URL of {setting} is its API.",
                detail=detail,
            )
        reason = f" ({', '.join(codes)})" if codes else ""
        raise RejectedError(f"{name} did not accept the request{reason}.", status=status, codes=codes, detail=detail)

    def _timeout(self, seconds: float) -> httpx.Timeout:
        return httpx.Timeout(seconds, connect=self._policy.connect_timeout)

    def _wait(self, attempt: int, asked: float | None) -> float:
        if asked is not None:
            # Never earlier than asked, and a little later, so that callers told the same do not return together.
            return asked + self._random.uniform(0, self._policy.base)
        return self._random.uniform(0, min(self._policy.cap, self._policy.base * float(2**attempt)))


def _auth(account: Account, token: Secret | TokenSource) -> TokenAuth:
    source = FixedToken(token) if isinstance(token, Secret) else token
    return TokenAuth(source, header=account.token_header, scheme=account.token_scheme)


def parse_json(content: bytes) -> Any:
    """Parse an answer with exact decimals; None when it is not JSON, or nested deeper than any answer is."""
    try:
        return json.loads(content, parse_float=Decimal)
    except (ValueError, RecursionError):
        return None


def to_json(value: Any) -> bytes:
    """Compact JSON; a Decimal (coordinates only, on the platforms we know) becomes a JSON number.

    Half a character (a platform cut a name through an emoji) becomes a question mark: UTF-8 cannot hold it.
    """
    try:
        return orjson.dumps(value, option=AS_IT_IS)
    except TypeError:  # a Decimal, a number beyond 64 bits or half a character
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False, default=_plain).encode(errors="replace")


def error_codes(body: Any) -> tuple[str, ...]:
    """The platform's own error codes out of ``{"errors": [{"code": ...}]}``, those that look like codes."""
    errors = body.get("errors") if isinstance(body, dict) else None
    if not isinstance(errors, list):
        return ()
    codes = [str(error.get("code", "")) for error in errors if isinstance(error, dict)]
    return tuple(code for code in codes if _CODE.match(code))


def retry_after_seconds(headers: Mapping[str, str], *, now: datetime) -> float | None:
    """How long the platform asks to wait: milliseconds, seconds or an HTTP date; never negative; None if unsaid."""
    for name, unit in (("retry-after-ms", 0.001), ("retry-after", 1.0)):
        text = headers.get(name, "").strip()
        if not text:
            continue
        try:
            seconds = float(text) * unit
        except ValueError:
            at = _http_date(text)
            if at is None:
                continue
            seconds = (at - now).total_seconds()
        if math.isfinite(seconds):
            return max(0.0, seconds)
    return None


def _http_date(text: str) -> datetime | None:
    try:
        at = parsedate_to_datetime(text)
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() and value.as_tuple().exponent == 0 else float(value)
    raise TypeError(f"{type(value).__name__} is not JSON")
