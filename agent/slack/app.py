"""The Bolt app: a client that retries what may be retried, one workspace's authorisation, and the listeners."""

from __future__ import annotations

import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import structlog
from pydantic import SecretStr
from slack_bolt import App, BoltResponse
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)

from agent.errors import UnavailableError
from agent.slack.delivery.send import error_code
from agent.slack.listeners import register_listeners
from agent.slack.surface import BotIdentity, Surface

_log = structlog.get_logger(__name__)

_TIMEOUT_SECONDS = 20


def build_client(bot_token: SecretStr, base_url: str) -> WebClient:
    """A Web API client that waits out rate limits and tries again after broken connections and server errors."""
    client = WebClient(
        token=bot_token.get_secret_value(), base_url=base_url.rstrip("/") + "/", timeout=_TIMEOUT_SECONDS
    )
    client.retry_handlers = [
        ConnectionErrorRetryHandler(max_retry_count=2),
        RateLimitErrorRetryHandler(max_retry_count=3),
        ServerErrorRetryHandler(max_retry_count=2),
    ]
    return client


def read_identity(client: WebClient) -> BotIdentity:
    """Ask Slack who the token belongs to.

    Raises:
        UnavailableError: Slack refuses the token or does not answer.
    """
    try:
        answer = client.auth_test()
    except SlackApiError as error:
        raise UnavailableError(
            f"Slack refuses SLACK_BOT_TOKEN ({error_code(error)}). Copy the bot token (xoxb-…) from “OAuth & "
            "Permissions” of your Slack app."
        ) from error
    except OSError as error:
        raise UnavailableError("Slack does not answer; is the network up and SLACK_API_URL right?") from error
    return BotIdentity(str(answer["team_id"]), str(answer["user_id"]), str(answer.get("bot_id") or ""))


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
        client=surface.client,
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
        _log.debug("event.unhandled", kind=body.get("type"), event=(body.get("event") or {}).get("type"))
        return BoltResponse(status=200, body="")
    _log.error("listener.failed", error_id=f"e_{secrets.token_hex(4)}", exc_info=error)
    return BoltResponse(status=500, body="")
