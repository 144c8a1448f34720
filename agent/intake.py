"""What comes in by itself while the bot runs: the HTTP server, the worker behind the inbox, and the sweeps."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from typing import Any

import structlog
from starlette.types import ASGIApp

from agent.web import WebServer, web_app
from agent.wiring import Application
from connectors.base import Reader
from connectors.errors import ConnectorError
from connectors.signals.endpoint import keep_in, sensor_app
from connectors.webhooks.endpoint import WebhookEndpoint
from connectors.webhooks.sweep import Sweep
from connectors.webhooks.worker import Worker

log = structlog.get_logger()

_SWEEP_SECONDS = 3600.0
_SUBSCRIPTION_SECONDS = 900.0
_COUNT_SECONDS = 5.0


class Intake:
    """Construct only when a port is set. ``listener`` is a bound socket to use instead of the settings' port."""

    def __init__(self, application: Application, listener: socket.socket | None = None) -> None:
        settings = application.settings
        self._application = application
        self._doors = application.webhook_doors
        self._sweep = Sweep(application.inbox, application.mirror, application.clock.now)
        readers = {name: door.reader for name, door in self._doors.items()}
        self._worker = Worker(application.inbox, readers, application.mirror, application.clock.now)
        endpoint = WebhookEndpoint(self._doors, application.inbox) if self._doors else None
        self._server = WebServer(
            web_app(self.health, endpoint, self._sensors()),
            settings.http_host,
            settings.http_port or 0,
            listener=listener,
        )

    def _sensors(self) -> ASGIApp | None:
        """Where door sensors push to, if they have a token."""
        application = self._application
        token, now = application.settings.sensor_token, application.clock.now
        if token is None:
            return None
        return sensor_app(token, application.store_ids, keep_in(application.mirror, now), now)

    @property
    def address(self) -> str:
        """Where the server listens on this machine."""
        return self._server.address

    def start(self) -> None:
        """Take up what a stop or a crash left in the inbox, and begin to listen.

        Raises:
            UnavailableError: the server did not start.
        """
        for name in self._doors:
            self._application.inbox.watches.begin(name, self._application.clock.now())
        self._worker.start()
        self._server.start()

    def run_rounds(self) -> None:
        """Begin the periodic work; the jobs must run already."""
        every = self._application.jobs.every
        if self._doors:
            every(_SUBSCRIPTION_SECONDS, "webhook_subscriptions", self.check_subscriptions)
            every(_SWEEP_SECONDS, "webhook_sweep", self.sweep)
            every(_COUNT_SECONDS, "webhook_counts", self._application.inbox.tallies.flush)

    def watched(self, name: str, reader: Reader) -> Reader:
        """The reader to poll ``name`` with: what webhooks should have brought is counted."""
        return self._sweep.watched(reader) if name in self._doors else reader

    def check_subscriptions(self) -> None:
        """Once a day, have every platform send what it should."""
        for door in self._doors.values():
            self._sweep.check_subscriptions(door)

    def sweep(self) -> None:
        """Find what webhooks lost, connection by connection."""
        for name, door in self._doors.items():
            try:
                self._sweep.sweep(door.reader)
            except ConnectorError as error:
                log.warning("webhooks.not_swept", connection=name, reason=error.user_message)

    def health(self) -> Mapping[str, Any]:
        """How fresh the data is and what waits; the body of ``/healthz``.

        Raises:
            ConnectorError: the mirror or the inbox is closed or cannot be read.
        """
        mirror = self._application.mirror.reader
        mirror.query("SELECT 1")
        return {
            "status": "ok",
            "data": {topic: state.as_of_at.isoformat() for topic, state in mirror.snapshot().sources.items()},
            "webhooks": {status.value: count for status, count in self._application.inbox.open_counts().items()},
        }

    def stop(self) -> None:
        """Stop listening, then finish what is being pulled."""
        self._server.stop()
        self._worker.stop()
