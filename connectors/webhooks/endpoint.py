"""The addresses that platforms post to: checked, committed to the inbox, and only then acknowledged.

A body is read up to a limit and verified in constant time before anything of it is parsed. What is refused leaves
nothing behind but a count. Nothing is pulled here: the answer must not wait for a platform.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from connectors.base import Entity, WebhookEvent
from connectors.errors import ConnectorError
from connectors.webhooks.addresses import PREFIX, Door
from connectors.webhooks.events import Arrival, Refusal, Touched
from connectors.webhooks.gathering import Gathering
from connectors.webhooks.inbox import Inbox

log = structlog.get_logger()

MOST_BYTES = 1024 * 1024
_MOST_BYTES_AT_ONCE = 32 * MOST_BYTES
_LONGEST_SECONDS = 10.0
_CHECKED_INLINE = 64 * 1024
_MOST_OBJECTS = 500
_RETRY_AFTER = {"Retry-After": "30"}
_HANG_UP = {"Connection": "close"}


class _RefusedError(Exception):
    """An answer other than 2xx, and what it counts as."""

    def __init__(self, response: Response, reason: Refusal | None = None) -> None:
        super().__init__()
        self.response = response
        self.reason = reason


class WebhookEndpoint:
    """An ASGI application for everything under ``/webhooks``. ``doors`` are by connection."""

    def __init__(
        self, doors: Mapping[str, Door], inbox: Inbox, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._doors = dict(doors)
        self._inbox = inbox
        self._gathering = Gathering(inbox)
        self._now = now
        self._held = 0
        # Without a body it leaves in one piece.
        self._accepted = Response()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        response = await self._answer(scope, receive)
        await response(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive) -> Response:
        if scope["method"] != "POST":
            return PlainTextResponse("Send webhooks by POST.", 405, {"Allow": "POST"})
        name, _, token = str(scope["path"]).removeprefix(PREFIX).strip("/").partition("/")
        door = self._doors.get(name)
        if door is None:
            return PlainTextResponse("There is no such connection.", 404, _HANG_UP)
        headers = {key.decode("latin-1").lower(): value.decode("latin-1") for key, value in scope["headers"]}
        try:
            _admit(door, token)
            # One bound for all of it: a caller who drips a body, and a disk that hangs.
            async with asyncio.timeout(_LONGEST_SECONDS):
                body = await self._read(headers, receive)
                event = await self._verify(door, headers, body)
                return await self._store(name, event, body)
        except TimeoutError:
            log.warning("webhook.too_slow", connection=name)
            return PlainTextResponse("Too slow.", 503, _RETRY_AFTER | _HANG_UP)
        except _RefusedError as refused:
            if refused.reason is not None:
                self._inbox.tallies.refuse(name, refused.reason)
                log.info("webhook.refused", connection=name, reason=refused.reason.value)
            return refused.response

    async def _read(self, headers: Mapping[str, str], receive: Receive) -> bytes:
        """The raw body, never more of it than is allowed, nor more bodies at once than memory is set aside for."""
        length = headers.get("content-length", "")
        if length.isdigit() and int(length) > MOST_BYTES:
            raise _too_large()
        chunks: list[bytes] = []
        size = 0
        try:
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    raise _RefusedError(PlainTextResponse("", 400), Refusal.INCOMPLETE)
                chunk: bytes = message.get("body", b"")
                size += len(chunk)
                self._held += len(chunk)
                if size > MOST_BYTES:
                    raise _too_large()
                if self._held > _MOST_BYTES_AT_ONCE:
                    raise _RefusedError(PlainTextResponse("Too busy.", 503, _RETRY_AFTER | _HANG_UP))
                chunks.append(chunk)
                if not message.get("more_body", False):
                    return b"".join(chunks)
        finally:
            self._held -= size

    async def _verify(self, door: Door, headers: Mapping[str, str], body: bytes) -> WebhookEvent:
        try:
            if len(body) > _CHECKED_INLINE:
                event = await run_in_threadpool(door.reader.verify_webhook, headers, body, door.url)
            else:
                event = door.reader.verify_webhook(headers, body, door.url)
        except Exception as error:  # noqa: BLE001 - a body that a connector stumbles over is unreadable, not our end
            log.warning("webhook.unreadable", connection=door.reader.connection, error=type(error).__name__)
            event = None
        if event is None:
            raise _RefusedError(PlainTextResponse("Not accepted.", 401), Refusal.UNVERIFIED)
        return event

    async def _store(self, name: str, event: WebhookEvent, body: bytes) -> Response:
        arrival = Arrival(
            connection=name,
            dedupe_key=event.dedupe_key,
            topic=event.topic,
            touched=_distinct(event),
            received_at=self._now(),
            occurred_at=event.occurred_at,
            body_sha256=hashlib.sha256(body).hexdigest(),
        )
        try:
            await self._gathering.put(arrival)
        except ConnectorError as error:
            log.warning("webhook.not_stored", connection=name, error=type(error).__name__)
            return PlainTextResponse("Try again later.", 503, _RETRY_AFTER)
        return self._accepted


def _admit(door: Door, token: str) -> None:
    if not hmac.compare_digest(token.encode(), door.token.encode()):
        raise _RefusedError(PlainTextResponse("Not accepted.", 401, _HANG_UP), Refusal.WRONG_ADDRESS)


def _distinct(event: WebhookEvent) -> Touched:
    """What was touched, each once; of very many objects of a kind, the feed is the shorter way."""
    touched = dict.fromkeys(event.touched)
    if len(touched) <= _MOST_OBJECTS:
        return tuple(touched)
    many = {entity for entity in Entity if sum(kind is entity for kind, _ in touched) > _MOST_OBJECTS}
    kept = [(entity, identity) for entity, identity in touched if entity not in many]
    return (*kept, *((entity, "") for entity in sorted(many)))


def _too_large() -> _RefusedError:
    return _RefusedError(PlainTextResponse("Too large.", 413, _HANG_UP), Refusal.TOO_LARGE)
