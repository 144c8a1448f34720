"""The Bolt app: one workspace's authorisation, the listeners, and what happens to what nobody listens to."""

from __future__ import annotations

import logging
import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog
from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient

from agent.slack.listeners import register_listeners
from agent.slack.surface import Surface

_log = structlog.get_logger(__name__)


def build_app(surface: Surface, *, executor: ThreadPoolExecutor | None = None) -> App:
    """The Bolt app with every listener registered.

    Args:
        surface: what the listeners reach.
        executor: runs the listeners after their acknowledgement; Bolt makes its own when there is none.
    """
    identity = surface.identity

    def authorize() -> AuthorizeResult:
        # One workspace, known since the start: no auth.test per request, and no variable of the environment that
        # would switch Bolt to its OAuth mode.
        return AuthorizeResult(
            enterprise_id=None,
            team_id=identity.team_id,
            bot_id=identity.bot_id,
            bot_user_id=identity.user_id,
            bot_token=surface.client.token,
        )

    app = App(
        name="floorwalker",
        logger=logging.getLogger("slack_bolt"),
        # Without a token: Bolt takes it from the authorisation, and warns about any other.
        client=WebClient(base_url=surface.client.base_url, timeout=surface.client.timeout),
        authorize=authorize,
        process_before_response=False,
        raise_error_for_unhandled_request=True,
        listener_executor=executor,
    )
    app.error(_on_error)
    register_listeners(app, surface)
    return app


def _on_error(error: Exception, body: dict[str, Any]) -> BoltResponse:
    if isinstance(error, BoltUnhandledRequestError):
        # Acknowledged all the same, or Slack would send it again and again.
        _log.debug("event.unhandled", kind=body.get("type"), name=(body.get("event") or {}).get("type"))
        return BoltResponse(status=200, body="")
    _log.error("listener.failed", error_id=f"e_{secrets.token_hex(4)}", exc_info=error)
    return BoltResponse(status=500, body="")
