"""The bot's own client and identity in the workspace."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from pydantic import SecretStr
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)

from agent.errors import UnavailableError
from agent.slack.delivery.send import error_code

_TIMEOUT_SECONDS = 20


@dataclass(frozen=True, slots=True)
class BotIdentity:
    """Who we are in this workspace, as ``auth.test`` says."""

    team_id: str
    user_id: str
    bot_id: str


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


class Passport:
    """The bot's identity, asked of Slack once and only when somebody needs it."""

    def __init__(self, client: WebClient) -> None:
        self._client = client
        self._lock = threading.Lock()
        self._identity: BotIdentity | None = None

    def identity(self) -> BotIdentity:
        """Who the token belongs to.

        Raises:
            UnavailableError: Slack refuses the token or does not answer.
        """
        with self._lock:
            if self._identity is None:
                self._identity = self._ask()
            return self._identity

    def _ask(self) -> BotIdentity:
        try:
            answer = self._client.auth_test()
        except SlackApiError as error:
            raise UnavailableError(
                f"Slack refuses SLACK_BOT_TOKEN ({error_code(error)}). Copy the bot token (xoxb-…) from “OAuth & "
                "Permissions” of your Slack app."
            ) from error
        except OSError as error:
            raise UnavailableError("Slack does not answer; is the network up and SLACK_API_URL right?") from error
        return BotIdentity(str(answer["team_id"]), str(answer["user_id"]), str(answer.get("bot_id") or ""))
