"""The door of a stand-in: one operation of an API as an ASGI application, so that a fault can cut the connection."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import structlog
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect, Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from connectors.sandbox.standin.faults import Fault, Faults

log = structlog.get_logger()


class Wire(Protocol):
    """How one platform answers."""

    @property
    def hang_seconds(self) -> float:
        """How long a call that times out is left without an answer."""
        ...

    def answer(self, request: Request, content: bytes) -> Response:
        """Admit the request, run the operation, answer: 4xx included. Called in a thread."""
        ...

    def server_error(self) -> Response:
        """A 500 in the platform's shape."""
        ...

    def throttled(self) -> Response:
        """Being told to slow down in the platform's own way."""
        ...

    def expired(self) -> Response:
        """The token is not accepted any more."""
        ...

    def after(self, response: Response) -> None:
        """Called in a thread when the answer is out: webhooks of a write are sent here."""
        ...


@dataclass(frozen=True, slots=True)
class Endpoint:
    """One operation; ``name`` may be read from the request where one address serves many."""

    wire: Wire
    faults: Faults
    name: str | Callable[[Request, bytes], str]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or do what the ordered fault says."""
        request = Request(scope, receive)
        try:
            content = await request.body()
        except ClientDisconnect:
            return
        name = self.name if isinstance(self.name, str) else self.name(request, content)
        fault = self.faults.take(name)
        if fault is not None:
            log.info("pos.fault", operation=name, fault=fault.value)
        match fault:
            case Fault.REFUSE:
                await _cut(receive)
                return
            case Fault.TIMEOUT_BEFORE:
                await _hang(receive, self.wire.hang_seconds)
                return
            case Fault.ERROR_BEFORE:
                await self.wire.server_error()(scope, receive, send)
                return
            case Fault.THROTTLE:
                await self.wire.throttled()(scope, receive, send)
                return
            case Fault.NOT_JSON:
                await HTMLResponse("<html><body>Maintenance</body></html>")(scope, receive, send)
                return
            case Fault.EXPIRED_TOKEN:
                await self.wire.expired()(scope, receive, send)
                return
        response = await run_in_threadpool(self.wire.answer, request, content)
        match fault:
            case Fault.TIMEOUT_AFTER:
                await _hang(receive, self.wire.hang_seconds)
                return
            case Fault.ERROR_AFTER:
                await self.wire.server_error()(scope, receive, send)
                return
            case Fault.DUPLICATE_REPLY:
                response = await run_in_threadpool(self.wire.answer, request, content)
        await response(scope, receive, send)
        await run_in_threadpool(self.wire.after, response)


async def _hang(receive: Receive, seconds: float) -> None:
    """Say nothing until the caller gives up or ``seconds`` have passed, then hang up."""
    try:
        async with asyncio.timeout(seconds):
            while (await receive())["type"] != "http.disconnect":
                pass
    except TimeoutError:
        await _cut(receive)


async def _cut(receive: Receive) -> None:
    """Hang up without an answer; the server's transport is behind the receiving channel."""
    transport = getattr(getattr(receive, "__self__", None), "transport", None)
    if transport is None:
        raise ConnectionAbortedError("this server cannot cut a connection")
    transport.abort()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
