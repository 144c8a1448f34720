"""The running bot: Slack, jobs, sync and briefings around one application. ``serve`` and ``demo`` both run this.

Order of the start: the mirror and its first pull, then Slack, then the jobs (which take up what a crash interrupted
and may rewrite cards), then webhooks, then the clocked work, then the door for the other commands.
"""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import structlog

from agent.commands import run
from agent.control import ControlServer, Invocation
from agent.errors import BadInputError
from agent.followups.assembly import schedule_looks
from agent.log import configure_logging
from agent.settings import Settings, read_settings
from agent.signals import refresh
from agent.wiring import Application
from connectors.base import Entity
from connectors.errors import ConnectorError
from connectors.mirror.sync import ENTITIES, sync_connection

if TYPE_CHECKING:
    from agent.intake import Intake

log = structlog.get_logger()

BRIEFING_SECONDS = 30.0
_SLOW_SYNC_SECONDS = 900.0
_SIGNAL_SECONDS = 3600.0
_TASK_LIST_SECONDS = 60.0
_CHANGES_BY_THE_MINUTE = (Entity.LOCATION, Entity.CATALOG, Entity.SALE, Entity.INVENTORY)
_CHANGES_BY_THE_HOUR = tuple(entity for entity in ENTITIES if entity not in _CHANGES_BY_THE_MINUTE)


class Service:
    """One running bot over one state folder.

    ``briefing_seconds`` is how often it looks whether a briefing is due; a clock that runs faster needs shorter looks.
    ``signals`` brings weather, holidays and calendars up to date by the hour; a sample has its own.
    ``web_listener`` is a bound socket for its HTTP server, instead of the settings' address.
    """

    def __init__(
        self,
        application: Application,
        *,
        briefing_seconds: float = BRIEFING_SECONDS,
        web_listener: socket.socket | None = None,
        signals: bool = True,
    ) -> None:
        self._signals = signals
        self._briefing_seconds = briefing_seconds
        self._application = application
        self._web_listener = web_listener
        self._intake: Intake | None = None
        self._started = False
        self._control = ControlServer(application.home, self._run)

    def start(self) -> None:
        """Start everything; returns when questions and clicks are being taken.

        Raises:
            BadInputError: a Slack token is missing.
            UnavailableError, ConnectorError: Slack or the state folder is not to be had.
        """
        from agent.slack.runtime import SlackRuntime

        application, settings = self._application, self._application.settings
        if settings.slack_bot_token is None or settings.slack_app_token is None:
            raise BadInputError(
                "serve: set SLACK_BOT_TOKEN and SLACK_APP_TOKEN; docs/production.md says where Slack shows them."
            )
        application.mirror.seal()
        # People and channels hang on stores, so these are known before anybody can ask.
        self.sync_now((Entity.LOCATION,))
        services = application.slack_services()
        application.slack = SlackRuntime(
            services, settings.slack_bot_token, settings.slack_app_token, settings.slack_api_url
        )
        application.slack.start()
        application.run_jobs()
        briefings = application.briefings(application.slack.briefings)
        briefings.take_over()
        self._take_in()
        every = application.jobs.every
        every(settings.sync_seconds, "sync", partial(self.sync_now, _CHANGES_BY_THE_MINUTE))
        every(_SLOW_SYNC_SECONDS, "sync_rest", partial(self.sync_now, _CHANGES_BY_THE_HOUR))
        application.proposals.schedule(application.jobs)
        every(self._briefing_seconds, "briefings", briefings.run_due)
        schedule_looks(application, every)
        every(_TASK_LIST_SECONDS, "task_list", application.slack.task_list(application.home / "task-list.json").copy)
        if self._signals:
            every(_SIGNAL_SECONDS, "signals", self._refresh_signals)
        self._control.start()
        self._started = True
        log.info("service.started", model=application.conversation.model)

    def _refresh_signals(self) -> None:
        application = self._application
        for problem in refresh(application.settings, application.mirror, application.clock.now()).problems:
            log.warning("signals.incomplete", problem=problem)

    def _take_in(self) -> None:
        """Open the HTTP server, if one is wanted, and with it the webhooks."""
        if self._application.settings.http_port is None:
            return
        from agent.intake import Intake

        self._intake = Intake(self._application, self._web_listener)
        self._intake.start()
        self._intake.run_rounds()

    def _run(self, invocation: Invocation) -> Any:
        return run(self._application.at(invocation.now), invocation)

    def sync_now(self, entities: Sequence[Entity] = ENTITIES) -> None:
        """Pull every connection up to now; one that cannot be reached is logged and tried again next time."""
        application = self._application
        for name, reader in application.readers.items():
            polled = reader if self._intake is None else self._intake.watched(name, reader)
            try:
                sync_connection(polled, application.mirror, until=application.clock.now(), entities=entities)
            except ConnectorError as error:
                log.warning("sync.failed", connection=name, reason=type(error).__name__)

    def stop(self) -> None:
        """Stop taking work, finish what is running, and let everything go."""
        self._control.stop()
        if self._intake is not None:
            self._intake.stop()
        if self._application.slack is not None:
            self._application.slack.stop()
        self._application.close()
        if self._started:
            log.info("service.stopped")


def run_service(home: Path | None) -> None:
    """``floorwalker serve``: run until told to stop."""
    settings: Settings = read_settings(home=home)
    configure_logging(settings.log_format)
    stopping = wait_for_signals()
    application = Application(settings, write=True)
    service = Service(application)
    try:
        service.start()
        stopping.wait()
    finally:
        service.stop()


def wait_for_signals() -> threading.Event:
    """An event that SIGINT and SIGTERM set."""
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    return stopping
