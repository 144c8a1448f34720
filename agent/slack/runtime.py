"""The Socket Mode connection of the bot, and the watchdog that replaces it when it has silently died.

Ready means that Slack said hello on the socket, not merely that a connection was opened.
"""

from __future__ import annotations

import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import structlog
from pydantic import SecretStr
from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

from agent.errors import UnavailableError
from agent.slack.app import build_app
from agent.slack.bot import Passport, build_client
from agent.slack.delivery.briefings import BriefingPoster
from agent.slack.delivery.notices import Notices
from agent.slack.delivery.task_list import TaskList
from agent.slack.services import SlackServices
from agent.slack.stores import StoreBook
from agent.slack.surface import Surface, build_surface

_log = structlog.get_logger(__name__)

SLACK_API = "https://slack.com/api/"
_LISTENERS = 16
_CLOSE_SECONDS = 5.0


class SlackRuntime:
    """The bot in a workspace: ``start`` connects and answers, ``stop`` lets running turns end.

    Args:
        services: the parts of the application.
        bot_token: ``xoxb-…``.
        app_token: ``xapp-…``, for Socket Mode.
        base_url: Slack's Web API, or a stand-in's.
        check_seconds: how often the watchdog looks at the connection.
        silence_seconds: how long a connection may be without an answer to its pings before it is replaced.

    ``briefings`` posts briefings, ``notices`` findings and audit anchors; they work before ``start`` too, for they
    need no socket.
    """

    def __init__(
        self,
        services: SlackServices,
        bot_token: SecretStr,
        app_token: SecretStr,
        base_url: str = SLACK_API,
        *,
        check_seconds: float = 5.0,
        silence_seconds: float = 60.0,
    ) -> None:
        self._services = services
        self._app_token = app_token
        self._client = build_client(bot_token, base_url)
        self._passport = Passport(self._client)
        self.briefings = BriefingPoster(self._client, self._passport, services.database, services.clock)
        self.notices = Notices(self._client, self._passport)
        self._check_seconds = check_seconds
        self._silence_seconds = silence_seconds
        self._hello = threading.Event()
        self._stopping = threading.Event()
        self._down_since: float | None = None
        self._surface: Surface | None = None
        self._app: App | None = None
        self._executor: ThreadPoolExecutor | None = None
        self._handler: SocketModeHandler | None = None
        self._watchdog: threading.Thread | None = None

    def task_list(self, kept: Path) -> TaskList:
        """The copy of the stores' tasks in a Slack List; ``kept`` is the file that remembers it."""
        return TaskList(self._client, self._services.database, kept, StoreBook(self._services.mirror).label)

    def start(self, *, wait_seconds: float = 30.0) -> None:
        """Check the token, open the socket, wait for hello, take up unanswered messages.

        Raises:
            UnavailableError: Slack refuses a token or is not reachable.
        """
        self._stopping.clear()
        surface = build_surface(self._services, self._client, self._passport.identity())
        executor = ThreadPoolExecutor(max_workers=_LISTENERS, thread_name_prefix="listener")
        self._surface, self._executor = surface, executor
        self._app = build_app(surface, executor=executor)
        surface.start()
        try:
            self._handler = self._connect(self._app)
        except Exception as error:
            self.stop()
            raise UnavailableError(
                "Slack did not open a socket. Check SLACK_APP_TOKEN (xapp-…, scope connections:write) and that Socket "
                "Mode is on."
            ) from error
        self._watchdog = threading.Thread(target=self._watch, name="slack-watchdog", daemon=True)
        self._watchdog.start()
        if not self._hello.wait(wait_seconds):
            self.stop()
            raise UnavailableError("Slack opened a socket but never said hello on it.")
        _log.info("slack.connected", team=surface.identity.team_id)

    def stop(self) -> None:
        """Close the socket and let running turns end. Waiting messages are taken up at the next start."""
        self._stopping.set()
        if self._watchdog is not None:
            self._watchdog.join(_CLOSE_SECONDS + self._check_seconds)
        if self._handler is not None:
            _close(self._handler)
            self._handler = None
        self._hello.clear()
        if self._executor is not None:
            self._executor.shutdown(wait=True)
        if self._surface is not None:
            self._surface.stop()

    def check_account(self, user_id: str) -> None:
        """Check that the account of somebody who approved still counts; as ``People.check_account``.

        Raises:
            RefusedError: it does not.
            UnavailableError: Slack does not say, or was never asked.
        """
        if self._surface is None:
            raise UnavailableError("The bot is not in the workspace yet, so nobody's account can be checked.")
        self._surface.people.check_account(user_id)

    def is_connected(self) -> bool:
        """Whether the socket is open and Slack has said hello on it."""
        return self._hello.is_set() and self._handler is not None and bool(self._handler.client.is_connected())

    def _connect(self, app: App) -> SocketModeHandler:
        handler = SocketModeHandler(app, self._app_token.get_secret_value(), web_client=self._client)
        handler.client.message_listeners.append(self._on_message)
        try:
            # The SDK leaves this method without annotations.
            handler.client.connect()
        except Exception:
            _close(handler)
            raise
        return handler

    def _on_message(self, _client: Any, message: dict[str, Any], _raw: str | None) -> None:
        if message.get("type") == "hello":
            self._hello.set()

    def _watch(self) -> None:
        while not self._stopping.wait(self._check_seconds):
            if self._is_dead():
                self._replace()
            if self._surface is not None:
                self._surface.cards.catch_up()

    def _is_dead(self) -> bool:
        # The client reconnects by itself; only when it has not managed for a while do we step in.
        if self._handler is not None and self._handler.client.is_connected() and not self._is_silent():
            self._down_since = None
            return False
        self._down_since = self._down_since or time.monotonic()
        return time.monotonic() - self._down_since >= min(self._silence_seconds, 3 * self._check_seconds)

    def _is_silent(self) -> bool:
        session = self._handler.client.current_session if self._handler is not None else None
        answered = getattr(session, "last_ping_pong_time", None)
        return answered is not None and time.time() - answered > self._silence_seconds

    def _replace(self) -> None:
        _log.warning("slack.reconnecting")
        old, self._handler = self._handler, None
        self._hello.clear()
        if old is not None:
            _close(old)
        try:
            self._handler = self._connect(self._app) if self._app is not None else None
        except Exception as error:  # noqa: BLE001 - the network may be down for hours; the next look tries again
            _log.warning("slack.unreachable", reason=type(error).__name__)
        else:
            self._down_since = None


def _close(handler: SocketModeHandler) -> None:
    """Close a handler without waiting for ever: a half-dead socket can hang in its own shutdown."""
    client = handler.client
    client.auto_reconnect_enabled = client.default_auto_reconnect_enabled = False
    raw = getattr(client.current_session, "sock", None)
    if raw is not None:
        # The client waits for its own blocking read before it closes; this ends the read now.
        with suppress(OSError):
            raw.shutdown(socket.SHUT_RDWR)
    closer = threading.Thread(target=handler.close, name="slack-close", daemon=True)
    closer.start()
    closer.join(_CLOSE_SECONDS)
    if closer.is_alive():
        _log.warning("slack.close_hangs")


def one_off_poster(services: SlackServices, bot_token: SecretStr, base_url: str = SLACK_API) -> BriefingPoster:
    """A poster for one command that runs without the bot's connection."""
    client = build_client(bot_token, base_url)
    return BriefingPoster(client, Passport(client), services.database, services.clock)
