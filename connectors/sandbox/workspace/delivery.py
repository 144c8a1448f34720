"""Socket Mode's post office: envelopes wait for a socket, go to any one of them, and come back when unacknowledged.

Rules kept from Slack: an event is delivered again after three seconds without an acknowledgement (three times at most)
with ``retry_attempt`` and ``retry_reason``; an interaction is not, the person is told that the app did not answer.
Ours, for crashes: what a lost socket had not acknowledged goes to the next one. Runs on one event loop; ``post`` may be
called from any thread.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from dataclasses import dataclass, field

import structlog

from connectors.sandbox.workspace.store import Envelope, Store
from connectors.sandbox.workspace.wire import JsonObject

ACK_SECONDS = 3.0
EVENT_RETRIES = 3
EVENTS = "events_api"
log = structlog.get_logger()


@dataclass(eq=False, slots=True)
class Link:
    """One connected socket; ``None`` in the outbox closes it."""

    id: int
    outbox: asyncio.Queue[JsonObject | None] = field(default_factory=asyncio.Queue)


@dataclass(slots=True)
class InFlight:
    """An envelope a socket holds, and when to stop waiting for it."""

    envelope: Envelope
    link: Link
    overdue: asyncio.TimerHandle


class Delivery:
    """Who is connected, what is on its way, who waits for an answer."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._loop: asyncio.AbstractEventLoop | None = None
        self._links: list[Link] = []
        self._numbers = itertools.count(1)
        self._in_flight: dict[str, InFlight] = {}
        self._answers: dict[str, asyncio.Future[JsonObject | None]] = {}

    @property
    def connections(self) -> int:
        """How many sockets are connected."""
        return len(self._links)

    def post(self, envelope: Envelope) -> None:
        """Keep an envelope and send it as soon as a socket is there."""
        self._store.put_envelope(envelope)
        self.wake()

    def wake(self) -> None:
        """Look for work on the loop of the sockets; harmless when there is none."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._pump)

    def connect(self) -> Link:
        """A socket said hello; call from its loop."""
        self._loop = asyncio.get_running_loop()
        link = Link(next(self._numbers))
        self._links.append(link)
        self._loop.call_soon(self._pump)
        return link

    def disconnect(self, link: Link) -> None:
        """A socket is gone: what it held goes back to the queue."""
        if link in self._links:
            self._links.remove(link)
        for envelope_id, held in list(self._in_flight.items()):
            if held.link is link:
                held.overdue.cancel()
                del self._in_flight[envelope_id]
        self._pump()

    def ask_to_reconnect(self, reason: str) -> int:
        """Send every socket a ``disconnect`` and close it; returns how many."""
        links = list(self._links)
        for link in links:
            link.outbox.put_nowait({"type": "disconnect", "reason": reason, "debug_info": {"host": "stand-in"}})
            link.outbox.put_nowait(None)
        return len(links)

    def acknowledge(self, envelope_id: str, payload: JsonObject | None) -> None:
        """The app answered; a late or repeated answer changes nothing."""
        held = self._in_flight.pop(envelope_id, None)
        if held is not None:
            held.overdue.cancel()
        self._store.drop_envelope(envelope_id)
        self._settle(envelope_id, payload)

    async def answer(self, envelope: Envelope, seconds: float = ACK_SECONDS + 0.5) -> JsonObject | None:
        """Post an envelope and wait for its acknowledgement's payload.

        Raises:
            TimeoutError: The app did not acknowledge in time; an undelivered envelope stays queued.
        """
        waiting: asyncio.Future[JsonObject | None] = asyncio.get_running_loop().create_future()
        self._answers[envelope.id] = waiting
        self.post(envelope)
        try:
            return await asyncio.wait_for(waiting, seconds)
        finally:
            self._answers.pop(envelope.id, None)

    def _settle(self, envelope_id: str, payload: JsonObject | None) -> None:
        waiting = self._answers.get(envelope_id)
        if waiting is not None and not waiting.done():
            waiting.set_result(payload)

    def _pump(self) -> None:
        if not self._links:
            return
        for envelope in self._store.envelopes():
            if envelope.id not in self._in_flight:
                self._send(envelope)

    def _send(self, envelope: Envelope) -> None:
        if self._loop is None:
            return
        link = self._links[0]
        self._links.append(self._links.pop(0))
        interactive = envelope.kind != EVENTS
        frame: JsonObject = {
            "envelope_id": envelope.id,
            "type": envelope.kind,
            "accepts_response_payload": interactive,
            "payload": envelope.payload,
        }
        if not interactive:
            frame["retry_attempt"] = envelope.attempt
            frame["retry_reason"] = "timeout" if envelope.attempt else ""
        overdue = self._loop.call_later(ACK_SECONDS, self._overdue, envelope.id)
        self._in_flight[envelope.id] = InFlight(envelope, link, overdue)
        link.outbox.put_nowait(frame)

    def _overdue(self, envelope_id: str) -> None:
        held = self._in_flight.pop(envelope_id, None)
        if held is None:
            return
        if held.envelope.kind != EVENTS or held.envelope.attempt >= EVENT_RETRIES:
            log.warning("envelope.abandoned", kind=held.envelope.kind, attempts=held.envelope.attempt + 1)
            self._store.drop_envelope(envelope_id)
            return
        self._store.count_attempt(envelope_id)
        self._pump()


def frame_text(frame: JsonObject) -> str:
    """A frame as the text that goes over the socket."""
    return json.dumps(frame, separators=(",", ":"))
